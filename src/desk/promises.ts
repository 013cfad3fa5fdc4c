import { z } from 'zod';
import { offeringIdSchema, severitySchema } from '#knowledge/schema.ts';
import { Refusal, type Call } from '#src/http/call.ts';
import type { Storage, Unit } from '#src/log/ports.ts';
import {
  PROMISE_KINDS,
  PROMISE_REASONS,
  type Pledge,
  type Pledged,
  type PledgeRefusal,
} from '#src/promises/promise.ts';
import { STANDINGS, standingOf } from '#src/promises/clock.ts';
import { isoOrNull } from './iso.ts';
import type { Pledges } from './ports.ts';
import { bodyOf, type DeskRoute } from './route.ts';

/** A promise as the desk shows it. Instants are ISO, UTC. */
export const promiseViewSchema = z.strictObject({
  seq: z.number().int(),
  kind: z.enum(PROMISE_KINDS),
  due: z.iso.datetime(),
  /** `soon`: the desk was warned; `overdue`: its time has passed and nothing was done about it yet. */
  standing: z.enum(STANDINGS),
  /** `policy`, or the agent who promised it. */
  by: z.string(),
  madeAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  endedBy: z.string().nullable(),
  reason: z.enum(PROMISE_REASONS).nullable(),
  /** seq of the promise whose place it takes. */
  renews: z.number().int().nullable(),
});
type PromiseView = z.infer<typeof promiseViewSchema>;

/** A promise that somebody should look at, with what they need to know to do so. */
export const promiseLineSchema = promiseViewSchema.extend({
  request: z.string(),
  conversation: z.string(),
  severity: severitySchema,
  offering: offeringIdSchema,
  /** The customer's own zone, to say a time on their clock; null where it is not known. */
  customerZone: z.string().nullable(),
});

export interface PromiseOptions {
  readonly storage: Storage;
  readonly pledges: Pledges;
  readonly clock: () => number;
}

export function promiseView(pledge: Pledge, now: number): PromiseView {
  const { seq, kind, due, by, madeAt, endedAt, endedBy, reason, renews } = pledge;
  const times = {
    due: new Date(due).toISOString(),
    madeAt: new Date(madeAt).toISOString(),
    endedAt: isoOrNull(endedAt),
  };
  return { seq, kind, standing: standingOf(pledge, now), by, endedBy, reason, renews, ...times };
}

const madeSchema = z.object({
  /** The first answer is promised by the policy. */
  kind: z.enum(['update-by', 'call-back']),
  due: z.iso.datetime({ offset: true }),
});
const keptSchema = z.object({
  /** `call`: the customer was called; `tell`: they were told by other means than the chat, e.g. by mail. */
  how: z.enum(['call', 'tell']),
});

const MOST = 200;
/** A week is what a supervisor looks back on. */
const LOOK_BACK_MS = 7 * 24 * 3_600_000;

export function promiseRoutes(options: PromiseOptions): DeskRoute[] {
  return [...listRoutes(options), ...changeRoutes(options)];
}

function listRoutes({ storage, clock }: PromiseOptions): DeskRoute[] {
  const list = { method: 'GET', status: 200, answer: z.array(promiseLineSchema) } as const;
  return [
    {
      ...list,
      path: '/desk/api/promises',
      summary: 'Promises that run out: the desk was warned of them, or their time has passed. The most urgent first.',
      access: 'agent',
      handle: async (_call, { agent }) => {
        const now = clock();
        const lines = await storage.transact(async (unit) =>
          linesOf(await unit.promises.pressing(now, MOST, agent.queues), { unit, now }),
        );
        return { status: 200, json: lines };
      },
    },
    {
      ...list,
      path: '/desk/api/promises/broken',
      summary: 'Promises that were broken in the last seven days, the latest first.',
      access: 'supervisor',
      handle: async (_call, { agent }) => {
        const now = clock();
        const lines = await storage.transact(async (unit) =>
          linesOf(await unit.promises.broken(now - LOOK_BACK_MS, MOST, agent.queues), { unit, now }),
        );
        return { status: 200, json: lines };
      },
    },
  ];
}

/** With what must be known of their requests. */
async function linesOf(
  pledges: readonly Pledge[],
  { unit, now }: { unit: Unit; now: number },
): Promise<z.infer<typeof promiseLineSchema>[]> {
  // Not one by one by its number: that would lock each of them against whoever works on it.
  const filed = await unit.requests.several(pledges.map(({ request }) => request));
  const known = new Map(filed.map((request) => [request.number, request]));
  return pledges.flatMap((pledge) => {
    const request = known.get(pledge.request);
    if (!request) return [];
    const { number, conversation, severity, offering, contact } = request;
    const customerZone = contact.timeZone ?? null;
    return [{ ...promiseView(pledge, now), request: number, conversation, severity, offering, customerZone }];
  });
}

function changeRoutes({ pledges, clock }: PromiseOptions): DeskRoute[] {
  const change = { method: 'POST', access: 'agent', status: 200, answer: promiseViewSchema } as const;
  const told = (pledged: Pledged) => ({ status: 200, json: promiseView(promised(pledged), clock()) });
  return [
    {
      ...change,
      path: '/desk/api/requests/:number/promises',
      summary: 'Promises news or a call by a time, and tells the customer; one of the same kind gives way.',
      body: madeSchema,
      handle: async (call, { agent }) => {
        const { kind, due } = bodyOf(madeSchema, call);
        return told(await pledges.make(numberOf(call), agent, { kind, due: Date.parse(due) }));
      },
    },
    {
      ...change,
      path: '/desk/api/requests/:number/promises/:seq/kept',
      summary: 'Notes that a promise was kept by a call, or by telling outside of the chat.',
      body: keptSchema,
      handle: async (call, { agent }) => {
        const { how: act } = bodyOf(keptSchema, call);
        return told(await pledges.keep(numberOf(call), agent, { seq: seqOf(call), act }));
      },
    },
  ];
}

const numberOf = ({ params }: Call): string => params['number'] ?? '';

/** 0, which no promise has, for what is no number. */
function seqOf({ params }: Call): number {
  const { seq = '' } = params;
  return /^\d{1,6}$/.test(seq) ? Number(seq) : 0;
}

function promised(pledged: Pledged): Pledge {
  if (pledged.ok) return pledged.pledge;
  throw refusal(pledged.why);
}

function refusal(why: PledgeRefusal): Refusal {
  switch (why) {
    case 'no-request':
      return new Refusal(404, 'not-found', 'There is no such request.');
    case 'no-promise':
      return new Refusal(404, 'not-found', 'There is no such promise.');
    case 'closed':
      return new Refusal(409, 'closed', 'This request is closed: nothing can be promised for it.');
    case 'ended':
      return new Refusal(409, 'ended', 'This promise has ended already.');
    case 'not-by-that':
      return new Refusal(409, 'not-by-that', 'Who was promised a call must be called.');
    case 'not-yours':
      return new Refusal(409, 'not-yours', 'A colleague has this conversation: they promise, or a supervisor does.');
    case 'too-soon':
      return new Refusal(400, 'too-soon', 'This time has passed.');
    case 'too-late':
      return new Refusal(400, 'too-late', 'Nobody can promise more than 30 days ahead.');
  }
}
