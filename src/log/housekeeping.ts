import type { RetentionStore } from './forgetting.ts';
import type { Storage } from './ports.ts';
import { Rounds } from './rounds.ts';
import type { RoundsOptions } from './rounds.ts';

export interface HousekeepingOptions extends RoundsOptions {
  readonly storage: Storage;
  /** Milliseconds for which what is finished stays, and for which talks do. */
  readonly keep: { readonly finished: number; readonly talks: number };
  readonly clock: () => number;
  /** Told how much went, where anything did. */
  readonly went: (what: keyof RetentionStore, count: number) => void;
}

/** So many go in one transaction: nobody who talks waits for a long one. */
const BATCH = 200;
/** A talk has many rows, and files. */
const TALKS = 20;

/** Lets go, now and then, of what is long over. Of several instances one does a round. */
export class Housekeeping extends Rounds {
  readonly #options: HousekeepingOptions;

  constructor(options: HousekeepingOptions) {
    super(options);
    this.#options = options;
  }

  override async round(): Promise<void> {
    const { storage, clock, keep } = this.#options;
    const claim = await storage.claim('housekeeping');
    if (claim === null) return;
    try {
      const now = clock();
      const finished = now - keep.finished;
      await this.#drop('jobs', BATCH, (unit) => unit.jobs(finished, BATCH));
      await this.#drop('mails', BATCH, (unit) => unit.mails(finished, BATCH));
      await this.#drop('notices', BATCH, (unit) => unit.notices(finished, BATCH));
      await this.#drop('spent', BATCH, (unit) => unit.spent(now, BATCH));
      await this.#drop('talks', TALKS, (unit) => unit.talks(now - keep.talks, TALKS, now));
    } finally {
      await claim.release();
    }
  }

  async #drop(
    what: keyof RetentionStore,
    batch: number,
    some: (retention: RetentionStore) => Promise<number>,
  ): Promise<void> {
    const { storage, went } = this.#options;
    let count = 0;
    for (let last = batch; last === batch && !this.stopped;) {
      last = await storage.transact((unit) => some(unit.retention));
      count += last;
    }
    if (count > 0) went(what, count);
  }
}
