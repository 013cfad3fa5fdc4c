import { readEmail, readPhone } from '#src/intake/contact.ts';
import type { Case } from './case.ts';
import { closedAt, countryOf } from './entitlement.ts';
import { toldTwice } from './promise.ts';
import { misread } from './question.ts';
import type { Context, Reading } from './question.ts';
import { readTime } from './read-time.ts';
import { holdsWord } from './words.ts';

/** Finds in what people write how and when they can be reached. */

type Contact = Case['contact'];

/** Longer than anything that is typed to say how to be reached. */
const LONGEST = 400;
const EMAIL = /[a-z0-9._%+'-]{1,64}@[a-z0-9.-]{1,255}/giu;
const ADDRESS_LABEL =
  /(?:e-?mail|mail|电子邮件|电子邮箱|邮箱|邮件|電子メール|メール)\s*(?:address|地址|アドレス)?\s*(?:is|是|为|は|[:=])?\s*(?=[a-z0-9._%+'-]{1,64}@)/giu;
const CLOCK = /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}:\d{2}/gu;
const NUMBER = /[+＋]?\(?\d[\d\s().-]{4,22}\d(?:\s*(?:ext\.?|extension|x|#|转|轉|分机|分機|内線)\s*:?\s*\d{1,6})?/giu;

/** A number as people of this place write it, alone: by the directory's country, else the language's home. */
export function phoneOf(text: string, context: Context): string | null {
  const home = { en: 'US', 'zh-CN': 'CN', ja: 'JP' }[context.case.language];
  const said = text.normalize('NFKC').replace(/\s*(?:转|轉|分机|分機|内線)\s*:?\s*(?=\d)/u, ' ext. ');
  return readPhone(said, countryOf(context.case)) ?? readPhone(said, home);
}

/** The first text in a sentence that is a telephone number; neither a mail address nor a date is one. */
export function phoneIn(text: string, context: Context): string | null {
  for (const candidate of numbersIn(text)) {
    const phone = phoneOf(candidate, context);
    if (phone !== null) return phone;
  }
  return null;
}

/** Whether there are digits enough that a telephone number was meant. */
export function meansNumber(text: string): boolean {
  return numbersIn(text).some((candidate) => candidate.replace(/\D/g, '').length >= 6);
}

function numbersIn(text: string): readonly string[] {
  const plain = text.normalize('NFKC').slice(0, LONGEST).replace(EMAIL, ' ').replace(CLOCK, ' | ');
  return plain.match(NUMBER) ?? [];
}

/** What is left of a sentence without its numbers and addresses, to look for a time in it. */
export function withoutNumbers(text: string): string {
  const plain = text.normalize('NFKC').slice(0, LONGEST).replace(EMAIL, ' ');
  const clocks: string[] = [];
  const kept = plain.replace(CLOCK, (clock) => `<${clocks.push(clock) - 1}>`).replace(NUMBER, ' ');
  return kept.replace(/<(\d+)>/g, (_whole, at: string) => clocks[Number(at)] ?? '').trim();
}

/** Where both are given, "mail: me@…" and "邮箱 me@…" tell what the address is; "mail me at me@…" is still the way that is wished. */
export function withoutLabels(text: string): string {
  return text.normalize('NFKC').slice(0, LONGEST).replace(ADDRESS_LABEL, ' ');
}

/** The clock that a person means: their own, else Beijing's. */
export function zoneOf(context: Context): string {
  return context.case.timeZone ?? 'Asia/Shanghai';
}

export function timeIn(text: string, context: Context): string | null {
  return readTime(text, zoneOf(context), context.tools.now, context.case.language);
}

/** A call outside the phone's hours is not promised: when it opens after that is said instead. */
export function closedThen(callbackAt: string, context: Context): Reading | null {
  const opensAt = closedAt(callbackAt, context.case, context.tools);
  if (opensAt === null) return null;
  return misread(context, context.text('policy.callback-closed', { opensAt: toldTwice(context, opensAt) }));
}

/** "… call me at 010 1234 5678" within a description answers how to reach the person; a bare address there doesn't. */
export function reachedBy(text: string, context: Context): Pick<Contact, 'method' | 'phone' | 'email'> {
  const { phrases } = context.tools;
  const end = text.slice(-LONGEST);
  const phone = holdsWord(end, 'words.reach.phone', phrases) ? phoneIn(end, context) : null;
  if (phone !== null) return { method: 'phone', phone };
  const email = holdsWord(end, 'words.reach.email', phrases) ? readEmail(end.slice(-300)) : null;
  return email === null ? {} : { method: 'email', email };
}
