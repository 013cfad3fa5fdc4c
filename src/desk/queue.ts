import { z } from 'zod';
import type { OfferingId } from '#knowledge/schema.ts';
import type { Conversation, Storage, Unit } from '#src/log/ports.ts';
import { mayServe } from '#src/handoff/agent.ts';
import { standingOf } from '#src/promises/clock.ts';
import type { Pledge } from '#src/promises/promise.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { hideAny } from './contact.ts';
import type { CaseSummary, ReadCase } from './ports.ts';
import { byUrgency, LEVELS, queueEntrySchema, type QueueEntry } from './queue-entry.ts';
import { idsOf, type DeskRoute } from './route.ts';

/** Somebody who waits for an agent: the conversation, its case, and what was said last. */
interface Waiter {
  readonly conversation: Conversation;
  readonly known: CaseSummary | null;
  readonly lastWords: string;
  /** Everybody on duty was asked already. */
  readonly widened: boolean;
}

export interface Waiting {
  readonly people: readonly Waiter[];
  readonly requests: readonly ServiceRequest[];
  /** Ids of the conversations that an agent has. */
  readonly withAgent: ReadonlySet<string>;
  /** What is still owed. */
  readonly owed: readonly Pledge[];
  readonly now: number;
}

/** As many as the clocks of the office look after. */
const MOST_PEOPLE = 2_000;
const MOST_REQUESTS = 200;
const MOST_AGENTS_TALKS = 1_000;
/** What is due later than this presses nobody today. */
const HORIZON_MS = 7 * 24 * 3_600_000;
const SUMMARY_CHARS = 200;

export interface QueueOptions {
  readonly storage: Storage;
  readonly readCase: ReadCase;
  readonly clock: () => number;
}

export function queueRoute({ storage, readCase, clock }: QueueOptions): DeskRoute {
  return {
    method: 'GET',
    path: '/desk/api/queue',
    summary: 'People who wait for an agent, and open requests, the most urgent first.',
    query: {
      ids: 'Ids of conversations, with commas between them: only the lines of these, after an event that names them.',
    },
    access: 'agent',
    status: 200,
    answer: z.array(queueEntrySchema),
    handle: async (call, { agent }) => {
      const now = clock();
      const ids = idsOf(call);
      const queue = await storage.transact(async (unit) => {
        const found = ids ? await some(ids, agent.queues, unit) : await everything(agent.queues, unit);
        const { talks, requests, withAgent } = found;
        const people = await waiters(talks, unit, (state) => readCase(state, now));
        const owed = await unit.promises.owedFor(
          requests.map(({ number }) => number),
          now + HORIZON_MS,
        );
        return queueOf({ people, requests, withAgent, owed, now });
      });
      return { status: 200, json: queue.filter(({ offering }) => mayServe(agent, offering)) };
    },
  };
}

interface Found extends Pick<Waiting, 'requests' | 'withAgent'> {
  /** Those who wait. */
  readonly talks: readonly Conversation[];
}

async function everything(queues: readonly OfferingId[], unit: Unit): Promise<Found> {
  const talks = await unit.conversations.waiting(MOST_PEOPLE);
  const withAgent = await unit.conversations.withAgent(MOST_AGENTS_TALKS);
  // The most urgent ones, and in any case those of who waits.
  const requests = await unit.requests.open(MOST_REQUESTS, queues);
  const theirs = await unit.requests.openOf(idsIn(talks), queues);
  const all = new Map([...requests, ...theirs].map((request) => [request.number, request]));
  return { talks, requests: [...all.values()], withAgent: new Set(idsIn(withAgent)) };
}

async function some(ids: readonly string[], queues: readonly OfferingId[], unit: Unit): Promise<Found> {
  const named = await unit.conversations.several(ids);
  const ownedBy = (owner: Conversation['owner']) => named.filter((conversation) => conversation.owner === owner);
  const talks = ownedBy('waiting');
  // As the whole list has them: a line that it leaves out must not come with an event and go with the next reading.
  const among = await unit.requests.openOf(ids, queues, MOST_REQUESTS);
  const theirs = await unit.requests.openOf(idsIn(talks), queues);
  const all = new Map([...among, ...theirs].map((request) => [request.number, request]));
  const requests = [...all.values()];
  return { talks, requests, withAgent: new Set(idsIn(ownedBy('agent'))) };
}

const idsIn = (conversations: readonly Conversation[]): string[] => conversations.map(({ id }) => id);

async function waiters(
  talks: readonly Conversation[],
  unit: Unit,
  read: (state: unknown) => CaseSummary | null,
): Promise<Waiter[]> {
  const widened = new Set(await unit.conversations.widened(idsIn(talks)));
  const people = talks.map((conversation) => ({ conversation, known: read(conversation.state) }));
  // What the person wrote last; for those who asked for somebody before they said what is wrong.
  const silent = people.filter(({ known }) => !known?.description);
  const last = await unit.rows.lastIn(silent.map(({ conversation: { id } }) => id));
  const words = new Map(
    last.map(({ conversation, body: { text } }) => [conversation, typeof text === 'string' ? text : '']),
  );
  return people.map(({ conversation, known }) => {
    const { id } = conversation;
    return { conversation, known, lastWords: words.get(id) ?? '', widened: widened.has(id) };
  });
}

/**
 * The queue: one line per person who waits (with the request filed in that conversation, if any) and one per other open
 * request, in the order of `byUrgency`.
 */
export function queueOf({ people, requests, withAgent, owed, now }: Waiting): QueueEntry[] {
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
      ...(waiter.widened && { widened: true as const }),
    })),
    ...others.map((request) => requestEntry(request, ownerOf(request.conversation))),
  ];
  // The last one that is set stays: the most urgent one of a request.
  const next = new Map(owed.toSorted((one, other) => other.due - one.due).map((pledge) => [pledge.request, pledge]));
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
    // Before it is cut: half a number looks like none.
    summary: short(hideAny(request?.description ?? known?.description ?? lastWords)),
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
    summary: short(hideAny(description)),
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

const bySeverity = (one: ServiceRequest, other: ServiceRequest): number =>
  LEVELS[one.severity] - LEVELS[other.severity];
