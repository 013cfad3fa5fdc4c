import { StorageError } from '#src/log/ports.ts';
import type { StorageFault } from '#src/log/ports.ts';
import type { Connection } from './connection.ts';
import { SqliteLane } from './lane.ts';

/** How long a transaction waits for another process's write lock, from the moment it was asked for. */
const LOCK_TIMEOUT_MS = 5000;
const LOCK_RETRY_MS = 10;

/** As long as PostgreSQL is told to let a transaction stand idle. */
const UNIT_TIMEOUT_MS = 30_000;

/** So many transactions share one commit at most. */
const GROUP = 64;

/** A file that was opened read-only, or went away, stays so for its connection; the other faults pass. */
const NEEDS_REOPENING: ReadonlySet<StorageFault> = new Set(['read-only', 'unreachable', 'corrupt']);

interface Task {
  readonly deadline: number;
  work(lane: SqliteLane): Promise<void>;
  /** Tells the caller what the work returned; to be called after the commit. */
  commit(): void;
  /** Tells the caller that nothing was kept. After that, `commit` does nothing. */
  refuse(error: unknown): void;
}

/**
 * Transactions one after another on one connection. Those that are asked for within one turn of the event loop share a
 * commit, and with it the flush to disk, which is most of what a transaction costs; nobody hears of success before the
 * commit. All but the first run inside a savepoint, so that one that fails takes no other with it.
 */
export class Transactions {
  readonly #connection: Connection;
  readonly #waiting: Task[] = [];
  #working: Promise<void> | undefined;
  #blocked: StorageError | undefined;
  readonly #unitTimeout: number;
  #closed = false;

  constructor(connection: Connection, unitTimeout = UNIT_TIMEOUT_MS) {
    this.#connection = connection;
    this.#unitTimeout = unitTimeout;
  }

  /** `patience`: how many milliseconds to wait for another process's write lock. */
  run<T>(work: (lane: SqliteLane) => Promise<T>, patience = LOCK_TIMEOUT_MS): Promise<T> {
    if (this.#closed) return Promise.reject(new StorageError('unreachable', 'The database was closed.'));
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let commit: (() => void) | undefined;
    this.#waiting.push({
      deadline: performance.now() + patience,
      work: async (lane) => {
        const value = await work(lane);
        commit = () => resolve(value);
      },
      commit: () => commit?.(),
      refuse: reject,
    });
    this.#working ??= this.#work();
    return promise;
  }

  /** The error that a transaction waits out now: another process's lock; undefined when none waits. */
  get blocked(): StorageError | undefined {
    return this.#blocked;
  }

  /** Refuses new transactions and waits for those that were asked for. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#working;
  }

  async #work(): Promise<void> {
    // Lets the caller finish its own synchronous work first.
    await Promise.resolve();
    for (let first = this.#waiting.shift(); first; first = this.#waiting.shift()) await this.#group(first);
    this.#working = undefined;
  }

  async #group(first: Task): Promise<void> {
    const group = [first];
    try {
      await this.#begin(first.deadline);
      await this.#unit(first);
      await this.#join(group);
      await endOfTick();
      await this.#join(group);
      this.#connection.run('commit');
      for (const task of group) task.commit();
    } catch (error) {
      this.#abandon(error);
      for (const task of group) task.refuse(error);
    }
  }

  /** Takes in what is waiting, up to the size of a group. */
  async #join(group: Task[]): Promise<void> {
    while (group.length < GROUP) {
      const task = this.#waiting.shift();
      if (!task) return;
      group.push(task);
      this.#connection.run('savepoint unit');
      try {
        await this.#unit(task);
      } catch (error) {
        // On a full disk SQLite itself rolls everything back: then all who are in the group have failed.
        if (!this.#connection.inTransaction) throw error;
        this.#connection.run('rollback to unit');
        task.refuse(error);
      }
      this.#connection.run('release unit');
    }
  }

  /** A unit that never ends, e.g. one that asks for a transaction of its own, must not stop the house for ever. */
  async #unit(task: Task): Promise<void> {
    const lane = new SqliteLane(this.#connection);
    const { promise: stuck, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(reject, this.#unitTimeout, new Error('A unit of work did not end, and was rolled back.'));
    try {
      await Promise.race([task.work(lane), stuck]);
    } finally {
      clearTimeout(timer);
      lane.end();
    }
  }

  /** Waits for the lock without holding up the event loop, as SQLite's own busy handler would. */
  async #begin(deadline: number): Promise<void> {
    try {
      while (!this.#began(deadline)) await pause(LOCK_RETRY_MS);
    } finally {
      this.#blocked = undefined;
    }
  }

  #began(deadline: number): boolean {
    try {
      this.#connection.run('begin immediate');
      return true;
    } catch (error) {
      const locked = error instanceof StorageError && error.reason === 'locked';
      if (!locked || performance.now() >= deadline) throw error;
      this.#blocked = error;
      return false;
    }
  }

  #abandon(error: unknown): void {
    try {
      if (this.#connection.inTransaction) this.#connection.run('rollback');
      if (error instanceof StorageError && NEEDS_REOPENING.has(error.reason)) this.#connection.drop();
    } catch {
      // What cannot be rolled back is rolled back by closing; the next transaction opens the file anew.
      this.#connection.drop();
    }
  }
}

/** When every request that this turn of the event loop brought has been read. */
function endOfTick(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
