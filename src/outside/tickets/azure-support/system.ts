import type { Severity } from '#knowledge/schema.ts';
import type { AzureSupportMap } from '#knowledge/ticket-maps.ts';
import { done, later, refused } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { Attempt, Filed, PutIntoWords, Ticket, TicketSystem } from '#src/requests/ticket.ts';
import { ticketIn } from './answer.ts';
import { Arm } from './arm.ts';
import type { ArmOptions } from './arm.ts';
import { supportTicketOf, takesLevel } from './body.ts';
import { Catalog } from './catalog.ts';

export interface AzureSupportOptions extends ArmOptions {
  readonly subscription: string;
  readonly deskMail: string;
  readonly map: AzureSupportMap;
  readonly words: PutIntoWords;
}

interface Desk extends AzureSupportOptions {
  readonly arm: Arm;
  readonly catalog: Catalog;
}

/** The Azure Support API. A ticket and a message have names of ours there, so writing them again changes nothing. */
export function azureSupport(options: AzureSupportOptions): TicketSystem {
  const { map, words } = options;
  const arm = new Arm(options);
  const to: Desk = { ...options, arm, catalog: new Catalog(arm, map) };
  return {
    id: 'azure-support',
    takes: ({ offering }) => map.offerings.some(({ value }) => value === offering),
    file: (request, attempt) => file(request, attempt, to),
    addInformation: (filed, text, attempt) => say(filed, text, attempt, to),
    changeSeverity: (filed, severity) => changeSeverity(filed, severity, to),
    close: (filed, attempt) => orAsk({ status: 'closed' }, words(filed.request).closing, { filed, attempt }, to),
    reopen: (filed, attempt) => orAsk({ status: 'open' }, words(filed.request).reopening, { filed, attempt }, to),
  };
}

const pathOf = (name: string, { subscription }: Desk) =>
  `/subscriptions/${subscription}/providers/Microsoft.Support/supportTickets/${encodeURIComponent(name)}`;

async function file(request: ServiceRequest, attempt: Attempt, to: Desk): Promise<Delivery<Ticket>> {
  const { arm, catalog, map, words, deskMail } = to;
  if (!takesLevel(request, request.severity, map)) return refused('phone-missing');
  const url = arm.url(pathOf(request.number, to));
  if (attempt.again) {
    const found = await arm.look(url);
    if (found.kind !== 'done') return found;
    if (found.value) return ticketIn(found.value.body);
  }
  const place = await catalog.placeOf(request);
  if (place.kind !== 'done') return place;
  const body = supportTicketOf(request, { words: words(request), place: place.value, map, deskMail });
  const written = await arm.write({ method: 'PUT', url, body });
  if (written.kind !== 'done') return written;
  const made = ticketIn(written.value.body);
  // What ends an operation tells its state, not the ticket.
  return made.kind === 'done' ? made : fetched(url, arm);
}

async function fetched(url: string, arm: Arm): Promise<Delivery<Ticket>> {
  const found = await arm.look(url);
  if (found.kind !== 'done') return found;
  return found.value ? ticketIn(found.value.body) : later('in-progress');
}

async function say({ ticket, request }: Filed, text: string, attempt: Attempt, to: Desk): Promise<Delivery<void>> {
  // Letters, digits and hyphens: our own number and the line of its history.
  const name = attempt.key.replace(/^ticket:/, '').replace(/[^\w-]/g, '-');
  const url = to.arm.url(`${pathOf(ticket.id, to)}/communications/${name}`);
  if (attempt.again) {
    const found = await to.arm.look(url);
    if (found.kind !== 'done' || found.value) return found.kind === 'done' ? done(undefined) : found;
  }
  const body = { properties: { subject: to.words(request).title, body: text, sender: to.deskMail } };
  const written = await to.arm.write({ method: 'PUT', url, body });
  return written.kind === 'done' ? done(undefined) : written;
}

async function changeSeverity({ ticket, request }: Filed, severity: Severity, to: Desk): Promise<Delivery<void>> {
  if (!takesLevel(request, severity, to.map)) return refused('phone-missing');
  return update(ticket, { severity: to.map.severity[severity].value }, to);
}

async function update(ticket: Ticket, body: object, { arm, ...to }: Desk): Promise<Delivery<void>> {
  const written = await arm.write({ method: 'PATCH', url: arm.url(pathOf(ticket.id, { arm, ...to })), body });
  return written.kind === 'done' ? done(undefined) : written;
}

/** A ticket that an engineer works on can't be closed by a program: then the engineer is asked to. */
async function orAsk(
  body: object,
  words: string,
  { filed, attempt }: { filed: Filed; attempt: Attempt },
  to: Desk,
): Promise<Delivery<void>> {
  const updated = await update(filed.ticket, body, to);
  return updated.kind === 'refused' ? say(filed, words, attempt, to) : updated;
}
