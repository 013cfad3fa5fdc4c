import { supportPhone } from '#src/policy/support-phone.ts';
import { countryOf, decisionOf, offeringOf } from '../entitlement.ts';
import { toldTwice } from '../promise.ts';
import type { Context } from '../question.ts';

/** The number to call in this offering and region, with its hours; always with "have your account details ready". */
export function phoneLine(context: Context): string {
  const offering = offeringOf(context.case);
  const category = context.case.triage?.category ?? 'technical';
  const country = countryOf(context.case);
  // Whose number it is can't be told before the product is known: the question for it comes next.
  if (offering === null) return context.text('phone.after-product');
  const number = supportPhone({ offering, country, category }, context.tools.rules);
  if (number === null) return context.text('phone.in-portal');
  return inOneLine(context, [
    context.text('phone.call', { number }),
    opening(context),
    context.text('phone.details-ready'),
  ]);
}

function opening(context: Context): string {
  const { openNow, opensAt } = decisionOf(context.case, context.tools);
  if (openNow) return context.text('phone.open');
  return opensAt === null ? '' : context.text('phone.opens', { time: toldTwice(context, opensAt) });
}

/** Sentences stand apart by a space in English, and by nothing in Chinese and Japanese. */
function inOneLine(context: Context, sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(context.case.language === 'en' ? ' ' : '');
}
