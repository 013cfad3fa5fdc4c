import type { Conversation, LogRow, Storage, Unit } from './ports.ts';
import { isUnsent, Turn } from './turn.ts';
import type { Watchers } from './watchers.ts';

export interface SpeakerOptions {
  readonly storage: Storage;
  readonly watchers: Watchers;
  /** Takes rows to a channel that must be called; told after the commit. */
  readonly send: (conversation: Conversation, rows: readonly LogRow[]) => void;
  /** Told after a commit that wrote jobs. */
  readonly wakeWorker: () => void;
  readonly clock: () => number;
}

/**
 * How everybody but the channel itself acts on a conversation: an agent, the office's own clocks. One transaction, and whoever
 * reads the conversation is told after the commit.
 */
export class Speaker {
  readonly #options: SpeakerOptions;

  constructor(options: SpeakerOptions) {
    this.#options = options;
  }

  /**
   * Runs `act` on the conversation, locked; undefined where there is none of that id. What `act` wrote to the turn and the
   * unit is kept all together, or, where it throws, not at all. A turn on which nothing was done is not written.
   */
  async on<T>(id: string, act: (turn: Turn, unit: Unit, now: number) => Promise<T>): Promise<T | undefined> {
    const { storage, clock } = this.#options;
    const now = clock();
    const done = await storage.transact(async (unit) => {
      const conversation = await unit.conversations.byId(id);
      if (!conversation) return undefined;
      const turn = new Turn(conversation, storage.shared, now);
      const value = await act(turn, unit, now);
      const acted = turn.rows.length > 0 || turn.conversation.epoch !== conversation.epoch;
      // The row was locked when it was read, so somebody else's save in between means a broken engine: nothing may be kept.
      if (acted && !(await turn.commit(unit))) throw new Error('the conversation moved while it was locked');
      return { value, turn, acted };
    });
    if (done?.acted === true) this.#afterCommit(done.turn);
    return done?.value;
  }

  /** The conversation as it is now, for what changes nothing: it waits for no turn, and none waits for it. */
  peek(id: string): Promise<Conversation | undefined> {
    return this.#options.storage.transact((unit) => unit.conversations.peek(id));
  }

  #afterCommit({ conversation, rows, wroteJobs }: Turn): void {
    const { watchers, send, wakeWorker } = this.#options;
    watchers.wake(conversation.id);
    if (rows.some(isUnsent)) send(conversation, rows);
    if (wroteJobs) wakeWorker();
  }
}
