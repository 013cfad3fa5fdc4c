/** Whether somebody says that something does not work: by the clause, in the three languages. */

/** "mail works, but Teams doesn't": each clause is about its own thing. "Teams: no sound" is one clause. */
const CLAUSES =
  /[,.;!?\n，。；！？、]+(?=\s|\P{ASCII}|$)|[，。；！？、\n]+|\s(?:but|however|although|while|whereas)\s|但是?|不过|可是|(?<=[いるただす])(?:が|けど|けれど)(?:も)?(?=[^\p{L}]|[\p{L}])/iu;

const FAILS =
  /\b(?:can(?:no|['’])?t|can not|unable|won['’]?t|(?:do|does|did|is|are|was|were|has|have)(?:n['’]t| not)|not|no(?:body| one|thing| results?| access| response)|never|fail(?:s|ed|ing|ure)?|errors?|down|slow(?:ly)?|stuck|missing|delay(?:s|ed)?|late|incomplete|crash(?:es|ed|ing)?|lost|hangs?|freez(?:e|es|ing)|times? out|timed out|denied|broken|stopp?(?:s|ed)|interrupted|blank|empty|outage|trouble|problems?|issues?|impossible|outdated|disappear(?:s|ed)?)\b/iu;
const FAILS_ZH =
  /无法|不能|不了|不到|不出|不进|不上|不开|不动|不通|没有?(?:收到|反应|结果|显示)|失败|错误|报错|出错|很慢|太慢|变慢|缓慢|特别慢|卡(?:住|顿|死)|丢失|丢了|缺少|不全|不完整|中断|断线|断开|掉线|崩溃|闪退|超时|异常|宕|瘫痪|挂了|延迟|延误|空白|有问题|出问题|故障|不正常|不更新|不见了|消失/u;
const FAILS_JA =
  /ません|(?:[かがさたなばまらわえけせてねべめれいき])ない|なくな|できず|れず|せず|失敗|エラー|遅(?:い|く|延|れ)|落ち|止ま|停止|切れ|途切|欠け|不完全|不具合|異常|障害|おかしい|消え|固ま|フリーズ|タイムアウト|真っ白|重い|ダウン|つながりにく|にくい/u;

/** Asks how something is done, or speaks of what is over: nothing is wrong now. */
const ASKS_HOW =
  /\bhow (?:do|can|could|would|should|to|does)\b|\bis it possible\b|\bwhere (?:do|can) i\b|怎么(?:样)?(?:设置|配置|做|弄|开|改|加|建|用|把|才能|能)|怎样|如何|在哪里?(?:设置|改|开)|方法|手順|やり方|たい(?:の)?(?:です|のですが)|ですか[？?]?$/iu;
const IS_OVER =
  /\b(?:works?|working) (?:again|now|fine)\b|\b(?:solved|resolved|fixed)\b|恢复(?:了|正常)|已经好了|又好了|解决了|復旧しました|直りました|解決しました|治りました/iu;

/** The clauses of a text, lower case and of one width. */
export function clausesOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .slice(0, 4000)
    .split(CLAUSES)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}

/** Whether a clause says that something does not work now. */
export function complains(clause: string): boolean {
  if (ASKS_HOW.test(clause) || IS_OVER.test(clause)) return false;
  return FAILS.test(clause) || FAILS_ZH.test(clause) || FAILS_JA.test(clause);
}
