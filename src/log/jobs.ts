import type { Job, Storage } from './ports.ts';

/** Does the work of one kind of job; throws where it may be tried again, `Hopeless` where it may not. */
export type JobHandler = (job: Job) => Promise<void>;

/** The far side refused for good: trying again can't help, a person must look. */
export class Hopeless extends Error {}

const LEASE_MS = 30_000;
const IDLE_MS = 1_000;
const BATCH = 10;
const MOST_ATTEMPTS = 12;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;

/** Exponential with jitter: 1 s after the first attempt, up to 5 min. `chance` is in [0, 1). */
export function backoff(attempts: number, chance: number): number {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20));
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
 * dies; it is retried with backoff, and kept as a dead letter, in sight, when nothing helps.
 */
export class Worker {
  readonly #options: WorkerOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Looks for due jobs now, e.g. after a commit that wrote one, and from then on at intervals. */
  wake(): void {
    if (this.#stopped || this.#running) return;
    clearTimeout(this.#timer);
    this.#running = this.#round()
      .catch((error: unknown) => this.#options.failed('worker', error, false))
      .finally(() => {
        this.#running = undefined;
        if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), IDLE_MS).unref();
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #round(): Promise<void> {
    const { storage, clock } = this.#options;
    for (;;) {
      const now = clock();
      const due = await storage.transact((unit) => unit.jobs.claim(now, now + LEASE_MS, BATCH));
      await Promise.all(due.map((job) => this.#run(job)));
      if (due.length < BATCH || this.#stopped) return;
    }
  }

  async #run(job: Job): Promise<void> {
    const { storage, handlers } = this.#options;
    try {
      const handler = handlers[job.kind];
      if (!handler) throw new Hopeless(`no handler for jobs of kind ${job.kind}`);
      await handler(job);
      await storage.transact((unit) => unit.jobs.done(job.id));
    } catch (error) {
      await this.#failed(job, error);
    }
  }

  async #failed(job: Job, error: unknown): Promise<void> {
    const { storage, clock, chance, failed } = this.#options;
    const buried = error instanceof Hopeless || job.attempts >= MOST_ATTEMPTS;
    const reason = error instanceof Error ? error.name : 'unknown';
    failed(job.kind, error, buried);
    await storage.transact((unit) =>
      buried
        ? unit.jobs.bury(job.id, reason)
        : unit.jobs.retry(job.id, clock() + backoff(job.attempts, chance()), reason),
    );
  }
}
