import { phonePage } from '#src/policy/support-phone.ts';
import type { PhonePage } from '#src/policy/support-phone.ts';
import { countryOf, decisionOf, offeringOf } from '../entitlement.ts';
import { inOneLine, numbersOf, openState, pageWord, plansOf, servedOf } from '../phone-words.ts';
import { toldTwice } from '../promise.ts';
import type { Context } from '../question.ts';

/**
 * The numbers to call in this offering and country: what each is for, in which languages and when it is answered; always
 * with "have your account details ready".
 */
export function phoneLine(context: Context): string {
  // Whose number it is can't be told before the product is known: the question for it comes next.
  if (offeringOf(context.case) === null) return context.text('phone.after-product');
  const page = pageFor(context);
  if (page === undefined) return context.text('phone.in-portal');
  if (page.numbers.length === 0) return context.text('phone.online-only');
  const plans = plansOf(page);
  const notes = page.notes.map((note) => pageWord('note', note, context));
  const last = [...notes, context.text('phone.details-ready')];
  const [only] = plans;
  if (plans.length < 2) {
    const call = context.text('phone.call', { number: numbersOf(only?.numbers ?? page.numbers, context) });
    return inOneLine(context, [call, ...answered(only?.hours ?? [], context), ...last]);
  }
  const lines = plans.map(({ plan, numbers, hours }) => {
    const line = inOneLine(context, [numbersOf(numbers, context), ...answered(hours, context)]);
    return context.text('phone.plan', { plan: pageWord('label', plan, context), line });
  });
  return [context.text('phone.plans'), ...lines, inOneLine(context, last)].join('\n\n');
}

/** What to call at once in an emergency; null where no source names a number. */
export function callNow(context: Context): string | null {
  const page = pageFor(context);
  const [number, ...others] = page?.numbers ?? [];
  if (!page || !number) return null;
  const isOpen = page.hours.every(({ opening }) => opening?.openNow === true);
  return others.length === 0 && isOpen && decisionOf(context.case, context.tools).openNow
    ? context.text('contact.call-now', { number: number.number })
    : [context.text('contact.urgent'), phoneLine(context)].join('\n\n');
}

function pageFor(context: Context): PhonePage | undefined {
  const { case: known, tools } = context;
  const offering = offeringOf(known);
  if (offering === null) return undefined;
  const category = known.triage?.category ?? 'technical';
  const { severity } = decisionOf(known, tools);
  const moment = { now: tools.now, severity, timeZone: known.timeZone ?? undefined };
  return phonePage({ offering, country: countryOf(known), category, language: known.language }, moment, tools.rules);
}

/** Languages and hours, and whether somebody answers now; of an offering with hours of its own, the latter. */
function answered(hours: PhonePage['hours'], context: Context): string[] {
  if (hours.length > 0) return [...servedOf(hours, context), openState(hours, context)];
  const { openNow, opensAt } = decisionOf(context.case, context.tools);
  if (openNow) return [context.text('phone.open')];
  return opensAt === null ? [] : [context.text('phone.opens', { time: toldTwice(context, opensAt) })];
}
