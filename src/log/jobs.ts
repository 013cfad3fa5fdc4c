import { UNREACHABLE } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import type { ClaimedJob, Storage } from './ports.ts';

/**
 * Does the work of one kind of job. Throws `Later` where the far side can't now, `Hopeless` where it never will; anything
 * else that it throws is a mistake of ours, which is tried a few times more.
 */
export type JobHandler = (job: ClaimedJob) => Promise<void>;

/** The far side refused for good: trying again can't help, a person must look. `reason` is a word for desk and log. */
export class Hopeless extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`a person must look: ${reason}`);
    this.name = 'Hopeless';
    this.reason = reason;
  }
}

/** Nothing came of it now. `afterMs`: not before, where the far side said so. */
export class Later extends Error {
  readonly reason: string;
  readonly afterMs: number;
  constructor(reason: string, afterMs = 0) {
    super(`later: ${reason}`);
    this.name = 'Later';
    this.reason = reason;
    this.afterMs = afterMs;
  }
}

/** What came of a delivery, as the worker understands it: returns the value, or throws `Later` or `Hopeless`. */
export function settle<T>(delivery: Delivery<T>): T {
  switch (delivery.kind) {
    case 'done':
      return delivery.value;
    case 'later':
      throw new Later(delivery.reason, delivery.afterMs);
    case 'refused':
      throw new Hopeless(delivery.reason);
  }
}

export const LEASE_MS = 30_000;
const IDLE_MS = 1_000;
const BATCH = 10;
const MOST_ATTEMPTS = 12;
/** For so long a far side that is down is asked again; then somebody must know that it won't come back by itself. */
export const PATIENCE_MS = 3 * 24 * 3_600_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;
const GROWTH = 3;
/** A job that waits for a far side which is back is tried at once, but never twice within this time (promises.md row 4). */
const LEAST_GAP_MS = 60_000;

/** 1, 3, 9, 27 s, then more than a minute, up to 5 min; with jitter. `chance` is in [0, 1). */
export function backoff(attempts: number, chance: number): number {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * GROWTH ** Math.min(attempts - 1, 20));
  return Math.round(wait * (0.75 + chance / 2));
}

export interface WorkerOptions {
  readonly storage: Storage;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  readonly clock: () => number;
  readonly chance: () => number;
  /** Told of a failure by kind and class of error only: payloads hold personal data. */
  readonly failed: (kind: string, error: unknown, buried: boolean) => void;
}

/**
 * Runs the jobs for the outside world. A job is claimed with a lease, so that another instance takes it over when this one
 * dies; it is retried with backoff, and kept as a dead letter, in sight, when nothing helps. Each kind has a lane of its
 * own: a mail server that hangs holds up mails and nothing else.
 */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #lanes = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #stopped = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Looks for due jobs now, e.g. after a commit that wrote one, and from then on at intervals. */
  wake(): void {
    if (this.#stopped || this.#looking) return;
    clearTimeout(this.#timer);
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
      if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), IDLE_MS).unref();
    });
  }

  /** Runs what is due by the clock now, once; resolves when all of it has come to something. */
  async runDue(): Promise<void> {
    await this.#look();
    await Promise.all(this.#lanes.values());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.all(this.#lanes.values());
  }

  async #look(): Promise<void> {
    const { storage, clock } = this.#options;
    try {
      const kinds = await storage.transact((unit) => unit.jobs.dueKinds(clock()));
      for (const kind of kinds) if (!this.#lanes.has(kind)) this.#lanes.set(kind, this.#lane(kind));
    } catch (error) {
      this.#options.failed('worker', error, false);
    }
  }

  async #lane(kind: string): Promise<void> {
    try {
      for (let more = true; more && !this.#stopped;) more = await this.#batch(kind);
    } catch (error) {
      this.#options.failed('worker', error, false);
    } finally {
      this.#lanes.delete(kind);
    }
  }

  /** Whether there may be more. */
  async #batch(kind: string): Promise<boolean> {
    const { storage, clock } = this.#options;
    const now = clock();
    const due = await storage.transact((unit) => unit.jobs.claim({ kind, now, until: now + LEASE_MS, limit: BATCH }));
    await Promise.all(due.map((job) => this.#run(job)));
    return due.length === BATCH;
  }

  async #run(job: ClaimedJob): Promise<void> {
    const { storage, handlers } = this.#options;
    try {
      const handler = handlers[job.kind];
      if (!handler) throw new Hopeless('no-handler');
      await handler(job);
      await storage.transact(async (unit) => {
        await unit.jobs.done(job.id);
        // It had to wait and now got through, so whoever waits for the same far side may go on.
        if (job.attempts > 1) await unit.jobs.hasten(job.kind, UNREACHABLE, LEAST_GAP_MS);
      });
    } catch (error) {
      await this.#failed(job, error);
    }
  }

  async #failed(job: ClaimedJob, error: unknown): Promise<void> {
    const { storage, clock, chance, failed } = this.#options;
    const now = clock();
    const buried = isOver(job, error, now);
    const wait = Math.max(backoff(job.attempts, chance()), error instanceof Later ? error.afterMs : 0);
    failed(job.kind, error, buried);
    await storage.transact((unit) =>
      buried
        ? unit.jobs.bury(job.id, reasonOf(error))
        : unit.jobs.retry(job.id, { runAt: now + wait, error: reasonOf(error) }),
    );
  }
}

/** A far side that is down has days; a mistake of ours doesn't mend itself. */
function isOver({ attempts, createdAt }: ClaimedJob, error: unknown, now: number): boolean {
  if (error instanceof Later) return now - createdAt >= PATIENCE_MS;
  return error instanceof Hopeless || attempts >= MOST_ATTEMPTS;
}

function reasonOf(error: unknown): string {
  if (error instanceof Later || error instanceof Hopeless) return error.reason;
  return error instanceof Error ? error.name : 'unknown';
}
