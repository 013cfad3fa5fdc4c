import { internationalPhone } from '#src/policy/contact-methods.ts';
import type { Case } from './case.ts';
import { countryOf, offeringOf } from './entitlement.ts';
import type { Tools } from './question.ts';

/**
 * Whether the number to call is none of those that the organization registered: then an agent checks the person by a code
 * before giving access (policy section 5). Where no registered number is known, nothing is claimed.
 */
export function isUnregistered(known: Case, { rules }: Pick<Tools, 'rules'>): boolean {
  const { phone } = known.contact;
  const registered = known.facts?.registeredPhones ?? [];
  const { pin } = rules.offerings[offeringOf(known) ?? 'worldwide'];
  if (!pin.required.value || phone === undefined || registered.length === 0) return false;
  const country = countryOf(known);
  const digits = (said: string) => (internationalPhone(said, country) ?? said).replace(/\D/g, '');
  return !registered.some((one) => digits(one) === digits(phone));
}
