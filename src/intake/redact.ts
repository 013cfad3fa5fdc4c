/** Longer questions are cut before anything is looked for. */
const LONGEST = 1_000;

type Rule = readonly [RegExp, string];

/** Hosts of the products themselves say what a question is about; any other domain says who asks. */
const KNOWN_HOSTS =
  '(?:[a-z0-9-]+\\.)*(?:microsoft\\.com|office\\.com|office365\\.com|live\\.com|azure\\.(?:com|cn)|microsoftonline\\.(?:com|cn)|21vbluecloud\\.com|asp\\.net|outlook\\.(?:com|cn))(?![a-z0-9.-]*[a-z0-9])';
const TLD = '(?:com|cn|net|org|jp|info|biz|io|eu|de|uk|fr|hk|tw|us|edu|gov|ms)';

const ADDRESSES: readonly Rule[] = [
  [/(?:https?|ftp):\/\/[^\s，。、）)」]+/gi, '[link]'],
  [/\bwww\.[a-z0-9-]+\.[^\s，。、）)」]+/gi, '[link]'],
  [/[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}/gi, '[mail]'],
  [/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,255}/gu, '[mail]'],
  [/\b[a-z][\w-]{1,20}\\[\w.-]{2,64}(?![\\\w])/gi, '[account]'],
  [new RegExp(`(?<![\\w.@-])(?!${KNOWN_HOSTS})(?:[a-z0-9-]{1,63}\\.)+${TLD}(?![\\w-])`, 'gi'), '[domain]'],
];

const IDS: readonly Rule[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '[id]'],
  [/\b[0-9a-f]{32,}\b/gi, '[id]'],
  [/\bSR-[0-9A-Z]{4}-[0-9A-Z]{4}\b/gi, '[request]'],
  [/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)/g, '[ip]'],
  [
    /(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}:[0-9a-f]{1,4}(?![\w:])/gi,
    '[ip]',
  ],
  // Mobile numbers of China may stand right after a word; other numbers do not, or they are an error's code.
  [/(?<!\d)1[3-9]\d{9}(?!\d)/g, '[number]'],
  [/(?<![A-Za-z\d])\+?\(?\d[\d\s().\-–]{5,}\d[\dXx]?(?![A-Za-z\d])/g, '[number]'],
  [/(?<![A-Za-z\d])(?<=\p{L})\+?\d[\d().-]{6,}\d/gu, '[number]'],
];

const SECRETS: readonly Rule[] = [
  [/(\b(?:password|passcode|pin)(?:\s+(?:is|was)|\s*[:=])\s*)\S+/gi, '$1[secret]'],
  [/((?:密码|口令|验证码)(?:是|为|[:：])\s*)[^\s，。；]+/g, '$1[secret]'],
  [/((?:パスワード|暗証番号)(?:は|[:：])\s*)[^\s、。]*[A-Za-z\d][^\s、。ですを]*/g, '$1[secret]'],
];

/** Products begin with a capital, too. */
const PRODUCT =
  '(?:Microsoft|Office|Outlook|Exchange|SharePoint|Teams|Azure|Windows|Skype|OneDrive|Power|Entra|Word|Excel|Active|Global)';
const CAPITAL = "\\p{Lu}[\\p{L}'’-]+";

/** The hundred most frequent surnames of China. */
const SURNAME =
  '[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常]';

const NAMES: readonly Rule[] = [
  [
    /((?:[Mm]y name is|[Mm]y name['’]s|[Ii] am called)\s+)(?:(?:Mr|Ms|Mrs|Dr)\.?\s+)?[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2}/gu,
    '$1[name]',
  ],
  [new RegExp(`(\\b(?:[Tt]his is|I am|I['’]m)\\s+)(?!${PRODUCT})${CAPITAL}(?:\\s+${CAPITAL}){1,2}`, 'gu'), '$1[name]'],
  [
    new RegExp(
      `((?:[Rr]egards|[Cc]heers|[Ss]incerely|[Tt]hanks|[Tt]hank you),?\\s+)(?!${PRODUCT})${CAPITAL}(?:\\s+${CAPITAL}){0,2}\\s*$`,
      'gu',
    ),
    '$1[name]',
  ],
  [new RegExp(`(\\b(?:[Nn]ame|[Cc]ontact|[Uu]ser)\\s*[:=]\\s*)${CAPITAL}(?:\\s+${CAPITAL}){0,2}`, 'gu'), '$1[name]'],
  [new RegExp(`\\b((?:Mr|Ms|Mrs|Dr)\\.?\\s+)${CAPITAL}(?:\\s+${CAPITAL})?`, 'gu'), '$1[name]'],
  [/((?:姓名|联系人|名字|用户名)(?:是|叫|[:：])\s*)\p{Script=Han}{2,4}/gu, '$1[name]'],
  [new RegExp(`((?:我叫|本人|我是|我名叫)\\s*)${SURNAME}\\p{Script=Han}{1,2}(?=[，,。；、\\s]|$)`, 'gu'), '$1[name]'],
  [new RegExp(`((?:我叫|我名叫)\\s*)${SURNAME}?\\p{Script=Han}{1,2}`, 'gu'), '$1[name]'],
  [new RegExp(`${SURNAME}\\p{Script=Han}{0,2}(?=先生|女士|小姐|经理|老师|总监)`, 'gu'), '[name]'],
  [/[^\s、。，．・:：の[\]]{1,8}(?:\s[^\s、。，．・:：の]{1,6})?(?=と(?:申し|言い|いい)ます)/gu, '[name]'],
  [/((?:氏名|名前|担当者?|お名前)(?:は|[:：])\s*)[\p{Script=Han}\p{Script=Katakana}ー]{2,8}/gu, '$1[name]'],
  [
    /(?<!\p{Script=Han})(?!\p{Script=Han}*[仕同模多客皆異有]様)[\p{Script=Han}\p{Script=Katakana}ー]{2,6}(?=さん|様)/gu,
    '[name]',
  ],
];

/**
 * A question as it may be kept for learning: without addresses, numbers, links, names and ids that could tell who asked. Rather
 * too much is taken out than too little; what products, errors and places of their own are called stays.
 */
export function withoutPersonalData(text: string): string {
  const plain = text.slice(0, LONGEST).replace(/[０-９Ａ-Ｚａ-ｚ＠．－＋（）]/g, halfWidth);
  return [...SECRETS, ...ADDRESSES, ...IDS, ...NAMES].reduce(
    (kept, [pattern, place]) => kept.replace(pattern, place),
    plain,
  );
}

/** Japanese and Chinese keyboards write digits of double width. */
function halfWidth(sign: string): string {
  return String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
}
