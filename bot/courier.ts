import { promises as timers } from 'node:timers';
import type { Conversation, LogRow, Storage } from '#src/log/ports.ts';
import { callConnector } from './connector.ts';
import type { CallOutcome, ConnectorCall } from './connector.ts';
import { activitiesOf, addressed, callsFor, smallerCalls } from './connector-calls.ts';
import type { Call } from './connector-calls.ts';
import type { Pace } from './pace.ts';
import { referenceSchema } from './reference.ts';
import { allowedService } from './service-url.ts';
import type { ServiceHosts } from './service-url.ts';

export interface CourierOptions {
  readonly storage: Storage;
  readonly services: ServiceHosts;
  /** The Authorization header for a service; null in local mode without credentials. */
  readonly authorization: () => Promise<string | null>;
  readonly chance: () => number;
  readonly failed: (error: unknown) => void;
  readonly clock: () => number;
  /** Told under which id the channel keeps a row. */
  readonly placed: (row: LogRow, id: string) => Promise<void>;
  /** How fast a conversation in Teams may be written to. */
  readonly pace: Pace;
  /** How fast all conversations of an organization may be, by this instance. */
  readonly tenantPace: Pace;
  readonly call?: (call: ConnectorCall) => Promise<CallOutcome>;
}

/** How it ended with a row; `stopped`: the house is closing, nothing of it is on its way, and it stays for the next start. */
export type End = 'sent' | 'uncertain' | 'failed' | 'dropped' | 'stopped';

/** A busy channel is asked five times; one that can't be reached has had no effect, so it gets some minutes to come back. */
const MOST_ATTEMPTS = { busy: 5, unreachable: 12 } as const;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** Blocked, not in the roster, or gone: nothing that follows would arrive, so nothing more is sent there. */
const SHUT: ReadonlySet<number> = new Set([403, 404]);

/** Its effect is none, so the same may be said in smaller pieces. */
const TOO_LARGE = 413;

/** Takes one row to its channel: at the channel's pace, again where nothing arrived, and never where the bot may not write. */
export class Courier {
  readonly #options: CourierOptions;
  readonly #stopping: AbortSignal;
  /** Conversations whose channel said that the bot may not write there, and what had been heard of the person until then. */
  readonly #shut = new Map<string, number>();

  constructor(options: CourierOptions, stopping: AbortSignal) {
    this.#options = options;
    this.#stopping = stopping;
  }

  async take(conversation: Conversation, row: LogRow, replyToId: string | null): Promise<End> {
    const { id, inSeq } = conversation;
    const shutAt = this.#shut.get(id);
    // Whoever writes again has let the bot in again.
    if (shutAt !== undefined && inSeq > shutAt) this.#shut.delete(id);
    if (this.#shut.has(id)) return 'failed';
    const reference = referenceSchema.safeParse(conversation.reference).data;
    const service = reference && allowedService(reference.serviceUrl, this.#options.services);
    if (!service) return 'failed';
    return this.#takeAll(callsFor({ service, reference, replyToId }, row), row, conversation);
  }

  /** What is said in part is said to its end if it can be, also where the house closes: the next start says all of it again. */
  async #takeAll(calls: Call[], row: LogRow, conversation: Conversation): Promise<End> {
    let begun = false;
    for (let call = calls.shift(); call; call = calls.shift()) {
      const end = await this.#deliver(call, row, { conversation, begun });
      const smaller = end === 'too-large' ? smallerCalls(call) : null;
      if (smaller) calls.unshift(...smaller);
      else if (end !== 'sent') return end === 'too-large' ? 'failed' : end;
      else begun = true;
    }
    return 'sent';
  }

  /** Shows that somebody is at it. Said by no row and tried once: it is over when the answer comes. */
  typing(conversation: Conversation): void {
    const reference = referenceSchema.safeParse(conversation.reference).data;
    const service = reference && allowedService(reference.serviceUrl, this.#options.services);
    // It counts as a message does; none is kept waiting for it.
    if (!service || this.#stopping.aborted || this.#wait(conversation) > 0) return;
    const end = this.#begin(conversation);
    const body = JSON.stringify({ type: 'typing', ...addressed(reference) });
    void this.#try({ method: 'POST', url: new URL(activitiesOf(service, reference)), body }).finally(() => end(true));
  }

  async #deliver(
    call: Call,
    row: LogRow,
    { conversation, begun }: { conversation: Conversation; begun: boolean },
  ): Promise<End | 'too-large'> {
    for (let attempt = 1; ; attempt += 1) {
      const { waited, end } = await this.#inPace(conversation);
      const stops = this.#stopping.aborted && !(begun && attempt === 1);
      const isOver = stops || ((waited || attempt > 1) && (await this.#overtaken(row)));
      if (isOver) {
        end(false);
        return stops ? 'stopped' : 'dropped';
      }
      const outcome = await this.#try(call);
      end(true);
      if (outcome.kind === 'sent') return this.#placed(row, outcome.id);
      if (outcome.kind === 'uncertain') return 'uncertain';
      if (outcome.kind === 'refused' && outcome.status === TOO_LARGE) return 'too-large';
      if (outcome.kind === 'refused' && SHUT.has(outcome.status)) this.#shut.set(row.conversation, conversation.inSeq);
      if (outcome.kind === 'refused' || attempt >= MOST_ATTEMPTS[outcome.kind]) return 'failed';
      await this.#pause(outcome, attempt);
    }
  }

  async #placed(row: LogRow, id: string | null): Promise<'sent'> {
    // It was said, whatever becomes of its id.
    if (id !== null) await this.#options.placed(row, id).catch(this.#options.failed);
    return 'sent';
  }

  /**
   * Waits until the channel takes one more without complaint: sooner than being told to, and in order. Nothing comes between the
   * look and the beginning, so that many who wait together don't begin together.
   */
  async #inPace(conversation: Conversation): Promise<{ waited: boolean; end: (isSent: boolean) => void }> {
    const signal = this.#stopping;
    const first = this.#wait(conversation);
    for (let wait = first; wait > 0 && !signal.aborted; wait = this.#wait(conversation))
      await timers.setTimeout(wait, undefined, { signal }).catch(() => undefined);
    return { waited: first > 0, end: this.#begin(conversation) };
  }

  #wait({ id, tenant }: Conversation): number {
    const { pace, tenantPace, clock } = this.#options;
    const ofTenant = tenant === null ? 0 : tenantPace.wait(tenant, clock());
    return Math.max(pace.wait(id, clock()), ofTenant);
  }

  /** Counted from its answer: the call came in before that, however long it was under way. */
  #begin({ id, tenant }: Conversation): (isSent: boolean) => void {
    const { pace, tenantPace, clock } = this.#options;
    // Who belongs to no known organization shares no rate with others of whom none is known.
    const ends = [pace.begin(id), ...(tenant === null ? [] : [tenantPace.begin(tenant)])];
    return (isSent) => {
      for (const end of ends) end(isSent ? clock() : null);
    };
  }

  /** Without a token nothing was said, so it may be tried again. */
  async #try(call: Call): Promise<CallOutcome> {
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
    await timers.setTimeout(wait, undefined, { signal: this.#stopping }).catch(() => undefined);
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
}

/** Meanwhile somebody else got the word: what the bot still had to say before that is not said. */
export const isStale = (row: LogRow, { epoch }: Pick<Conversation, 'epoch'>): boolean =>
  row.role === 'bot' && row.epoch < epoch;
