import { offeringOf } from './entitlement.ts';
import { say } from './question.ts';
import type { Context, Input } from './question.ts';
import type { Reply } from './reply.ts';
import { phoneLine } from './questions/phone-line.ts';
import { meansNumber } from './reach.ts';
import { asksForStatus, requestList } from './status.ts';

/**
 * What people ask in between, whatever they were asked themselves: the number to call, and how their requests stand. It is
 * answered, and the question stands as it stood.
 */
export function aside(input: Input, context: Context): Reply | null {
  if (asksForNumber(input) && offeringOf(context.case) !== null) return say(context, phoneLine(context));
  // Before anything is described, the door answers it, and asks what is wrong.
  return context.case.description !== null && wantsStatus(input, context) ? requestList(context) : null;
}

/** By the greeting's card, which stays in the chat, or in words. */
function wantsStatus(input: Input, context: Context): boolean {
  if (input.kind === 'submit') return input.step === 'welcome' && input.choice === 'status';
  return asksForStatus(input.text, context);
}

/** Longer than a question for a number. */
const LONGEST = 60;
const ASKS: readonly RegExp[] = [
  /\b(?:what|which|is there|do you have|have you got|give me|tell me|i need|where)\b.{0,30}\b(?:hotline|help ?line|(?:phone|telephone|support|toll[- ]free)\b.{0,12}\b(?:number|line))\b/i,
  /\b(?:what|which)\b.{0,20}\bnumber\b.{0,20}\b(?:call|ring|dial|phone)\b|\b(?:can|could|may) i (?:call|phone|ring)\b/i,
  /^(?:(?:the |your |support )*(?:phone|telephone|hotline)(?: number)?|hotline)\s*\?$/i,
  /(?:电话|热线|号码)(?:号码)?(?:是)?(?:多少|几号|什么|哪个|呢)|(?:打|拨)(?:打)?(?:什么|哪个|几号|多少)|(?:有|告诉我|查).{0,8}(?:电话|热线)(?:号码)?(?:吗|么)?[?？]?$/u,
  /(?:客服|支持|服务)的?(?:电话|热线)|^电话(?:号码)?[?？]$/u,
  /電話番号(?:は|を(?:教え|知り)|がわか|が分か|って)|何番|どこに(?:電話|かけ)|番号を教え|フリーダイヤル|電話窓口/u,
  /(?:サポート|窓口|問い合わせ先?)の?(?:電話|番号)|^(?:電話|電話番号)[?？]$/u,
];
/** A number that is to be changed is the person's own. */
const OWN = /\b(?:change|update|correct|wrong|my)\b|改|换|錯|错|更新|变更|变|我的|変|直|修正|違|私の|わたしの/iu;

function asksForNumber(input: Input): boolean {
  if (input.kind !== 'text' || input.text.length > LONGEST) return false;
  const said = input.text.normalize('NFKC').trim();
  return !OWN.test(said) && !meansNumber(said) && ASKS.some((asks) => asks.test(said));
}
