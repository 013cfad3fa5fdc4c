import type { Phrases } from '#knowledge/phrases.ts';
import { namesWord } from './words.ts';

/**
 * Whether a sentence asks for a person in its own way ("is there anyone I can talk to?"). The usual words are data
 * (`words.command.human`); this is the grammar around them: somebody, a verb of reaching them, and a wish.
 */

/** Longer texts tell of something; what they ask for at their end, triage hears. */
const LONGEST = 100;

const SOMEBODY = String.raw`(?:human(?: being)?|(?:real |live |actual )(?:person|human|agent)|(?:an? |the )?agent|representative|operator|a person|(?:some|any)(?:body|one)(?: real)?|(?:a |your )?(?:supervisor|colleague))`;
const ENGLISH: readonly RegExp[] = [
  new RegExp(String.raw`\b(?:talk|speak|chat)(?:ing)?\b.{0,12}\b(?:to|with)\b.{0,12}\b${SOMEBODY}\b`, 'i'),
  new RegExp(
    String.raw`\b(?:connect|transfer|put|get|give|hand|pass|switch|bring|escalate)\b.{0,8}\b(?:me|us|this|it|through|over)\b.{0,14}\b${SOMEBODY}\b`,
    'i',
  ),
  new RegExp(String.raw`\bis there\b.{0,8}\b${SOMEBODY}\b.{0,20}\b(?:talk|speak|chat|there|help|available)\b`, 'i'),
  new RegExp(String.raw`\b(?:i|we)(?:['\u2019]d| would| need| want)\b.{0,24}\b(?:human|real person|live agent)\b`, 'i'),
];
const CHINESE: readonly RegExp[] = [
  /(?:转接?|找|叫|换|要|接|派|安排)(?:一下|到|给)?(?:个|一个|位|一位)?(?:真人|人工|客服|工程师|坐席|支持人员|活人)/u,
  /(?:和|跟|与|同)(?:一个|个|一位|位)?(?:真人|人工|客服|活人|工程师|支持人员).{0,3}(?:说|聊|谈|沟通|对话|讲)/u,
  /(?:叫|找|换|派)(?:个|一个|位|一位)?人(?:来|吧|跟|和|帮|处理|接|$)/u,
];
const JAPANESE: readonly RegExp[] = [
  /(?:人間?|担当(?:者|の(?:方|人))?(?:の方)?|オペレーター?|スタッフ|係の(?:方|人)|サポートの(?:方|人))(?:の方)?(?:と|に|へ|を|から).{0,6}(?:話|聞[きい]|相談|つな|繋|代わ|かわ|替わ|対応|呼|お?願い|説明)/u,
];
/** A wish, not a report: "人と話せません" in a call is a fault. */
const JAPANESE_WISH = /たい|ください|下さい|ますか|お?願い|ほしい|欲しい|もらえ|いただけ|頂け|くれ/u;

/** Who says that they can't, or don't want to, asks for nobody. */
const CANNOT =
  /\b(?:can['’]?t|cannot|can not|couldn['’]?t|unable|not able|don['’]?t (?:want|need)|no need|without)\b|不想|不要|不用|别|無法|无法|不能(?!帮|转)|联系不上|打不通|できません|できない|話せません|つながりません|繋がりません|たくない|不要です|必要はない/iu;

export function wantsPerson(text: string, phrases: Phrases): boolean {
  const said = text.normalize('NFKC').trim();
  if (said.length > LONGEST || CANNOT.test(said)) return false;
  const asks =
    ENGLISH.some((way) => way.test(said)) ||
    CHINESE.some((way) => way.test(said)) ||
    (JAPANESE_WISH.test(said) && JAPANESE.some((way) => way.test(said)));
  // "I want to talk to someone in Teams": what names a product tells of it.
  return asks && !namesWord(said, 'words.service.own', phrases) && !namesWord(said, 'words.service.mail', phrases);
}
