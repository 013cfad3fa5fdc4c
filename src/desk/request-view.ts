import { z } from 'zod';
import { isAgent } from '#src/handoff/standing.ts';
import type { Conversation, Unit } from '#src/log/ports.ts';
import { contactSchema, draftSchema, REQUEST_STATES } from '#src/requests/request.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { Agent } from './agents.ts';
import { masked } from './packet.ts';
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

/**
 * How much of a request's contact somebody sees. `whole` · `on-reason`: nobody has the conversation, so whoever must call or
 * write may have it, and says for which · `accept-first`: the customer waits for somebody · `colleague`: who has them sees it.
 */
export const CONTACT_IS = ['whole', 'on-reason', 'accept-first', 'colleague'] as const;
export type ContactIs = (typeof CONTACT_IS)[number];

export const requestViewSchema = requestLineSchema.extend({ contactIs: z.enum(CONTACT_IS) });
type RequestView = z.infer<typeof requestViewSchema>;

/** Why somebody needs the contact of somebody whom nobody has: it stands in the audit. */
export const CONTACT_REASONS = ['call', 'write'] as const;
export const wantedContactSchema = z.object({ reason: z.enum(CONTACT_REASONS) });
export const shownContactSchema = z.strictObject({ contact: contactSchema });

/** Who accepted sees whom they have, and a supervisor everybody: they follow up on what was filed, and the audit says so. */
export function contactIs(agent: Agent, talk: Pick<Conversation, 'owner' | 'agent'> | undefined): ContactIs {
  if (agent.role !== 'agent') return 'whole';
  switch (talk?.owner) {
    case 'waiting':
      return 'accept-first';
    case 'agent':
      return isAgent(talk, agent.id) ? 'whole' : 'colleague';
    case 'bot':
    case undefined:
      return 'on-reason';
  }
}

/** A request as somebody opens it who may see so much of its contact. */
export async function viewOf(
  request: ServiceRequest,
  shown: ContactIs,
  { unit, now }: { unit: Unit; now: number },
): Promise<RequestView> {
  const line = await lineOf(request, unit, now);
  return { ...line, contactIs: shown, ...(shown === 'whole' && { contact: request.contact }) };
}

/** What leaves the house of a request: the key of the person, the tenant and the one-time id stay inside. */
export async function lineOf(request: ServiceRequest, unit: Unit, now: number): Promise<RequestLine> {
  const { submissionId: _once, person, tenant: _tenant, createdAt, ticket: _ticket, ...shown } = request;
  const events = await unit.requests.events(request.number);
  const promises = await unit.promises.ofRequest(request.number);
  const ticket = await ticketViewOf(request, events, unit);
  return {
    ...shown,
    contact: inPart(shown.contact),
    ...(ticket && { ticket }),
    createdAt: new Date(createdAt).toISOString(),
    promises: promises.map((pledge) => promiseView(pledge, now)),
    history: events.map(({ seq, at, actor, kind, data }) => ({
      seq,
      at: new Date(at).toISOString(),
      actor: actor === person ? 'customer' : actor,
      kind,
      data,
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
