import { z } from 'zod';
import { mayServe } from '#src/handoff/agent.ts';
import { Refusal } from '#src/http/call.ts';
import type { Storage, Unit } from '#src/log/ports.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { Agent } from './agents.ts';
import { contactIs, mayHave, wantedContactSchema, withheld, type ContactIs } from './contact.ts';
import {
  lineOf,
  requestLineSchema,
  requestViewSchema,
  shownContactSchema,
  viewOf,
  wholeLineOf,
} from './request-view.ts';
import { bodyOf, wholeOf, type DeskRoute } from './route.ts';

const PAGE = { byDefault: 100, most: 200 };

export function requestRoutes(storage: Storage, clock: () => number): DeskRoute[] {
  return [listRoute(storage, clock), readRoute(storage, clock), contactRoute(storage, clock)];
}

function listRoute(storage: Storage, clock: () => number): DeskRoute {
  return {
    method: 'GET',
    path: '/desk/api/requests',
    summary: 'Requests, the newest first; contacts in part.',
    query: {
      limit: `How many at most, up to ${PAGE.most}; ${PAGE.byDefault} where it is not given.`,
      before: 'Number of the last request seen: the next page begins behind it.',
    },
    access: 'agent',
    status: 200,
    answer: z.array(requestLineSchema),
    handle: async (call, { agent }) => {
      const limit = wholeOf(call, 'limit', PAGE);
      const lines = await storage.transact(async (unit) => {
        const page = await unit.requests.newest(call.query.get('before'), limit, agent.queues);
        return Promise.all(page.map((request) => lineOf(request, unit, clock())));
      });
      return { status: 200, json: lines };
    },
  };
}

function readRoute(storage: Storage, clock: () => number): DeskRoute {
  return {
    method: 'GET',
    path: '/desk/api/requests/:number',
    summary: 'One request; the contact whole for who has its conversation. Reading it is noted in the audit.',
    access: 'agent',
    status: 200,
    answer: requestViewSchema,
    handle: async ({ params }, { agent }) => {
      const view = await storage.transact(async (unit) => {
        const found = await visible(params['number'] ?? '', agent, unit);
        if (!found) return null;
        const [at, detail] = [clock(), { contact: found.shown }];
        const { number: subject } = found.request;
        await unit.audit.add({ at, actor: agent.id, action: 'request.read', subject, detail });
        return viewOf(found.request, found.shown, { unit, now: at });
      });
      if (!view) throw noRequest();
      return { status: 200, json: view };
    },
  };
}

function contactRoute(storage: Storage, clock: () => number): DeskRoute {
  return {
    method: 'POST',
    path: '/desk/api/requests/:number/contact',
    summary:
      'The whole contact, wherever it was written, to call or to write, where nobody has the conversation; for supervisors always. It is noted in the audit.',
    access: 'agent',
    body: wantedContactSchema,
    status: 200,
    answer: shownContactSchema,
    handle: async (call, { agent }) => {
      const { reason } = bodyOf(wantedContactSchema, call);
      const found = await storage.transact(async (unit) => {
        const asked = await visible(call.params['number'] ?? '', agent, unit);
        if (!asked || !mayHave(asked.shown)) return asked && { ...asked, whole: null };
        const { number: subject } = asked.request;
        const at = clock();
        await unit.audit.add({ at, actor: agent.id, action: 'contact.read', subject, detail: { reason } });
        return { ...asked, whole: await wholeLineOf(asked.request, unit, at) };
      });
      if (!found) throw noRequest();
      if (!mayHave(found.shown)) throw withheld(found.shown);
      return { status: 200, json: { contact: found.request.contact, request: found.whole } };
    },
  };
}

const noRequest = () => new Refusal(404, 'not-found', 'There is no such request.');

/** The request, where it is of the agent's queues, and how much of its contact they see without saying why. */
async function visible(
  number: string,
  agent: Agent,
  unit: Unit,
): Promise<{ request: ServiceRequest; shown: ContactIs } | null> {
  const request = await unit.requests.byNumber(number);
  if (!request || !mayServe(agent, request.offering)) return null;
  return { request, shown: contactIs(agent, await unit.conversations.peek(request.conversation)) };
}
