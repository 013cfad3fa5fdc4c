/** A text in the one form that every rule reads, with the way back. */
export interface Plain {
  text: string;
  /** `at[i]` is the UTF-16 offset in the original of the i-th unit of `text`; one entry more for the end. */
  at: Int32Array;
  original: string;
}

/** Longer texts keep their head and their tail: what is wrong and how it ends stand there. */
const HEAD = 3000;
const TAIL = 1000;

/** One character may stand for eighteen letters (ﷺ); none that tells anything for more than these (㌖ for six). */
const LONGEST_UNFOLDED = 8;

const SPACE = 32;
const DAKUTEN = new Set([0x3099, 0xff9e]);
const HANDAKUTEN = new Set([0x309a, 0xff9f]);
const cache = new Map<number, string>();

/**
 * NFKC, lower case, straight quotes, no accents, no invisible characters; a symbol or an emoji becomes a space. Width and
 * case therefore change nothing, and every unit remembers where it came from.
 */
export function normalize(original: string): Plain {
  const units: number[] = [];
  const at: number[] = [];
  const head = original.length > HEAD + TAIL ? HEAD : original.length;
  append(original, 0, head, units, at);
  if (head < original.length) {
    units.push(10);
    at.push(head);
    append(original, original.length - TAIL, original.length, units, at);
  }
  at.push(original.length);
  return { text: fromUnits(units), at: Int32Array.from(at), original };
}

// oxlint-disable-next-line max-params -- the inner loop of every turn: a buffer pair is filled in place
function append(source: string, start: number, end: number, units: number[], at: number[]): void {
  for (let i = start; i < end;) {
    const code = source.codePointAt(i) ?? SPACE;
    const width = code > 0xffff ? 2 : 1;
    const step = width + marksAfter(source, i + width, end);
    if (code > 32 && code < 127) {
      units.push(code >= 65 && code <= 90 ? code + 32 : code);
      at.push(i);
    } else {
      const plain = step > width ? fold(source.slice(i, i + step)) : plainOf(code);
      for (let k = 0; k < plain.length; k++) {
        units.push(plain.charCodeAt(k));
        at.push(i);
      }
    }
    i += step;
  }
}

/** Combining and voicing marks that belong to the character before `i`; a pile of them counts as one. */
function marksAfter(source: string, i: number, end: number): number {
  let n = 0;
  for (; i + n < end; n++) {
    const next = source.charCodeAt(i + n);
    const isMark = (next >= 0x300 && next <= 0x36f) || DAKUTEN.has(next) || HANDAKUTEN.has(next) || next === 0xfe0f;
    if (!isMark) break;
  }
  return n;
}

function plainOf(code: number): string {
  if (code <= 32) return code === 10 || code === 13 ? '\n' : ' ';
  const known = cache.get(code);
  if (known !== undefined) return known;
  const plain = fold(code >= 0xd800 && code <= 0xdfff ? ' ' : String.fromCodePoint(code));
  if (cache.size < 20_000) cache.set(code, plain);
  return plain;
}

const INVISIBLE = /[\p{Cf}\p{Cc}\p{Cn}\p{Co}\p{Cs}]/gu;
const PUNCTUATION: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '《': '"',
  '》': '"',
  '【': '"',
  '】': '"',
  '«': '"',
  '»': '"',
  '、': ',',
  '。': '.',
  '—': '-',
  '–': '-',
};

function fold(character: string): string {
  const punctuation = PUNCTUATION[character];
  if (punctuation !== undefined) return punctuation;
  const folded = character
    .slice(0, 4)
    .replaceAll('\uff9e', '\u3099')
    .replaceAll('\uff9f', '\u309a')
    .normalize('NFKC')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .slice(0, LONGEST_UNFOLDED);
  if (folded.length === 0) return '';
  const quoted = PUNCTUATION[folded];
  if (quoted !== undefined) return quoted;
  if (/^[\p{S}\p{M}]+$/u.test(folded) && !/^[+=<>$|^~`%]+$/u.test(folded)) return ' ';
  return /[\u00c0-\u024f\u1e00-\u1eff]/u.test(folded) ? folded.normalize('NFD').replace(/\p{M}/gu, '') : folded;
}

function fromUnits(units: readonly number[]): string {
  let text = '';
  for (let i = 0; i < units.length; i += 2048) text += String.fromCharCode(...units.slice(i, i + 2048));
  return text;
}
