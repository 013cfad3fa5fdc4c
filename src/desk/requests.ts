import { z } from 'zod';
import { mayServe } from '#src/handoff/agent.ts';
import { Refusal } from '#src/http/call.ts';
import type { Storage, Unit } from '#src/log/ports.ts';
import { draftSchema, REQUEST_STATES } from '#src/requests/request.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { promiseView, promiseViewSchema } from './promises.ts';
import { wholeOf, type DeskRoute } from './route.ts';
import { ticketViewOf, ticketViewSchema } from './ticket-view.ts';

const eventSchema = z.strictObject({
  seq: z.number().int(),
  at: z.iso.datetime(),
  /** `customer`, or who of the house acted. */
  actor: z.string(),
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/** A request as the desk shows it: what the person filed, its state, and its history. Instants are ISO, UTC. */
export const requestViewSchema = draftSchema.extend({
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
type RequestView = z.infer<typeof requestViewSchema>;

const PAGE = { byDefault: 100, most: 200 };

export function requestRoutes(storage: Storage, clock: () => number): DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/desk/api/requests',
      summary: 'Requests, the newest first.',
      query: {
        limit: `How many at most, up to ${PAGE.most}; ${PAGE.byDefault} where it is not given.`,
        before: 'Number of the last request seen: the next page begins behind it.',
      },
      access: 'agent',
      status: 200,
      answer: z.array(requestViewSchema),
      handle: async (call, { agent }) => {
        const limit = wholeOf(call, 'limit', PAGE);
        const views = await storage.transact(async (unit) => {
          const page = await unit.requests.newest(call.query.get('before'), limit, agent.queues);
          return Promise.all(page.map((request) => viewOf(request, unit, clock())));
        });
        return { status: 200, json: views };
      },
    },
    {
      method: 'GET',
      path: '/desk/api/requests/:number',
      summary: 'One request. Reading it is noted in the audit.',
      access: 'agent',
      status: 200,
      answer: requestViewSchema,
      handle: async ({ params }, { agent }) => {
        const number = params['number'] ?? '';
        const view = await storage.transact(async (unit) => {
          const request = await unit.requests.byNumber(number);
          if (!request || !mayServe(agent, request.offering)) return null;
          await unit.audit.add({ at: clock(), actor: agent.id, action: 'request.read', subject: number, detail: {} });
          return viewOf(request, unit, clock());
        });
        if (!view) throw new Refusal(404, 'not-found', 'There is no such request.');
        return { status: 200, json: view };
      },
    },
  ];
}

/** What leaves the house of a request: the key of the person, the tenant and the one-time id stay inside. */
async function viewOf(request: ServiceRequest, unit: Unit, now: number): Promise<RequestView> {
  const { submissionId: _once, person, tenant: _tenant, createdAt, ticket: _ticket, ...shown } = request;
  const events = await unit.requests.events(request.number);
  const promises = await unit.promises.ofRequest(request.number);
  const ticket = await ticketViewOf(request, events, unit);
  return {
    ...shown,
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
