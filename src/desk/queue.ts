import { z } from 'zod';
import { categorySchema, languageSchema, offeringIdSchema, severitySchema } from '#knowledge/schema.ts';
import type { Conversation, Storage, Unit } from '#src/log/ports.ts';
import { mayServe } from '#src/handoff/agent.ts';
import { OWNERS } from '#src/handoff/standing.ts';
import { STANDINGS, standingOf } from '#src/promises/clock.ts';
import { PROMISE_KINDS, type Pledge } from '#src/promises/promise.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { CaseSummary, ReadCase } from './ports.ts';
import type { DeskRoute } from './route.ts';

/** One line of the queue; the names are a contract (conversation.md section 3). Instants are ISO, UTC. */
export const queueEntrySchema = z.strictObject({
  conversation: z.string(),
  request: z.string().optional(),
  severity: z.union([severitySchema, z.literal('')]),
  offering: offeringIdSchema.nullable(),
  category: categorySchema.nullable(),
  language: languageSchema.nullable(),
  summary: z.string(),
  waitingSince: z.iso.datetime(),
  respondBy: z.iso.datetime({ offset: true }).optional(),
  owner: z.enum(OWNERS),
  /** What was promised next to the customer; `misses`: how often the same was promised before, and not kept. */
  promise: z
    .strictObject({
      kind: z.enum(PROMISE_KINDS),
      due: z.iso.datetime(),
      standing: z.enum(STANDINGS),
      misses: z.number().int(),
    })
    .optional(),
  /** Nobody with the right skills came in time: they are offered to everybody on duty. */
  widened: z.literal(true).optional(),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

/** Somebody who waits for an agent: the conversation, its case, and what was said last. */
interface Waiter {
  readonly conversation: Conversation;
  readonly known: CaseSummary | null;
  readonly lastWords: string;
}

export interface Waiting {
  readonly people: readonly Waiter[];
  readonly requests: readonly ServiceRequest[];
  /** Ids of the conversations that an agent has. */
  readonly withAgent: ReadonlySet<string>;
  /** What is still owed, the most urgent first. */
  readonly owed: readonly Pledge[];
  readonly now: number;
  /** Milliseconds after which somebody who waits is offered to everybody. */
  readonly widen: number;
}

/** As many as the clocks of the office look after. */
const MOST_PEOPLE = 2_000;
const MOST_REQUESTS = 200;
const MOST_AGENTS_TALKS = 1_000;
const MOST_PROMISES = 1_000;
/** What is due later than this presses nobody today. */
const HORIZON_MS = 7 * 24 * 3_600_000;
const SUMMARY_CHARS = 200;

export interface QueueOptions extends Pick<Waiting, 'widen'> {
  readonly storage: Storage;
  readonly readCase: ReadCase;
  readonly clock: () => number;
}

export function queueRoute({ storage, readCase, clock, widen }: QueueOptions): DeskRoute {
  return {
    method: 'GET',
    path: '/desk/api/queue',
    summary: 'People who wait for an agent, and open requests, the most urgent first.',
    access: 'agent',
    status: 200,
    answer: z.array(queueEntrySchema),
    handle: async (_call, { agent }) => {
      const now = clock();
      const waiting = await storage.transact(async (unit) => ({
        people: await waiters(unit, (state) => readCase(state, now)),
        requests: await unit.requests.open(MOST_REQUESTS, agent.queues),
        owed: await unit.promises.due(now + HORIZON_MS, MOST_PROMISES),
        now,
        widen,
        withAgent: new Set((await unit.conversations.withAgent(MOST_AGENTS_TALKS)).map(({ id }) => id)),
      }));
      return { status: 200, json: queueOf(waiting).filter(({ offering }) => mayServe(agent, offering)) };
    },
  };
}

async function waiters(unit: Unit, read: (state: unknown) => CaseSummary | null): Promise<Waiter[]> {
  const conversations = await unit.conversations.waiting(MOST_PEOPLE);
  const people: Waiter[] = [];
  for (const conversation of conversations) {
    const known = read(conversation.state);
    const lastWords = known?.description ? '' : await lastSaid(conversation, unit);
    people.push({ conversation, known, lastWords });
  }
  return people;
}

/** What the person wrote last; for those who asked for somebody before they said what is wrong. */
async function lastSaid({ id, inSeq }: Conversation, unit: Unit): Promise<string> {
  const [row] = await unit.rows.list(id, inSeq - 1, 1);
  const text = row?.direction === 'in' ? row.body['text'] : undefined;
  return typeof text === 'string' ? text : '';
}

/**
 * The queue: one line per person who waits (with the request filed in that conversation, if any) and one per other open
 * request. The level orders it (policy.md section 3); within a level who waits in the chat comes before what was filed, then
 * to whom a promise was broken, then what must be answered sooner, then who waits longer. No level counts as the lowest.
 */
export function queueOf({ people, requests, withAgent, owed, now, widen }: Waiting): QueueEntry[] {
  const waitingIds = new Set(people.map(({ conversation }) => conversation.id));
  const filed = new Map<string, ServiceRequest>();
  for (const request of requests.toSorted(bySeverity))
    if (waitingIds.has(request.conversation) && !filed.has(request.conversation))
      filed.set(request.conversation, request);
  const shown = new Set([...filed.values()].map(({ number }) => number));
  const others = requests.filter(({ number }) => !shown.has(number));
  const ownerOf = (id: string) => (waitingIds.has(id) ? 'waiting' : withAgent.has(id) ? 'agent' : 'bot');
  const entries = [
    ...people.map((waiter) => ({
      ...personEntry(waiter, filed.get(waiter.conversation.id)),
      // As the office's clocks judge it (`handoff/clocks.ts`).
      ...(now - waiter.conversation.ownedSince >= widen && { widened: true as const }),
    })),
    ...others.map((request) => requestEntry(request, ownerOf(request.conversation))),
  ];
  // The list is ordered: the first one of a request is its most urgent one.
  const next = new Map(owed.toReversed().map((pledge) => [pledge.request, pledge]));
  return entries.map((entry) => withPromise(entry, next, now)).toSorted(byUrgency);
}

function withPromise(entry: QueueEntry, owed: ReadonlyMap<string, Pledge>, now: number): QueueEntry {
  const next = owed.get(entry.request ?? '');
  if (!next) return entry;
  const { kind, due, misses } = next;
  return { ...entry, promise: { kind, due: new Date(due).toISOString(), standing: standingOf(next, now), misses } };
}

function personEntry({ conversation, known, lastWords }: Waiter, request: ServiceRequest | undefined): QueueEntry {
  const { id, offering, language, waitingSince, updatedAt } = conversation;
  return {
    conversation: id,
    ...(request && { request: request.number }),
    severity: request?.severity ?? known?.severity ?? '',
    offering: request?.offering ?? offering,
    category: request?.category ?? known?.category ?? null,
    language,
    summary: short(request?.description ?? known?.description ?? lastWords),
    waitingSince: new Date(waitingSince ?? updatedAt).toISOString(),
    ...(request && promise(request)),
    owner: 'waiting',
  };
}

function requestEntry(request: ServiceRequest, owner: QueueEntry['owner']): QueueEntry {
  const { conversation, number, severity, offering, category, language, description, createdAt } = request;
  return {
    conversation,
    request: number,
    severity,
    offering,
    category,
    language,
    summary: short(description),
    waitingSince: new Date(createdAt).toISOString(),
    ...promise(request),
    owner,
  };
}

const promise = ({ respondBy }: ServiceRequest): { respondBy?: string } => (respondBy === null ? {} : { respondBy });

/** One line of a text, as long as a list has room for. */
export function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= SUMMARY_CHARS) return line;
  // Half of a surrogate pair is no letter.
  return `${line.slice(0, SUMMARY_CHARS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

const LEVELS = { A: 0, B: 1, C: 2, '': 2 } as const;

const bySeverity = (one: ServiceRequest, other: ServiceRequest): number =>
  LEVELS[one.severity] - LEVELS[other.severity];

function byUrgency(one: QueueEntry, other: QueueEntry): number {
  const live = (entry: QueueEntry): number => (entry.owner === 'waiting' ? 0 : 1);
  const broken = (entry: QueueEntry): number => (entry.promise !== undefined && entry.promise.misses > 0 ? 0 : 1);
  const due = (entry: QueueEntry): number => (entry.respondBy === undefined ? Infinity : Date.parse(entry.respondBy));
  return (
    LEVELS[one.severity] - LEVELS[other.severity] ||
    live(one) - live(other) ||
    broken(one) - broken(other) ||
    (due(one) === due(other) ? 0 : due(one) - due(other)) ||
    Date.parse(one.waitingSince) - Date.parse(other.waitingSince)
  );
}
