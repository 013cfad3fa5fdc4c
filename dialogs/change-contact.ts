import { readEmail } from '#src/intake/contact.ts';
import type { Case } from './case.ts';
import { closedAt } from './entitlement.ts';
import { inOneLine } from './phone-words.ts';
import { toldTwice } from './promise.ts';
import { choices, misread } from './question.ts';
import type { Context, Reading } from './question.ts';
import { isMethod, methods, taken } from './questions/contact.ts';
import { phoneIn, timeIn, withoutNumbers } from './reach.ts';
import { readChoice } from './words.ts';

/** "Actually by mail", "明日10時に", "改成邮件": what people change of the contact without going back to its card. */

/** Longer than a change; a story is none. */
const LONGEST = 120;
/** Says that it is to be another way; "the phone number is wrong" doesn't say which one is right. */
const SWITCH = /に変|にして|に切|でお願|改成|改为|改用|换成|换为|\b(?:to|by|via|instead|rather|prefer)\b/iu;

/**
 * The case with the contact that the text names; null where it names none. `chosen` is what the text means on the card by
 * itself: other parts of it are left alone, and nothing is sent that says "yes, but by mail".
 */
export function changedContact(text: string, chosen: string | null, context: Context): Reading | null {
  const concerns = chosen === null || chosen === 'submit' || chosen === 'edit-contact';
  if (!concerns || text.length > LONGEST) return null;
  const email = readEmail(text) ?? undefined;
  const phone = phoneIn(text, context) ?? undefined;
  const rest = withoutNumbers(text);
  const at = timeIn(rest, context) ?? undefined;
  const offered = choices(context, 'contact-method', methods(context));
  const named = readChoice(rest, offered, context.tools.phrases);
  const hasValue = email !== undefined || phone !== undefined || at !== undefined;
  const isSwitch = isMethod(named) && (chosen !== 'edit-contact' || SWITCH.test(text));
  if (!hasValue && !isSwitch) return null;
  const given = email !== undefined && phone === undefined && at === undefined ? 'email' : 'phone';
  const method = isMethod(named) ? named : given;
  const opensAt = at !== undefined && method === 'phone' ? closedAt(at, context.case, context.tools) : null;
  if (opensAt !== null) {
    const opens = context.text('phone.opens', { time: toldTwice(context, opensAt) });
    return misread(context, inOneLine(context, [context.text('policy.callback-closed'), opens]));
  }
  const reading = taken(asContact(context.case.contact, { method, email, phone, at }), context);
  return { ...reading, case: { ...reading.case, submissionId: null } };
}

interface Named {
  method: NonNullable<Case['contact']['method']>;
  email: string | undefined;
  phone: string | undefined;
  at: string | undefined;
}

/** A time of a call goes with the phone, and only with it. */
function asContact({ callbackAt: before, ...contact }: Case['contact'], { method, email, phone, at }: Named) {
  const callbackAt = method === 'phone' ? (at ?? before) : undefined;
  const values = { ...(email && { email }), ...(phone && { phone }), ...(callbackAt && { callbackAt }) };
  return { ...contact, shown: true, method, ...values };
}
