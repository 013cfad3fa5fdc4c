import type { Claim, Conversation, Delivery, LogRow } from '#src/log/ports.ts';
import { isUnsent } from '#src/log/turn.ts';
import { Courier, isStale } from './courier.ts';
import type { CourierOptions } from './courier.ts';
import { channelIdOf, handedIn, isAgents, markOf } from './sent-rows.ts';
import type { Batch } from './sent-rows.ts';

export interface SenderOptions extends CourierOptions {
  /** Told when it is known how an agent's words were delivered, and kept: the desk shows it. */
  readonly delivered: (conversation: string) => void;
}

const PAGE = 100;
/** More conversations than this are not taken up at once. */
const MANY = 10_000;
/** Instances look so often for what another that died has left. */
const SWEEP_MS = 5_000;

/** How far a conversation was sent, as this process knows; what it couldn't write down it must not say again. */
interface Known {
  readonly seq: number;
  readonly isKept: boolean;
}

/**
 * Takes replies to the channels that must be called, in log order, one conversation at a time, and among instances one
 * instance at a time. What was sent is known from the conversation's cursor; what went wrong is written at the row, where an
 * agent sees it.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #courier: Courier;
  readonly #lines = new Map<string, Promise<void>>();
  /** The newest epoch that was handed in here of each conversation under way. */
  readonly #epochs = new Map<string, number>();
  /** Of each conversation under way, the first row that was handed in here: what stands before it was left by somebody. */
  readonly #handed = new Map<string, number>();
  readonly #known = new Map<string, Known>();
  readonly #stopping = new AbortController();
  #sweeping: NodeJS.Timeout | undefined;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#courier = new Courier(options, this.#stopping.signal);
  }

  /** Sends the queued ones of these rows, all of one turn, after whatever of the conversation is still unsent. */
  send(conversation: Conversation, rows: readonly LogRow[]): void {
    const [first] = rows;
    if (!first) return;
    this.#learn(conversation);
    if (!this.#handed.has(conversation.id)) this.#handed.set(conversation.id, first.seq);
    this.#inLine(conversation.id, () => this.#sendFresh(conversation, rows));
  }

  typing(conversation: Conversation): void {
    this.#courier.typing(conversation);
  }

  /** Takes up what a crash left unsent. A row that was on its way when the process died is sent again: better twice than never. */
  async recover(): Promise<number> {
    const count = await this.#takeUp();
    if (this.#options.storage.shared)
      this.#sweeping = setInterval(() => void this.#takeUp().catch(this.#options.failed), SWEEP_MS).unref();
    return count;
  }

  async #takeUp(): Promise<number> {
    const ids = await this.#options.storage.transact((unit) => unit.conversations.withUnsentRows(MANY));
    for (const id of ids) if (!this.#lines.has(id)) this.#inLine(id, () => this.#drain(id));
    return ids.length;
  }

  /** Waits for what is under way; what is not sent by then stays in the log for the next start. */
  async stop(): Promise<void> {
    clearInterval(this.#sweeping);
    this.#stopping.abort();
    await Promise.all(this.#lines.values());
  }

  #learn({ id, epoch }: Conversation): void {
    this.#epochs.set(id, Math.max(epoch, this.#epochs.get(id) ?? 0));
  }

  #inLine(id: string, work: () => Promise<void>): void {
    const before = this.#lines.get(id) ?? Promise.resolve();
    const line = before.then(work).catch((error: unknown) => this.#options.failed(error));
    this.#lines.set(id, line);
    void line.finally(() => {
      if (this.#lines.get(id) !== line) return;
      this.#lines.delete(id);
      this.#epochs.delete(id);
      this.#handed.delete(id);
      if (this.#known.get(id)?.isKept === true) this.#known.delete(id);
    });
  }

  /**
   * What was just committed here, and follows right after what was sent, needs no look into the log. Else something stands
   * before it, of another instance or from before a crash; and among instances it may be another one's turn to send.
   */
  async #sendFresh(conversation: Conversation, rows: readonly LogRow[]): Promise<void> {
    const follows = rows[0]?.seq === this.#sentSeq(conversation) + 1;
    if (this.#stopping.signal.aborted) await this.#leave(handedIn(rows));
    else if (follows && !this.#options.storage.shared) await this.#sendAll(conversation, handedIn(rows));
    else await this.#drain(conversation.id);
  }

  #sentSeq({ id, sentSeq }: Conversation): number {
    return Math.max(sentSeq, this.#known.get(id)?.seq ?? 0);
  }

  /** Sends all that is unsent, while it is this instance's turn. Who has the turn looks once more after giving it back. */
  async #drain(id: string): Promise<void> {
    const { storage } = this.#options;
    for (let more = true; more && !this.#stopping.signal.aborted;) {
      const claim = await storage.claim(`send:${id}`);
      if (claim === null) return;
      try {
        for (let page = 0; await this.#sendPage(id, claim, page === 0);) page += 1;
      } finally {
        await claim.release();
      }
      const now = storage.shared && (await storage.transact((unit) => unit.conversations.byId(id)));
      more = now !== false && now !== undefined && this.#sentSeq(now) < now.outSeq;
    }
  }

  /** Sends the next rows; false where there is no more, or where it can't go on. */
  async #sendPage(id: string, claim: Claim, isLeft: boolean): Promise<boolean> {
    const { storage, pace } = this.#options;
    const page = await storage.transact(async (unit) => {
      const conversation = await unit.conversations.byId(id);
      if (!conversation) return null;
      const rows = await unit.rows.list(id, this.#sentSeq(conversation), PAGE);
      const first = rows.find(isUnsent);
      if (first?.delivery === 'queued') await unit.rows.setDelivery(id, first.seq, 'sending');
      return { conversation, rows, first };
    });
    if (page === null || page.rows.length === 0) return false;
    const { conversation, rows, first } = page;
    this.#learn(conversation);
    pace.learn(id, conversation.pushes);
    const mayHaveGone = isLeft && first !== undefined && this.#mayHaveGone(first);
    const isWhole = await this.#sendAll(conversation, { rows, first, isMarked: true, mayHaveGone }, claim.holds);
    return isWhole && rows.length === PAGE;
  }

  /** Sends the queued ones in order; false where it had to stop before the end. */
  async #sendAll(conversation: Conversation, batch: Batch, holds = () => true): Promise<boolean> {
    const { rows } = batch;
    const sources = await this.#sourcesOf(conversation.id, rows);
    let last: number | null = null;
    let isWhole = true;
    for (const row of rows) {
      isWhole = holds() && (await this.#sendOne(conversation, row, { batch, last, sources }));
      if (!isWhole) break;
      last = row.seq;
    }
    if (last !== null) await this.#sent(conversation.id, last, rows.some(isAgents));
    return isWhole;
  }

  async #sent(id: string, seq: number, tellsDesk: boolean): Promise<void> {
    const { storage, clock, delivered, pace } = this.#options;
    this.#known.set(id, { seq, isKept: false });
    await storage.transact(async (unit) => {
      await unit.conversations.sent(id, seq);
      if (storage.shared) await unit.conversations.paced(id, pace.lately(id, clock()));
      if (tellsDesk) await unit.conversations.touchDesk(id, clock());
    });
    this.#known.set(id, { seq, isKept: true });
    if (tellsDesk) delivered(id);
  }

  /** The house is closing: what never began to be said must not pass for what may have been said already. */
  async #leave({ first }: Batch): Promise<void> {
    if (first?.delivery === 'sending') await this.#mark(first, 'queued', null);
  }

  /** Whether it was on its way when a process died. One that is alone marks what it is handed beforehand: that is new. */
  #mayHaveGone({ conversation, seq, delivery }: LogRow): boolean {
    if (delivery !== 'sending') return false;
    return this.#options.storage.shared || seq < (this.#handed.get(conversation) ?? Infinity);
  }

  /** Channel ids of the activities that are answered: mostly of the same turn, else from the log. */
  async #sourcesOf(id: string, rows: readonly LogRow[]): Promise<Map<number, string | null>> {
    const sources = new Map(
      rows.flatMap((row) => (row.direction === 'in' ? [[row.seq, channelIdOf(row)] as const] : [])),
    );
    const wanted = rows.filter(isUnsent).flatMap(({ replyTo }) => (replyTo === null ? [] : [replyTo]));
    const missing = wanted.filter((seq) => !sources.has(seq));
    if (missing.length === 0) return sources;
    const after = Math.min(...missing) - 1;
    try {
      const heard = await this.#options.storage.transact((unit) => unit.rows.list(id, after, PAGE));
      for (const row of heard) sources.set(row.seq, channelIdOf(row));
    } catch (error) {
      // Without it the reply only lacks the mark of what it answers.
      this.#options.failed(error);
    }
    return sources;
  }

  /** False where the house is closing and the row must stay for the next start; whatever else happens is marked at it. */
  async #sendOne(
    conversation: Conversation,
    row: LogRow,
    { batch, last, sources }: { batch: Batch; last: number | null; sources: ReadonlyMap<number, string | null> },
  ): Promise<boolean> {
    if (!isUnsent(row)) return true;
    const isFirst = row === batch.first;
    const epoch = this.#epochs.get(row.conversation) ?? conversation.epoch;
    const isDropped = isStale(row, { epoch });
    const isMarked = isFirst && (batch.isMarked || row.delivery === 'sending');
    // With how far the ones before it came: after a crash just this one is in doubt.
    if (!isDropped && !isMarked) await this.#mark(row, 'sending', last);
    const replyToId = sources.get(row.replyTo ?? 0) ?? null;
    const end = isDropped ? 'dropped' : await this.#courier.take(conversation, row, replyToId);
    const mark = markOf(end, isFirst && batch.mayHaveGone);
    if (mark !== null) await this.#mark(row, mark, null);
    return end !== 'stopped';
  }

  /** Written at the row, with how far the rows before it came. A mark that can't be written costs the mark, not the rows after it. */
  async #mark({ conversation, seq }: LogRow, delivery: Delivery, sent: number | null): Promise<void> {
    try {
      await this.#options.storage.transact(async (unit) => {
        // The conversation first, as everybody takes it.
        if (sent !== null) await unit.conversations.sent(conversation, sent);
        await unit.rows.setDelivery(conversation, seq, delivery);
      });
    } catch (error) {
      this.#options.failed(error);
    }
  }
}
