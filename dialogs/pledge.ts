import type { Rules } from '#knowledge/offering.ts';
import type { Phrases } from '#knowledge/phrases.ts';
import type { Language } from '#knowledge/schema.ts';
import { supportPhone } from '#src/policy/support-phone.ts';
import type { Pledge } from '#src/promises/promise.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { knownZone } from './instant.ts';
import { twice } from './promise.ts';
import type { Reply } from './reply.ts';

/** What is at hand where a promise is spoken of outside of the dialogs. */
export interface Speaking {
  readonly phrases: Phrases;
  readonly rules: Rules;
  readonly language: Language;
}

type Told = Pick<Pledge, 'kind' | 'due'>;

/** Says that a promise was broken, that it is our fault, by when it is done now, and how to reach somebody at once. */
export function apology(
  request: ServiceRequest,
  { broken, next }: { broken: Told; next: Told | null },
  by: Speaking,
): Reply {
  const { number, contact, severity, offering, category } = request;
  const say = (key: string, values: Record<string, string> = {}): string =>
    by.phrases.text(by.language, `pledge.${key}`, values);
  const callNow = severity === 'A' ? supportPhone({ offering, country: countryOf(request), category }, by.rules) : null;
  const sentences = [
    say(`broken.${broken.kind}`, { number, due: toldBoth(broken.due, request, by) }),
    next === null
      ? say('again.none')
      : say(`again.${next.kind}`, { time: toldBoth(next.due, request, by), phone: contact.phone ?? '' }),
    ...(callNow === null ? [] : [say('call-now', { phone: callNow })]),
    say('escalated'),
  ];
  const data = {
    promise: { number, state: 'broken', kind: broken.kind, due: iso(broken.due), next: next && iso(next.due) },
  };
  return { language: by.language, format: 'plain', text: sentences.join(by.language === 'en' ? ' ' : ''), data };
}

/** Says what an agent promises. */
export function announcement(
  request: ServiceRequest,
  { promised, agent }: { promised: Told & { kind: 'update-by' | 'call-back' }; agent: string },
  by: Speaking,
): Reply {
  const { number } = request;
  const values = { number, agent, time: toldBoth(promised.due, request, by) };
  const text = by.phrases.text(by.language, `pledge.made.${promised.kind}`, values);
  const data = { promise: { number, state: 'open', kind: promised.kind, due: iso(promised.due) } };
  return { language: by.language, format: 'plain', text, data };
}

/** An instant on the offering's clock and on the customer's. */
function toldBoth(at: number, { offering, contact }: ServiceRequest, { rules, phrases, language }: Speaking): string {
  const own = knownZone(contact.timeZone);
  const office = rules.offerings[offering].zone?.value ?? own ?? 'UTC';
  return twice(iso(at), { office, own }, { language, text: (key, values) => phrases.text(language, key, values) });
}

const iso = (at: number): string => new Date(at).toISOString();
const countryOf = ({ offering }: ServiceRequest): string | undefined => (offering === 'worldwide' ? undefined : 'CN');
