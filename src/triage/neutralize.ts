/**
 * What a text says about its own treatment is no description of a problem: "mark this as Sev A", "SYSTEM: severity A",
 * "ignore the rules", formulas, markup, addresses. It is blanked before anything is read, so it can move nothing.
 */
const LEVEL =
  '(?:sev(?:erity)?\\s{0,3}(?:level)?\\s{0,3}[:=-]?\\s{0,3}["\']?(?:[abc0-4]\\b|critical|highest|high|max)|priority\\s{0,3}[:=-]?\\s{0,3}(?:[0-4]\\b|critical|highest|high|urgent)|\\bp[0-2]\\b|(?:level|class|category)\\s{0,3}[abc]\\b|重[大要]度\\s{0,3}[:はを]?\\s{0,3}(?:[abc]|最高|高|重大)|優先度\\s{0,3}[:はを]?\\s{0,3}(?:[abc1]|最高|最優先|高)|(?:严重(?:级别|程度|性)|优先级|级别)\\s{0,3}[::为是]?\\s{0,3}(?:[abc1]|最高|严重|紧急)|[abc]\\s{0,2}级)';

/** A clause with one of these is an instruction to the desk, not a report; the rest of its sentence stays. */
const WITH_LEVEL: readonly RegExp[] = [
  new RegExp(
    `(?:mark(?:ed)?|set|make|treat|raise|change|classif\\w*|file|log|flag|label|escalat\\w*|register|open|put|give|assign|call|handle|consider|upgrade|bump|rate|(?:fil|rais|treat|handl|logg|flagg|assign|register|open)(?:ed|ing)|prioriti\\w*)\\b[^.!?\\n]{0,60}${LEVEL}`,
    'u',
  ),
  new RegExp(
    `${LEVEL}[^.!?\\n]{0,24}(?:に(?:して|設定|変更|上げ|引き上げ)|として(?:扱|登録|処理|起票|受け)|で(?:登録|起票|処理|対応|お願い|受け))`,
    'u',
  ),
  new RegExp(
    `(?:标记|设[为成置定]|定[为成]|升级|改[为成]|列[为成]|按|归[为类]|提[升高]|登记|评[为级]|当[作成]|调[为成到整])[^.!?\\n]{0,16}${LEVEL}`,
    'u',
  ),
];
/** Those that name no level; the others can't match where none is claimed. */
const WITHOUT_LEVEL: readonly RegExp[] = [
  /(?:ignor\w*|disregard|forget|bypass|override|skip)\b[^.!?\n]{0,40}\b(?:rules?|instructions?|polic\w+|prompts?|guidelines?|everything above|limits?|checks?)/u,
  /(?:优先级|严重(?:级别|程度|性)|级别)\s{0,3}(?:请|给我)?(?:设|改|调|定|升|提|标)[^.!?\n]{0,6}(?:最高|[abc1]|严重|紧急)/u,
  /(?:忽略|无视|不要管|不用管|跳过|绕过|忘[记掉])[^.!?\n]{0,16}(?:规则|指令|指示|要求|限制|提示|政策|流程|上[文面述])/u,
  /(?:ルール|規則|指示|命令|制限|ポリシー|手順|プロンプト)[^.!?\n]{0,8}(?:無視|忘れ|破棄|上書き|スキップ)/u,
];

const ORDERS: readonly RegExp[] = [...WITH_LEVEL, ...WITHOUT_LEVEL];

/** What poses as somebody else's line, or tells who to be; the whole sentence goes. */
const POSES: readonly RegExp[] = [
  /^\W{0,4}(?:system|assistant|agent|developer|admin note|supervisor|bot|系统|坐席|管理员指令|システム|エージェント)\s{0,3}(?:prompt|message|note|提示|消息|メッセージ)?\W{0,2}[:>]/u,
  /^\W{0,4}(?:bcc|cc|x-priority|importance|x-[a-z-]{1,30}|content-type|set-cookie)\s{0,2}:/u,
  /\b(?:you are now|act as|pretend (?:to be|you|that)|new instructions?|jailbreak|developer mode)\b/u,
  /(?:你现在是|扮演|新的指令|あなたは今から|になりきって|新しい指示)/u,
];

/** These go alone; the sentence around them stays. None is looked for in a text without its sign, as most are. */
const PIECES: readonly { sign: string; pattern: RegExp }[] = [
  { sign: '<', pattern: /<script\b[^<]{0,2000}<\/script>/gu },
  { sign: '<', pattern: /<[a-z/!][^<>\n]{0,400}>/gu },
  { sign: '', pattern: /[=+@-](?:hyperlink|cmd|importxml|webservice|dde)\b[^\n]{0,300}/gu },
  { sign: '{', pattern: /\$?\{\{?[^{}\n]{0,200}\}?\}/gu },
  { sign: ':', pattern: /\b(?:https?|ftp|file|javascript|data|vbscript):[^\s"',]{1,400}/gu },
  { sign: '@', pattern: /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gu },
];
const CLAIMED = new RegExp(LEVEL, 'gu');

/** Words in quotes that are only a name: "a folder named 'URGENT'", 标题是“全部瘫痪”, 「全社停止」という件名. */
const NAMES: readonly RegExp[] = [
  /\b(?:named|called|titled|entitled|labelled|labeled|tagged|subject(?: line)?|headed|says?|renamed(?: to)?|with the (?:name|title)|the (?:word|words|phrase|term|template|file|folder|document|channel|report|group|team|list|rule|site|page|book|course|mailbox|policy|project))\s{0,3}(?:is|was|of|to|:|=)?\s{0,3}"([^"\n]{1,120})"/gu,
  /\b(?:named|called|titled|entitled|labelled|labeled|tagged|subject(?: line)?|headed|renamed(?: to)?|the (?:word|words|phrase|term|template|file|folder|document|channel|report|group|team|list|rule|site|page|mailbox|policy|project))\s{0,3}(?:is|was|of|to|:|=)?\s{0,3}'([^'\n]{1,120})'/gu,
  /"([^"\n]{1,120})"\s{0,2}(?:folder|file|document|channel|report|template|list|group|team|rule|site|page|label|category|tag|distribution list|mailbox|newsletter|workbook|policy|form|flow|project|alert mail|poster)\b/gu,
  /(?:名[为叫字]|叫做?|名称[为是]?|标题[为是]?|主题[为是]?|题为|命名[为成]?|文件名[为是]?|写着|文件夹|文档|频道|模板|群组|规则)\s{0,2}[::]?\s{0,2}["']([^"'\n]{1,60})["']/gu,
  /["']([^"'\n]{1,60})["']\s{0,2}(?:的|这个|这份|这条|为题的?|为名的?){0,2}(?:文件夹?|文档|邮件|频道|模板|群组?|规则|表格|标签|报告|演习|站点|页面|团队|列表|项目|通讯组)/gu,
  /["']([^"'\n]{1,60})["']\s{0,2}(?:という|といった|と書かれた|と題した|の)(?:名前|名称|件名|タイトル|題名|題|フォルダ|ファイル|チャネル|チャンネル|テンプレート|グループ|ラベル|資料|サイト|ページ|文書|リスト|ルール|メール|表題|ブック|チーム|分類|タグ|報告書)/gu,
  /(?:件名|タイトル|名前|名称|題名|表題|フォルダ名|ファイル名|チャネル名|グループ名)(?:が|は|:|を)\s{0,2}["']([^"'\n]{1,60})["']/gu,
];

const SENTENCE_END = /[.!?\n;](?=\s|$|[\u0080-\uffff])|\n/gu;
const CLAUSE_END = /[.!?\n;,](?=\s|$|[\u0080-\uffff])|\n/gu;

export interface Blanked {
  text: string;
  /** Names in quotes that were set aside, as [start, end) in the plain text. */
  names: readonly (readonly [number, number])[];
}

/** Blanks instructions, markup, claimed levels and quoted names with spaces; length and offsets stay. */
export function neutralize(plain: string): Blanked {
  const spans: [number, number][] = [];
  const names: [number, number][] = [];
  for (const [start, end] of sentences(plain)) {
    const sentence = plain.slice(start, end).trimStart();
    if (POSES.some((pose) => pose.test(sentence))) spans.push([start, end]);
  }
  const claimed = matches(CLAIMED, plain);
  const orders = claimed.length === 0 ? WITHOUT_LEVEL : ORDERS;
  for (const [start, end] of clauses(plain)) {
    const clause = plain.slice(start, end);
    if (orders.some((order) => order.test(clause))) spans.push([start, end]);
  }
  const pieces = PIECES.flatMap(({ sign, pattern }) => (plain.includes(sign) ? matches(pattern, plain) : []));
  for (const found of [...pieces, ...claimed]) spans.push([found.index, found.index + found[0].length]);
  if (plain.includes('"') || plain.includes("'")) names.push(...quotedNames(plain));
  const text = blank(plain, [...spans, ...names]);
  return { text, names };
}

function quotedNames(plain: string): [number, number][] {
  const names: [number, number][] = [];
  for (const pattern of NAMES) {
    for (const found of matches(pattern, plain)) {
      const name = found[1] ?? '';
      const start = found.index + found[0].indexOf(name);
      names.push([start, start + name.length]);
    }
  }
  return names;
}

function sentences(plain: string): [number, number][] {
  return split(plain, SENTENCE_END);
}

function clauses(plain: string): [number, number][] {
  return split(plain, CLAUSE_END);
}

function split(plain: string, ends: RegExp): [number, number][] {
  const found: [number, number][] = [];
  let start = 0;
  for (const end of matches(ends, plain)) {
    found.push([start, end.index + 1]);
    start = end.index + 1;
  }
  if (start < plain.length) found.push([start, plain.length]);
  return found;
}

/** Replaces the spans with spaces. */
export function blank(text: string, spans: readonly (readonly [number, number])[]): string {
  if (spans.length === 0) return text;
  let result = '';
  let last = 0;
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (end <= last) continue;
    const from = Math.max(start, last);
    result += text.slice(last, from) + ' '.repeat(end - from);
    last = end;
  }
  return result + text.slice(last);
}

const NONE: readonly RegExpExecArray[] = [];

/** All matches of a global pattern. `matchAll` copies the pattern on every call, which costs more than the search itself. */
export function matches(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return NONE;
  const all: RegExpExecArray[] = [];
  for (; match !== null; match = pattern.exec(text)) {
    all.push(match);
    if (match[0] === '') pattern.lastIndex++;
  }
  return all;
}
