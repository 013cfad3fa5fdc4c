import { sql } from 'kysely';
import type { Job } from '#src/log/ports.ts';
import { readObject, writeJson } from './json.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { JobsTable } from './tables.ts';

const add = new Query<JobsTable>(({ db }, at) =>
  db
    .insertInto('jobs')
    .values({
      id: at.id,
      kind: at.kind,
      key: at.key,
      payload: at.payload,
      state: at.state,
      attempts: at.attempts,
      run_at: at.run_at,
      leased_until: at.leased_until,
      created_at: at.created_at,
      last_error: at.last_error,
    })
    .onConflict((conflict) => conflict.column('key').doNothing()),
);

/** `attempts` counts at the claim, so that a job that kills the process is counted too. */
const claim = new Query<{ now: number; until: number; limit: number }, JobsTable>(({ db, lockedSkipping }, at) =>
  db
    .updateTable('jobs')
    .set((job) => ({ leased_until: at.until, attempts: job('attempts', '+', 1) }))
    .where('id', 'in', (jobs) =>
      jobs
        .selectFrom('jobs')
        .select('id')
        .where('state', '=', sql.lit('ready'))
        .where('run_at', '<=', at.now)
        .where('leased_until', '<=', at.now)
        .orderBy('run_at')
        .limit(at.limit)
        .$call(lockedSkipping),
    )
    .returningAll(),
);

const done = new Query<{ id: string }>(({ db }, at) =>
  db
    .updateTable('jobs')
    .set({ state: 'done', payload: '{}', leased_until: 0, last_error: null })
    .where('id', '=', at.id),
);

const retry = new Query<{ id: string; runAt: number; error: string }>(({ db }, at) =>
  db
    .updateTable('jobs')
    .set({ run_at: at.runAt, leased_until: 0, last_error: at.error })
    .where('id', '=', at.id)
    .where('state', '=', 'ready'),
);

const bury = new Query<{ id: string; error: string }>(({ db }, at) =>
  db
    .updateTable('jobs')
    .set({ state: 'dead', leased_until: 0, last_error: at.error })
    .where('id', '=', at.id)
    .where('state', '=', 'ready'),
);

/** Two counts, each over its own partial index; done jobs are never looked at. */
const counts = new Query<Record<string, never>, { ready: number; dead: number }>(({ db }) =>
  db.selectNoFrom((all) => [
    all
      .selectFrom('jobs')
      .select(all.fn.countAll<number>().as('jobs'))
      .where('state', '=', sql.lit('ready'))
      .as('ready'),
    all.selectFrom('jobs').select(all.fn.countAll<number>().as('jobs')).where('state', '=', sql.lit('dead')).as('dead'),
  ]),
);

/** Work for the outside world. */
export class Jobs {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async add(job: Job): Promise<void> {
    await add.write(this.#lane, toRow(job));
  }

  async claim(now: number, until: number, limit: number): Promise<Job[]> {
    const claimed = await claim.all(this.#lane, { now, until, limit });
    return claimed.toSorted((a, b) => a.run_at - b.run_at).map(toJob);
  }

  async done(id: string): Promise<void> {
    await done.write(this.#lane, { id });
  }

  async retry(id: string, runAt: number, error: string): Promise<void> {
    await retry.write(this.#lane, { id, runAt, error });
  }

  async bury(id: string, error: string): Promise<void> {
    await bury.write(this.#lane, { id, error });
  }

  async counts(): Promise<{ ready: number; dead: number }> {
    return (await counts.first(this.#lane, {})) ?? { ready: 0, dead: 0 };
  }
}

function toRow(job: Job): JobsTable {
  return {
    id: job.id,
    kind: job.kind,
    key: job.key,
    payload: writeJson(job.payload),
    state: 'ready',
    attempts: job.attempts,
    run_at: job.runAt,
    leased_until: 0,
    created_at: job.createdAt,
    last_error: job.lastError,
  };
}

function toJob(row: JobsTable): Job {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    payload: readObject(row.payload),
    attempts: row.attempts,
    runAt: row.run_at,
    createdAt: row.created_at,
    lastError: row.last_error,
  };
}
