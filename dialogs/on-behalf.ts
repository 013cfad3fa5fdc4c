import type { OfferingId } from '#knowledge/schema.ts';
import type { Case } from './case.ts';
import { say } from './question.ts';
import type { Context } from './question.ts';
import type { Reply } from './reply.ts';

/** A reseller for a customer: which of their services, and what the reseller tries before an escalation (seed 001). */

/** What a reseller resells, where no directory says it of the customer. */
const RESOLD: readonly OfferingId[] = ['o365-21vianet', 'azure-21vianet'];

export type NamedCustomer = NonNullable<Case['stated']['customer']>;

/** The services that a customer may need help with, as far as the directory lists them. */
export function servicesOf(id: string, { case: known }: Pick<Context, 'case'>): readonly OfferingId[] {
  const listed = (known.facts?.customers ?? []).filter((one) => one.id === id).map(({ offering }) => offering);
  return listed.length > 0 ? [...new Set(listed)] : RESOLD;
}

/** The case for this customer. With the service known, what was looked up in the reseller's own product is looked up anew. */
export function forCustomer(known: Case, customer: NamedCustomer): Case {
  const stated = { ...known.stated, customer };
  const chosen = { ...known, customerQuery: null, stated };
  if (customer.offering === null) return chosen;
  return { ...chosen, answer: null, answered: false, incident: null, incidentChecked: false, similarChecked: false };
}

/** What to try first, and what counts as an escalation. Where the admin center opens is documented for Office 365. */
export function tryFirst({ name, offering }: NamedCustomer, context: Context): Reply {
  const key = offering === 'o365-21vianet' ? 'customer.try-first' : 'customer.try-first-other';
  return say(context, context.text(key, { name }), { apart: true });
}

/** "our ticket 4711", "工单号 INC-20", "チケット番号は 4711": the reseller's own number in what they wrote, or null. */
export function ownReferenceIn(text: string): string | null {
  const named =
    /(?:ticket|case|incident|reference|ref|工单|工單|单号|案件|チケット|管理番号|受付番号)\s*(?:no\.?|number|id|号|编号|番号)?\s*(?:is|[:：#＃]|为|是|は)?\s*#?([A-Za-z]{2,8}[-_]?\d[\w-]{0,30}|\d[\w-]{2,30})/iu;
  // In one line: a pattern with several gaps would try every way to share out a thousand blanks.
  const line = text.normalize('NFKC').slice(0, 4000).replace(/\s+/gu, ' ');
  return named.exec(line)?.[1] ?? null;
}
