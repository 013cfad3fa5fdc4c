import { promises as timers } from 'node:timers';
import { z } from 'zod';
import type { Conversation, LogRow, Storage } from '#src/log/ports.ts';
import { callConnector } from './connector.ts';
import type { CallOutcome, ConnectorCall } from './connector.ts';
import { activitiesOf, addressed, callsFor } from './connector-calls.ts';
import type { Pace } from './pace.ts';
import { allowedService } from './service-url.ts';
import type { ServiceHosts } from './service-url.ts';

/** What is kept of a conversation's channel, to answer it also after a restart. */
export const referenceSchema = z.object({
  serviceUrl: z.string(),
  channelId: z.string(),
  conversation: z.looseObject({
    id: z.string(),
    conversationType: z.string().optional(),
    isGroup: z.boolean().optional(),
  }),
  user: z.looseObject({ id: z.string() }),
  bot: z.looseObject({ id: z.string() }),
});
export type Reference = z.infer<typeof referenceSchema>;

export interface SenderOptions {
  readonly storage: Storage;
  readonly services: ServiceHosts;
  /** The Authorization header for a service; null in local mode without credentials. */
  readonly authorization: () => Promise<string | null>;
  readonly chance: () => number;
  readonly failed: (error: unknown) => void;
  readonly clock: () => number;
  /** Told when it is known how an agent's words were delivered, and kept: the desk shows it. */
  readonly delivered: (conversation: string) => void;
  /** Told under which id the channel keeps a row. */
  readonly placed: (row: LogRow, id: string) => Promise<void>;
  /** How fast a conversation in Teams may be written to. */
  readonly pace: Pace;
  readonly call?: (call: ConnectorCall) => Promise<CallOutcome>;
}

/** A busy channel is asked five times; one that can't be reached has had no effect, so it gets some minutes to come back. */
const MOST_ATTEMPTS = { busy: 5, unreachable: 12 } as const;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const PAGE = 100;

/**
 * Takes replies to the channels that must be called, in log order, one conversation at a time. What was sent is known from
 * the conversation's cursor; what went wrong is written at the row, where an agent sees it.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #lines = new Map<string, Promise<void>>();
  /** The newest epoch that was handed in here of each conversation under way. */
  readonly #epochs = new Map<string, number>();
  /** Conversations whose channel said that the bot may not write there (any more), until the person writes again. */
  readonly #shut = new Set<string>();
  readonly #stopping = new AbortController();

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Sends the queued ones of these rows after whatever of the conversation is still under way. */
  send(conversation: Conversation, rows: readonly LogRow[]): void {
    const { id, epoch } = conversation;
    if (rows.some(({ direction }) => direction === 'in')) this.#shut.delete(id);
    this.#epochs.set(id, Math.max(epoch, this.#epochs.get(id) ?? 0));
    const before = this.#lines.get(id) ?? Promise.resolve();
    const line = before
      .then(() => this.#sendAll(conversation, rows))
      .catch((error: unknown) => this.#options.failed(error));
    this.#lines.set(id, line);
    void line.finally(() => {
      if (this.#lines.get(id) !== line) return;
      this.#lines.delete(id);
      this.#epochs.delete(id);
    });
  }

  /** Shows that somebody is at it. Said by no row and tried once: it is over when the answer comes. */
  typing(conversation: Conversation): void {
    const reference = referenceSchema.safeParse(conversation.reference).data;
    const service = reference && allowedService(reference.serviceUrl, this.#options.services);
    if (!service || this.#stopping.signal.aborted) return;
    const body = JSON.stringify({ type: 'typing', ...addressed(reference) });
    void this.#try({ method: 'POST', url: new URL(activitiesOf(service, reference)), body });
  }

  /** Takes up what a crash left unsent. A row that was on its way when the process died is sent again: better twice than never. */
  async recover(): Promise<number> {
    const ids = await this.#options.storage.transact((unit) => unit.conversations.withUnsentRows(10_000));
    for (const id of ids) await this.#recoverOne(id);
    return ids.length;
  }

  async #recoverOne(id: string): Promise<void> {
    const { storage } = this.#options;
    const conversation = await storage.transact((unit) => unit.conversations.byId(id));
    if (!conversation) return;
    for (let after = conversation.sentSeq; after < conversation.lastSeq;) {
      const from = after;
      const rows = await storage.transact((unit) => unit.rows.list(id, from, PAGE));
      const stale = rows.filter((row) => row.delivery === 'queued' && isStale(row, conversation));
      for (const row of stale) await this.#mark(row, 'dropped');
      const waiting = rows.filter((row) => !stale.includes(row));
      this.send(conversation, waiting);
      const first = waiting.find(({ delivery }) => delivery === 'queued');
      if (first && from === conversation.sentSeq) await this.#markAsDoubtful(conversation, first);
      after = rows.at(-1)?.seq ?? conversation.lastSeq;
    }
  }

  /** It may have been on its way when the process died, and is said again: an agent sees that it may have come twice. */
  async #markAsDoubtful({ id }: Conversation, row: LogRow): Promise<void> {
    if (row.role !== 'agent') return;
    await this.#mark(row, 'uncertain');
    await this.#options.storage.transact((unit) => unit.conversations.touchDesk(id, this.#options.clock()));
    this.#options.delivered(id);
  }

  /** Waits for what is under way; what is not sent by then stays in the log for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#lines.values());
  }

  async #sendAll(conversation: Conversation, rows: readonly LogRow[]): Promise<void> {
    const reference = referenceSchema.safeParse(conversation.reference);
    if (!reference.success) return;
    const sources = await this.#sourcesOf(conversation, rows);
    let last: number | null = null;
    for (const row of rows.filter(({ delivery }) => delivery === 'queued')) {
      if (!(await this.#sendOne(reference.data, row, sources.get(row.replyTo ?? 0) ?? null))) break;
      last = row.seq;
    }
    if (last !== null) await this.#sent(conversation.id, last, rows.some(isAgents));
  }

  async #sent(id: string, seq: number, isAgents: boolean): Promise<void> {
    const { storage, clock, delivered } = this.#options;
    await storage.transact(async (unit) => {
      await unit.conversations.sent(id, seq);
      if (isAgents) await unit.conversations.touchDesk(id, clock());
    });
    if (isAgents) delivered(id);
  }

  /** Channel ids of the activities that are answered: mostly of the same turn, else from the log. */
  async #sourcesOf(conversation: Conversation, rows: readonly LogRow[]): Promise<Map<number, string | null>> {
    const sources = new Map(
      rows.flatMap((row) => (row.direction === 'in' ? [[row.seq, channelIdOf(row)] as const] : [])),
    );
    const wanted = rows.flatMap(({ replyTo }) => (replyTo === null || sources.has(replyTo) ? [] : [replyTo]));
    if (wanted.length === 0) return sources;
    const after = Math.min(...wanted) - 1;
    try {
      const heard = await this.#options.storage.transact((unit) => unit.rows.list(conversation.id, after, PAGE));
      for (const row of heard) sources.set(row.seq, channelIdOf(row));
    } catch (error) {
      // Without it the reply only lacks the mark of what it answers.
      this.#options.failed(error);
    }
    return sources;
  }

  /** False where the house is closing and the row must stay for the next start; whatever else happens is marked at it. */
  async #sendOne(reference: Reference, row: LogRow, replyToId: string | null): Promise<boolean> {
    if (this.#shut.has(row.conversation)) {
      await this.#mark(row, 'failed');
      return true;
    }
    // Meanwhile somebody else got the word: what the bot still had to say before that is not said.
    if (row.role === 'bot' && row.epoch < (this.#epochs.get(row.conversation) ?? 0)) {
      await this.#mark(row, 'dropped');
      return true;
    }
    const service = allowedService(reference.serviceUrl, this.#options.services);
    const target = service ? { service, reference, replyToId } : null;
    const calls = target ? callsFor(target, row) : [];
    let end: End = target ? 'sent' : 'failed';
    for (const call of calls) {
      if (end === 'sent') end = await this.#deliver(call, row);
    }
    if (end === 'stopped') return false;
    if (end !== 'sent') await this.#mark(row, end);
    return true;
  }

  async #deliver(call: Omit<ConnectorCall, 'authorization'>, row: LogRow): Promise<End> {
    for (let attempt = 1; ; attempt += 1) {
      await this.#inPace(row.conversation);
      if (this.#stopping.signal.aborted) return 'stopped';
      const outcome = await this.#try(call);
      if (outcome.kind === 'sent') return this.#placed(row, outcome.id);
      if (outcome.kind === 'uncertain') return 'uncertain';
      if (outcome.kind === 'refused' && SHUT.has(outcome.status)) this.#shut.add(row.conversation);
      if (outcome.kind === 'refused' || attempt >= MOST_ATTEMPTS[outcome.kind]) return 'failed';
      await this.#pause(outcome, attempt);
      if (await this.#overtaken(row)) return 'dropped';
    }
  }

  async #placed(row: LogRow, id: string | null): Promise<'sent'> {
    // It was said, whatever becomes of its id.
    if (id !== null) await this.#options.placed(row, id).catch(this.#options.failed);
    return 'sent';
  }

  /** Waits until the channel takes one more without complaint: sooner than being told to, and in order. */
  async #inPace(conversation: string): Promise<void> {
    const { pace, clock } = this.#options;
    const { signal } = this.#stopping;
    for (
      let wait = pace.wait(conversation, clock());
      wait > 0 && !signal.aborted;
      wait = pace.wait(conversation, clock())
    )
      await timers.setTimeout(wait, undefined, { signal }).catch(() => undefined);
    pace.note(conversation, clock());
  }

  /** Without a token nothing was said, so it may be tried again. */
  async #try(call: Omit<ConnectorCall, 'authorization'>): Promise<CallOutcome> {
    const { authorization, failed, call: say = callConnector } = this.#options;
    try {
      return await say({ ...call, authorization: await authorization() });
    } catch (error) {
      failed(error);
      return { kind: 'unreachable' };
    }
  }

  async #pause(outcome: CallOutcome, attempt: number): Promise<void> {
    const asked = outcome.kind === 'busy' ? outcome.retryAfterMs : null;
    const grown = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
    const wait = asked ?? grown * (0.75 + this.#options.chance() / 2);
    const { signal } = this.#stopping;
    await timers.setTimeout(wait, undefined, { signal }).catch(() => undefined);
  }

  /** While it waited, somebody else got the word: what the one before still had to say is not said. */
  async #overtaken(row: LogRow): Promise<boolean> {
    try {
      const now = await this.#options.storage.transact((unit) => unit.conversations.byId(row.conversation));
      return now !== undefined && isStale(row, now);
    } catch (error) {
      this.#options.failed(error);
      return false;
    }
  }

  /** A mark that can't be written costs the mark, not the rows after it. */
  async #mark(row: LogRow, delivery: 'uncertain' | 'failed' | 'dropped'): Promise<void> {
    try {
      await this.#options.storage.transact((unit) => unit.rows.setDelivery(row.conversation, row.seq, delivery));
    } catch (error) {
      this.#options.failed(error);
    }
  }
}

/** Ids by which the house itself tells rows apart; the channel knows such a row by the id in its activity, or not at all. */
const OUR_IDS = /^(?:carried|change|file|sign-in):/;

function channelIdOf({ sourceId, body }: LogRow): string | null {
  if (sourceId === null || !OUR_IDS.test(sourceId)) return sourceId;
  return typeof body['id'] === 'string' ? body['id'] : null;
}

/** Blocked, not in the roster, or gone: nothing that follows would arrive, so nothing more is sent there. */
const SHUT: ReadonlySet<number> = new Set([403, 404]);

type End = 'sent' | 'uncertain' | 'failed' | 'dropped' | 'stopped';

const isAgents = ({ role, delivery }: LogRow): boolean => role === 'agent' && delivery === 'queued';

const isStale = (row: LogRow, { epoch }: Conversation): boolean => row.role === 'bot' && row.epoch < epoch;
