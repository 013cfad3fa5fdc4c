import type { Language } from '#knowledge/schema.ts';

/** Words that only running English has; a product name or a pasted error code has none of them. */
const ENGLISH_WORDS = new Set(
  (
    'a an the is are was were be been am i we you they he she it my our your their this that these those can cannot ' +
    "can't could will would should do does did don't doesn't didn't not no have has had how what when where why who " +
    "which to of in on for with from at by and or but if so all any some please help want need isn't won't i'm it's " +
    'yes hello hi thanks thank me us them there here since after before only nobody everyone every'
  ).split(' '),
);

/** Characters that only simplified Chinese writes. */
const SIMPLIFIED =
  /[们这为无网页邮应开关请问题没么吗见发动电脑录员团队门户订阅费续购买钱账单价优惠试怎样办设转让给过还进远运说话连连线断响严紧总经项车产业务复议视频频软装载证验码权限组织织创删删错误误帐号盘库备份系统统级别别级觉从们个几]/u;
/** Of these, the ones that Japanese writes too: they prove nothing. */
const SHARED =
  /[面会社全員号画学国来体点台万礼称声当写医区図回状参党処余予声糸宝弁虫灯旧号覚別系過説話連線断総経項車産業務複議視頻軟装載証験碼権限組織創删錯帳盤庫備統級従個幾]/u;
/** Characters of the Japanese reform that neither form of Chinese uses. */
const JAPANESE =
  /[込働畑峠枠発対応転戻売権済続帰検様円図関継変団価悪圧囲壱栄営駅観気拠挙撃県顕験鉱広効歳剤雑産実収渋縦獣縄処従拡焼証畳触図髄数専戦銭浅潜荘捜総騒増蔵臓続堕駄帯滞沢択単弾遅昼鋳庁聴鎮徳届読弐悩脳廃拝抜仏辺弁歩豊翻毎黙訳薬与揺様謡頼覧両塁励霊歴錬労楼]/u;
/** Terms of office Japanese written without kana. */
const JAPANESE_TERMS =
  /障害|至急|不具合|受信|送信|接続|会議|復旧|管理者|請求書|見積|契約|担当者|拠点|添付|予定表|電話/u;
const KANA = /[\u3041-\u3096\u309f\u30a1-\u30fa\u30ff\uff66-\uff9d]/gu;
const HAN = /\p{Script=Han}/gu;
/** Addresses and file names say nothing about the language around them. */
const ADDRESSES = /https?:\/\/\S{1,300}|[\w.+-]{1,64}@[\w.-]{1,200}/giu;
const LONGEST = 4000;

/**
 * The language a person writes in, from the script and, among scripts that two languages share, from the characters that
 * only one of them uses. A text too short to tell keeps `hint`; undefined when there are neither letters nor a hint.
 */
export function detectLanguage(text: string, hint?: Language): Language | undefined {
  const sample = text.slice(0, LONGEST).replace(ADDRESSES, ' ');
  const kana = sample.match(KANA)?.length ?? 0;
  const han = sample.match(HAN)?.length ?? 0;
  const words = sample.match(/[a-z][a-z'’]*/giu) ?? [];
  if (kana + han === 0) return latinLanguage(words, hint);
  if (isEnglishWithName(sample, kana + han, words)) return 'en';
  if (kana > 1 || (kana === 1 && han < 4)) return 'ja';
  if (kana === 1 && hint !== 'zh-CN' && !isSimplified(sample)) return 'ja';
  return hanLanguage(sample, hint);
}

/** Han without kana: Chinese, unless the characters are Japanese or the person is known to write it. */
function hanLanguage(sample: string, hint: Language | undefined): Language {
  if (isSimplified(sample)) return 'zh-CN';
  if (JAPANESE.test(sample)) return 'ja';
  if (hint === 'ja') return 'ja';
  return hint === undefined && JAPANESE_TERMS.test(sample) && /至急|不具合|拠点|予定表/u.test(sample) ? 'ja' : 'zh-CN';
}

function isSimplified(sample: string): boolean {
  for (const character of sample) if (SIMPLIFIED.test(character) && !SHARED.test(character)) return true;
  return false;
}

/** Latin letters only: English, unless the person writes another language and this is a name, a code or an "ok". */
function latinLanguage(words: readonly string[], hint: Language | undefined): Language | undefined {
  if (words.length === 0) return hint;
  if (hint === undefined || hint === 'en') return 'en';
  const running = countEnglish(words);
  return running >= 2 || (running === 1 && words.length >= 3) || words.length >= 8 ? 'en' : hint;
}

/** "Our Beijing (北京) office can't send mail": a few characters inside running English are a name. */
function isEnglishWithName(sample: string, cjk: number, words: readonly string[]): boolean {
  if (cjk > 6 || words.length < 4 || countEnglish(words) < 2) return false;
  const trimmed = sample.trim();
  return /^[\p{P}\p{S}]*[a-z]/iu.test(trimmed) && /[a-z0-9][\p{P}\p{S}\s]*$/iu.test(trimmed);
}

function countEnglish(words: readonly string[]): number {
  return words.filter((word) => ENGLISH_WORDS.has(word.toLowerCase().replace('’', "'"))).length;
}

/** The language for a BCP 47 locale of a channel; undefined for other languages and for anything that is no locale. */
export function languageOfLocale(locale: string | undefined): Language | undefined {
  if (typeof locale !== 'string' || locale.length > 35) return undefined;
  const primary = /^(zh|ja|en)(?:[-_][a-z0-9]{1,8}){0,5}$/iu.exec(locale)?.[1]?.toLowerCase();
  if (primary === 'zh') return 'zh-CN';
  return primary === 'ja' || primary === 'en' ? primary : undefined;
}
