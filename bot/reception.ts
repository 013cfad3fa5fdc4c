import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '#src/http/call.ts';
import type { Vouched } from '#src/intake/vouched.ts';
import type { Conversation, Job, LogRow, Storage, Unit } from '#src/log/ports.ts';
import { isUnsent, Turn } from '#src/log/turn.ts';
import type { Watchers } from '#src/log/watchers.ts';
import { newConversation } from './conversation.ts';
import type { InboundActivity } from './inbound.ts';
import type { Turns, Waiting } from './turns.ts';
import { heardBefore, imprintOf, withImprint } from './teams/again.ts';
import { conversationOf, speaksIn } from './whose.ts';

/** Where an activity belongs, as its channel proved it. */
export interface Address {
  channel: string;
  channelConversationId: string;
  /** Stable key of the person within the channel. */
  person: string;
  tenant: string | null;
  /** What the back end of a host page signed for. */
  vouched?: Vouched | null;
  /** The conversation's id, where the channel minted it beforehand. */
  id?: string;
  /** What the sender needs to answer; null where readers pull. */
  reference: unknown;
}

/** What a channel learns of its activity, after the commit. */
export interface Receipt {
  conversation: string;
  seq: number;
  /** Delivered before: nothing was changed. */
  duplicate: boolean;
  /** What was said in answer, unless it must wait. */
  rows: readonly LogRow[];
}

export interface ReceptionOptions {
  readonly storage: Storage;
  readonly turns: Turns;
  readonly watchers: Watchers;
  /** Takes rows to a channel that must be called; told after the commit. */
  readonly send: (conversation: Conversation, rows: readonly LogRow[]) => void;
  /** Shows the person that somebody is at it, while a turn waits for others. */
  readonly typing: (conversation: Conversation) => void;
  /** Told after a commit that wrote jobs. */
  readonly wakeWorker: () => void;
  /** So many messages of one conversation may wait for an answer. */
  readonly mostPending: number;
  readonly clock: () => number;
  readonly newId: () => string;
  /** Told of a turn that could not be taken up again. */
  readonly failed: (error: unknown) => void;
}

const RETRY_MS = 1_000;

/**
 * Takes every activity, whatever its channel: appended once, its turn run, all of it in one transaction. Who asks hears of
 * success only after the commit.
 */
export class Reception {
  readonly #options: ReceptionOptions;
  /** Promises of others that a conversation waits for, by its id. */
  readonly #waiting = new Map<string, Promise<unknown>>();

  constructor(options: ReceptionOptions) {
    this.#options = options;
  }

  /** Appends the activity, writes `jobs` with it, and answers it. Throws a `Refusal` (429) where too much of this conversation waits already. */
  async take(
    address: Address,
    activity: InboundActivity,
    sourceId: string | null,
    jobs: readonly Job[] = [],
  ): Promise<Receipt> {
    const now = this.#options.clock();
    const { receipt, turn, waits } = await this.#options.storage.transact(async (unit) => {
      const conversation = await this.#open(address, { speaks: speaksIn(activity), now }, unit);
      await vouchAnew(conversation, address.vouched ?? null, unit);
      const before = sourceId === null ? undefined : await unit.rows.bySource(conversation.id, sourceId);
      const imprint = imprintOf(activity);
      const again = before?.seq ?? heardBefore(conversation, imprint, now);
      if (again !== undefined) return { receipt: repeated(conversation.id, again), turn: null, waits: null };
      return this.#hear(
        { ...conversation, reference: address.reference ?? conversation.reference },
        { activity, sourceId, imprint, now, jobs },
        unit,
      );
    });
    if (turn) this.#afterCommit(turn, waits);
    return receipt;
  }

  /** Takes up conversations that a crash or a slow service left with open turns. Returns how many. */
  async recover(): Promise<number> {
    const ids = await this.#options.storage.transact((unit) => unit.conversations.withPendingTurns(10_000));
    // One that can't be taken up must not keep the others, or the whole server, from starting.
    await Promise.all(ids.map((id) => this.resume(id).catch((error: unknown) => this.#options.failed(error))));
    return ids.length;
  }

  /** Runs what is still open in a conversation. */
  async resume(id: string): Promise<void> {
    const now = this.#options.clock();
    const done = await this.#options.storage.transact(async (unit) => {
      const conversation = await unit.conversations.byId(id);
      if (!conversation || conversation.doneSeq >= conversation.inSeq) return null;
      const turn = new Turn(conversation, this.#options.storage.shared, now);
      const open = await unit.rows.pending(id, conversation.doneSeq, this.#options.mostPending * 2);
      const waits = await this.#options.turns.run(turn, open, unit, now);
      await commit(turn, unit);
      return { turn, waits };
    });
    if (done) this.#afterCommit(done.turn, done.waits);
  }

  async #open(address: Address, heard: { speaks: boolean; now: number }, unit: Unit): Promise<Conversation> {
    const { found, key } = await conversationOf(address, heard.speaks, unit);
    if (found) return found;
    const id = address.id ?? this.#options.newId();
    return unit.conversations.create(newConversation({ ...address, channelConversationId: key }, id, heard.now));
  }

  async #hear(
    conversation: Conversation,
    heard: {
      activity: InboundActivity;
      sourceId: string | null;
      imprint: string | null;
      now: number;
      jobs: readonly Job[];
    },
    unit: Unit,
  ) {
    const { activity, sourceId, imprint, now, jobs } = heard;
    const open =
      conversation.inSeq > conversation.doneSeq
        ? await unit.rows.pending(conversation.id, conversation.doneSeq, this.#options.mostPending + 1)
        : [];
    if (open.length > this.#options.mostPending)
      throw new Refusal(429, 'too-many-messages', 'Please wait for an answer first.', { 'retry-after': '2' });
    const turn = new Turn(conversation, this.#options.storage.shared, now);
    const row = turn.hear({ sourceId, body: activity });
    if (imprint !== null)
      turn.conversation.imprints = withImprint(conversation.imprints, { of: imprint, seq: row.seq, at: now });
    for (const job of jobs) await unit.jobs.add(job);
    if (jobs.length > 0) turn.wroteJobs = true;
    const waits = await this.#options.turns.run(turn, [...open, row], unit, now);
    await commit(turn, unit);
    const rows = turn.rows.filter(({ direction, role }) => direction === 'out' && role !== 'system');
    return { receipt: { conversation: conversation.id, seq: row.seq, duplicate: false, rows }, turn, waits };
  }

  #afterCommit(turn: Turn, waits: Waiting | null): void {
    const { conversation, rows } = turn;
    this.#options.watchers.wake(conversation.id);
    if (rows.some(isUnsent)) this.#options.send(conversation, rows);
    if (turn.wroteJobs) this.#options.wakeWorker();
    for (const id of turn.wakes) this.#resumeAfter(id, Promise.resolve());
    if (!waits) return;
    this.#options.typing(conversation);
    this.#resumeAfter(conversation.id, waits.on);
  }

  /** When what it waits for is settled, well or badly, the conversation goes on; a failing store is tried again. */
  #resumeAfter(id: string, waits: Promise<unknown>): void {
    if (this.#waiting.get(id) === waits) return;
    this.#waiting.set(id, waits);
    const goOn = async (): Promise<void> => {
      if (this.#waiting.get(id) === waits) this.#waiting.delete(id);
      try {
        await this.resume(id);
      } catch (error) {
        this.#options.failed(error);
        setTimeout(() => void goOn(), RETRY_MS).unref();
      }
    };
    void waits.then(goOn, goOn);
  }
}

/**
 * What a host proved anew, e.g. a role that was granted or taken meanwhile, counts from now on: a token from before it that
 * still opens the conversation doesn't bring the old role back.
 */
async function vouchAnew(conversation: Conversation, vouched: Vouched | null, unit: Unit): Promise<void> {
  if (vouched === null || isDeepStrictEqual(vouched, conversation.vouched)) return;
  if (vouched.at < (conversation.vouched?.at ?? 0)) return;
  conversation.vouched = vouched;
  await unit.conversations.vouch(conversation.id, vouched);
}

async function commit(turn: Turn, unit: Unit): Promise<void> {
  // The row was locked when it was read, so somebody else's save in between means a broken engine: nothing may be kept.
  if (!(await turn.commit(unit))) throw new Error('the conversation moved while it was locked');
}

function repeated(conversation: string, seq: number): Receipt {
  return { conversation, seq, duplicate: true, rows: [] };
}
