import { z } from 'zod';
import type { Unit } from '#src/log/ports.ts';
import { contactSchema, draftSchema, REQUEST_STATES } from '#src/requests/request.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { CONTACT_IS, hiddenIn, hiding, masked, type ContactIs, type Hide } from './contact.ts';
import { promiseView, promiseViewSchema } from './promises.ts';
import { ticketViewOf, ticketViewSchema } from './ticket-view.ts';

const eventSchema = z.strictObject({
  seq: z.number().int(),
  at: z.iso.datetime(),
  /** `customer`, or who of the house acted. */
  actor: z.string(),
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/** A request as the desk lists it: what the person filed, with the contact in part, its state, its history. Instants are ISO, UTC. */
export const requestLineSchema = draftSchema.extend({
  number: z.string(),
  conversation: z.string(),
  personName: z.string(),
  state: z.enum(REQUEST_STATES),
  createdAt: z.iso.datetime(),
  respondBy: z.string().nullable(),
  provisional: z.boolean(),
  /** The same matter in the ticket system that is connected; missing where there is none. */
  ticket: ticketViewSchema.optional(),
  /** What was promised to the customer, in the order in which it was. */
  promises: z.array(promiseViewSchema),
  history: z.array(eventSchema),
});
type RequestLine = z.infer<typeof requestLineSchema>;

export const requestViewSchema = requestLineSchema.extend({ contactIs: z.enum(CONTACT_IS) });
type RequestView = z.infer<typeof requestViewSchema>;

/** What somebody sees who said what they need the contact for: it, and the request with nothing hidden in what was written. */
export const shownContactSchema = z.strictObject({ contact: contactSchema, request: requestLineSchema });

/** A request as somebody opens it who may see so much of its contact. */
export async function viewOf(
  request: ServiceRequest,
  shown: ContactIs,
  { unit, now }: { unit: Unit; now: number },
): Promise<RequestView> {
  const line = shown === 'whole' ? await wholeLineOf(request, unit, now) : await lineOf(request, unit, now);
  return { ...line, contactIs: shown };
}

export async function wholeLineOf(request: ServiceRequest, unit: Unit, now: number): Promise<RequestLine> {
  return { ...(await lineOf(request, unit, now, asIs)), contact: request.contact };
}

const asIs: Hide = (text) => text;

/** What leaves the house of a request: the key of the person, the tenant and the one-time id stay inside. */
export async function lineOf(
  request: ServiceRequest,
  unit: Unit,
  now: number,
  hide: Hide = hiding([request.contact]),
): Promise<RequestLine> {
  const { submissionId: _once, person, tenant: _tenant, createdAt, ticket: _ticket, ...shown } = request;
  const { description, impact } = shown;
  const events = await unit.requests.events(request.number);
  const promises = await unit.promises.ofRequest(request.number);
  const ticket = await ticketViewOf(request, events, unit);
  return {
    ...shown,
    description: hide(description),
    ...(impact !== undefined && { impact: hide(impact) }),
    contact: inPart(shown.contact),
    ...(ticket && { ticket }),
    createdAt: new Date(createdAt).toISOString(),
    promises: promises.map((pledge) => promiseView(pledge, now)),
    history: events.map(({ seq, at, actor, kind, data }) => ({
      seq,
      at: new Date(at).toISOString(),
      actor: actor === person ? 'customer' : actor,
      kind,
      data: z.record(z.string(), z.unknown()).parse(hiddenIn(data, hide)),
    })),
  };
}

function inPart({ phone, email, secondContact, ...contact }: ServiceRequest['contact']): ServiceRequest['contact'] {
  return {
    ...contact,
    ...(phone !== undefined && { phone: masked(phone) }),
    ...(email !== undefined && { email: masked(email) }),
    ...(secondContact !== undefined && { secondContact: masked(secondContact) }),
  };
}
