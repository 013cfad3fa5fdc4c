import type { Owner } from '#src/handoff/standing.ts';
import type { Conversation, Delivery, LogRow, Role, Unit } from './ports.ts';

/** An inbound activity as the log takes it. */
export interface Arrival {
  sourceId: string | null;
  body: Record<string, unknown>;
}

export interface Mark {
  readonly rows: number;
  readonly conversation: Conversation;
}

/** Whether the sender still has to take it to its channel. */
export const isUnsent = ({ delivery }: LogRow): boolean => delivery === 'queued' || delivery === 'sending';

/**
 * The turn as unit of work: collects what is said and what becomes of the conversation, and writes all of it at once.
 * Until `commit` nothing is stored, so a turn that fails half-way has not happened.
 */
export class Turn {
  readonly conversation: Conversation;
  readonly #isPushed: boolean;
  readonly #shared: boolean;
  readonly #now: number;
  readonly #fresh: LogRow[] = [];
  readonly #ownedBefore: Owner;
  #tellsDesk = false;
  /** Set by whoever writes a job in this turn's transaction, so that the worker looks at once. */
  wroteJobs = false;
  /** A request that is filed already was changed: the rows behind that are for another transaction. */
  tookRequest = false;
  /** Conversations, this one perhaps, in which something was left to be answered: taken up after the commit. */
  readonly wakes: string[] = [];

  /**
   * Where the channel must be called, the sender takes the rows to it; else its readers pull them. `shared`: it may be another
   * instance's turn to send.
   */
  constructor(conversation: Conversation, shared: boolean, now: number) {
    this.conversation = { ...conversation };
    this.#ownedBefore = conversation.owner;
    this.#isPushed = conversation.reference !== null;
    this.#shared = shared;
    this.#now = now;
  }

  /** Rows of this turn, in order. */
  get rows(): readonly LogRow[] {
    return this.#fresh;
  }

  /** Appends an inbound activity; its turn is open until `done`. */
  hear(arrival: Arrival): LogRow {
    const row = this.#append({ role: 'user', direction: 'in', replyTo: null, body: arrival.body, delivery: 'stored' });
    row.sourceId = arrival.sourceId;
    this.conversation.inSeq = row.seq;
    return row;
  }

  /**
   * Says something to the person; `system` rows and notes are for the desk and are never pushed. `sourceId` is the speaker's
   * own id of the message, by which a repetition is known.
   */
  say(role: Exclude<Role, 'user'>, body: Record<string, unknown>, replyTo: number | null, sourceId?: string): LogRow {
    const isPushed = this.#isPushed && role !== 'system' && role !== 'note';
    const delivery = isPushed ? this.#marked(role) : 'stored';
    const row = this.#append({ role, direction: 'out', replyTo, body, delivery });
    if (isPushed) this.conversation.outSeq = row.seq;
    row.sourceId = sourceId ?? null;
    return row;
  }

  /** Says what the person gets in the response to their own activity: it is in the log, and need not be pushed. */
  respond(body: Record<string, unknown>, replyTo: number | null): LogRow {
    return this.#append({ role: 'bot', direction: 'out', replyTo, body, delivery: 'stored' });
  }

  /** Where the turn stands, to come back to. */
  mark(): Mark {
    return { rows: this.#fresh.length, conversation: { ...this.conversation } };
  }

  /** Takes back everything since the mark: for logic that failed after it had begun to speak. */
  undo(mark: Mark): void {
    this.#fresh.splice(mark.rows);
    Object.assign(this.conversation, mark.conversation);
  }

  /** The turn of this inbound row is done. */
  done(seq: number): void {
    this.conversation.doneSeq = seq;
  }

  /**
   * Changes who may speak, and which agent it is. The epoch rises, so that what an earlier owner still had to say is dropped.
   * Who goes back into the line from an agent stands where they stood before.
   */
  own(owner: Owner, agent: string | null = null): void {
    const { conversation } = this;
    if (conversation.owner === owner && conversation.agent === agent) return;
    const hasWaited = conversation.owner === 'bot' ? null : conversation.waitingSince;
    conversation.owner = owner;
    conversation.agent = agent;
    conversation.epoch += 1;
    conversation.ownedSince = this.#now;
    conversation.waitingSince = owner === 'bot' ? null : (hasWaited ?? this.#now);
  }

  /** The desk has something new to show of it, whoever has the word. */
  tellDesk(): void {
    this.#tellsDesk = true;
  }

  /** Writes rows and conversation; false when another process has moved the conversation meanwhile. */
  async commit(unit: Unit): Promise<boolean> {
    const desk = this.#isDeskMatter() ? { deskAt: this.#now } : {};
    if (!(await unit.conversations.save({ ...this.conversation, ...desk, updatedAt: this.#now }))) return false;
    if (this.#fresh.length > 0) await unit.rows.append(this.#fresh);
    return true;
  }

  /**
   * Words are marked before they go, each when its turn has come. The first of the bot's, which goes at once, is marked as it is
   * said, unless another instance may have to send it: that spares most turns a write.
   */
  #marked(role: Role): Delivery {
    return role === 'bot' && !this.#shared && !this.#fresh.some(isUnsent) ? 'sending' : 'queued';
  }

  #isDeskMatter(): boolean {
    return this.#tellsDesk || this.#ownedBefore !== 'bot' || this.conversation.owner !== 'bot';
  }

  #append(said: Pick<LogRow, 'role' | 'direction' | 'replyTo' | 'body' | 'delivery'>): LogRow {
    this.conversation.lastSeq += 1;
    const { id, lastSeq: seq, epoch } = this.conversation;
    const row: LogRow = { ...said, conversation: id, seq, sourceId: null, epoch, at: this.#now };
    this.#fresh.push(row);
    return row;
  }
}
