/** A stretch of a text. */
export interface Found {
  readonly index: number;
  readonly length: number;
}

/** Between the digits of a number people write what they like, in Japan also the long vowel's sign. */
export const BETWEEN = String.raw`[\s().\-\u2010-\u2015\u2212\u30fc]`;

/** Chinese and Japanese keyboards write digits and signs of double width; the length stays. */
export const halfWidth = (text: string): string =>
  text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** A part of an address on the network: beyond 255, or with a zero before it, it is a part of a number to call. */
const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;

/** What looks like a number to call and is none; an agent needs it to see what is wrong. */
const OTHERS = [
  String.raw`\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b`,
  String.raw`\b0x[0-9a-f]+\b|\b[0-9a-f]{32,}\b`,
  String.raw`\bSR-[0-9A-Z]{4}-[0-9A-Z]{4}\b`,
  // An address on the network, a version.
  String.raw`(?<![\d.])(?:${OCTET}\.){3}${OCTET}(?![\d.]*\d)`,
  String.raw`(?<![\d.])[1-9]?\d\.\d{1,2}\.\d{4,5}\.\d{4,6}(?![\d.]*\d)`,
  // Days and years.
  String.raw`(?<!\d)(?:19|20)\d\d[-.]\d{1,2}[-.]\d{1,2}(?!\d)|(?<!\d)\d{1,2}[-.]\d{1,2}[-.](?:19|20)\d\d(?!\d)`,
  String.raw`(?<!\d)(?:19|20)\d\d\s?[-\u2013]\s?(?:19|20)\d\d(?!\d)`,
  // What an error calls itself, in one piece.
  /(?<![a-z])(?:error|code|status|event|id|错误码?|代码|エラー|コード|イベント)[\s:#(-]*[1-9]\d{3,9}(?!\d|[\s-]\d)/
    .source,
];

/** Before the sign of a mail address. Its first letter is found by what stands before it, so that no letter is read twice. */
const LOCAL = String.raw`\w.%+'-`;
const WIDE_LOCAL = String.raw`\p{L}\p{N}.%+'_-`;
const HOST = String.raw`[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*`;
const MAILS = [
  String.raw`(?<![${LOCAL}])(?=[.%'-]*[\w+])[${LOCAL}]+@${HOST}`,
  // A name in Chinese or Japanese before the sign.
  String.raw`(?<![${WIDE_LOCAL}])[${WIDE_LOCAL}]+(?<=\p{L})(?<![\0-\x7f])@${HOST}`,
];

/** China's mobile numbers may stand right beside a word; of others that would be an error's name. */
const NUMBERS = [
  String.raw`(?<!\d)(?:\+?86${BETWEEN}{0,2})?1[3-9]\d${BETWEEN}{0,2}\d{4}${BETWEEN}{0,2}\d{4}(?!\d)`,
  // Several in a row are one stretch, however many: of a piece left over nobody would see that it is a number's end.
  String.raw`(?:(?<![a-z\d_])|(?<=tel|phone|mobile|cell|fax|call))\+?\(?\d(?:${BETWEEN}{0,3}\d){6,}(?=ext|x\d|(?![a-z\d_]))`,
];

const shapesOf = (reaches: readonly string[]): RegExp =>
  // What belongs to a mail address is nothing else.
  new RegExp(`(?:${OTHERS.join('|')})(?![${LOCAL}]{0,64}@)|(?<reach>${reaches.join('|')})`, 'giu');

/** Hardly any text has the sign of a mail address, and without it half of the work is none. */
const WITH_MAILS = shapesOf([...MAILS, ...NUMBERS]);
const WITHOUT = shapesOf(NUMBERS);

/** So many digits in one piece are a number to call; fewer are so only as people write those: with a zero or plus, in groups. */
const IN_ONE_PIECE = 8;

/**
 * Whatever in a text has the shape of a mail address or of a number to call. Rather too much than too little: it is for texts of
 * people whom nobody has accepted yet.
 */
export function reachesIn(text: string): Found[] {
  const plain = halfWidth(text);
  return [...plain.matchAll(plain.includes('@') ? WITH_MAILS : WITHOUT)].flatMap(({ index, groups }) => {
    const reach = groups?.['reach'];
    if (reach === undefined || !isReach(reach)) return [];
    return [{ index, length: reach.length }];
  });
}

function isReach(found: string): boolean {
  return found.includes('@') || !/^[1-9]\d*$/.test(found) || found.length >= IN_ONE_PIECE;
}
