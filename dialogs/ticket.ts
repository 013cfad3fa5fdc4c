import type { Phrases } from '#knowledge/phrases.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { TicketWords } from '#src/requests/ticket.ts';

const TITLE_LETTERS = 100;

/** What a filed request says in another system, in the person's language: the text as written, and what was agreed. */
export function ticketWords(request: ServiceRequest, phrases: Phrases): TicketWords {
  const { number, language, description, impact, severity, offering, contact, customer, respondBy } = request;
  const say = (key: string, values: Record<string, string> = {}): string => phrases.text(language, key, values);
  const first = description.replace(/\s+/g, ' ').trim();
  const letters = Array.from(first);
  const short = letters.length > TITLE_LETTERS ? `${letters.slice(0, TITLE_LETTERS).join('')}…` : first;
  const reach = [contact.name ?? request.personName, contact.phone, contact.email, contact.secondContact];
  const lines: readonly [key: string, value: string | undefined][] = [
    ['review.offering', say(`offering.${offering}`)],
    ['review.customer', customer && [customer.name, customer.reference].filter(Boolean).join(', ')],
    ['review.severity', say(`severity.${severity}`)],
    ['review.impact', impact],
    ['review.contact', reach.filter(Boolean).join(', ')],
    ['review.promise', respondBy ?? undefined],
  ];
  const facts = lines.flatMap(([key, value]) => (value ? [`${say(key)}: ${value}`] : []));
  return {
    title: `${number} ${short}`,
    text: [description, facts.join('\n')].join('\n\n'),
    closing: say('ticket.closing', { number }),
    reopening: say('ticket.reopening', { number }),
  };
}
