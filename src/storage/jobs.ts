import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { OFFERINGS } from '#knowledge/schema.ts';
import type { OfferingId } from '#knowledge/schema.ts';
import type { ClaimedJob, Job, JobState } from '#src/log/ports.ts';
import { isAmong, listOf } from './desk-lists.ts';
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
      tried_at: at.tried_at,
      unfinished: at.unfinished,
      request: at.request,
    })
    .onConflict((conflict) => conflict.column('key').doNothing()),
);

const dueKinds = new Query<{ now: number }, { kind: string }>(({ db }, at) =>
  db
    .selectFrom('jobs')
    .select('kind')
    .distinct()
    .where('state', '=', sql.lit('ready'))
    .where('run_at', '<=', at.now)
    .where('leased_until', '<=', at.now),
);

/** `attempts` and `unfinished` count at the claim, so that a job that kills the process is counted too. */
const claim = new Query<{ kind: string; now: number; until: number; limit: number }, JobsTable>(
  ({ db, lockedSkipping }, at) =>
    db
      .updateTable('jobs')
      .set((job) => ({
        leased_until: at.until,
        tried_at: at.now,
        attempts: job('attempts', '+', 1),
        unfinished: job('unfinished', '+', 1),
      }))
      .where('id', 'in', (jobs) =>
        jobs
          .selectFrom('jobs')
          .select('id')
          .where('state', '=', sql.lit('ready'))
          .where('kind', '=', at.kind)
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
    .set({ state: 'done', payload: '{}', leased_until: 0, unfinished: 0, last_error: null })
    .where('id', '=', at.id),
);

const retry = new Query<{ id: string; runAt: number; error: string }>(({ db }, at) =>
  db
    .updateTable('jobs')
    .set({ run_at: at.runAt, leased_until: 0, unfinished: 0, last_error: at.error })
    .where('id', '=', at.id)
    .where('state', '=', 'ready'),
);

/** Those that somebody else has now are passed over: whoever has them says when they are due. */
const hasten = new Query<{ kind: string; error: string; gapMs: number }>(({ db, lockedSkipping }, at) =>
  db
    .updateTable('jobs')
    .set((job) => ({ run_at: job('tried_at', '+', at.gapMs) }))
    .where('id', 'in', (jobs) =>
      jobs
        .selectFrom('jobs')
        .select('id')
        .where('state', '=', sql.lit('ready'))
        .where('kind', '=', at.kind)
        .where('last_error', '=', at.error)
        .where((job) => job('run_at', '>', job('tried_at', '+', at.gapMs)))
        .$call(lockedSkipping),
    ),
);

const bury = new Query<{ id: string; error: string }>(({ db }, at) =>
  db
    .updateTable('jobs')
    .set({ state: 'dead', leased_until: 0, unfinished: 0, last_error: at.error })
    .where('id', '=', at.id)
    .where('state', '=', 'ready'),
);

/** What is about no request is for those who serve every offering: it doesn't say whose it is. */
const isOf = (offerings: RawBuilder<string>) =>
  sql<boolean>`(${offerings} = ${sql.lit(listOf(OFFERINGS))}
    or exists (select 1 from requests where number = jobs.request and ${isAmong(offerings)}))`;

/** Its patience begins anew, too. `attempts` stays: what was tried before may have come through. */
const revive = new Query<{ id: string; now: number; offerings: string }>(({ db }, at) =>
  db
    .updateTable('jobs')
    .set({ state: 'ready', run_at: at.now, created_at: at.now })
    .where('id', '=', at.id)
    .where('state', '=', 'dead')
    .where(isOf(at.offerings)),
);

const byKey = new Query<{ key: string }, JobsTable>(({ db }, at) =>
  db.selectFrom('jobs').selectAll().where('key', '=', at.key),
);

const dead = new Query<{ limit: number; offerings: string }, JobsTable>(({ db }, at) =>
  db
    .selectFrom('jobs')
    .selectAll()
    .where('state', '=', sql.lit('dead'))
    .where(isOf(at.offerings))
    .orderBy('run_at', 'desc')
    .limit(at.limit),
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

  async dueKinds(now: number): Promise<string[]> {
    return (await dueKinds.all(this.#lane, { now })).map(({ kind }) => kind);
  }

  async claim(what: { kind: string; now: number; until: number; limit: number }): Promise<ClaimedJob[]> {
    const claimed = await claim.all(this.#lane, what);
    return claimed.toSorted((a, b) => a.run_at - b.run_at).map(toClaimed);
  }

  async done(id: string): Promise<void> {
    await done.write(this.#lane, { id });
  }

  async retry(id: string, next: { runAt: number; error: string }): Promise<void> {
    await retry.write(this.#lane, { id, ...next });
  }

  async hasten(kind: string, error: string, gapMs: number): Promise<void> {
    await hasten.write(this.#lane, { kind, error, gapMs });
  }

  async bury(id: string, error: string): Promise<void> {
    await bury.write(this.#lane, { id, error });
  }

  async revive(id: string, now: number, of: readonly OfferingId[]): Promise<boolean> {
    return (await revive.write(this.#lane, { id, now, offerings: inOrder(of) })) === 1;
  }

  async byKey(key: string): Promise<JobState | undefined> {
    const row = await byKey.first(this.#lane, { key });
    return row && toState(row);
  }

  async dead(limit: number, of: readonly OfferingId[]): Promise<JobState[]> {
    return (await dead.all(this.#lane, { limit, offerings: inOrder(of) })).map(toState);
  }

  async counts(): Promise<{ ready: number; dead: number }> {
    return (await counts.first(this.#lane, {})) ?? { ready: 0, dead: 0 };
  }
}

/** So that all of them are always the same text. */
const inOrder = (of: readonly OfferingId[]): string => listOf(OFFERINGS.filter((offering) => of.includes(offering)));

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
    tried_at: 0,
    unfinished: 0,
    request: job.request ?? null,
  };
}

function toClaimed(row: JobsTable): ClaimedJob {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    payload: readObject(row.payload),
    attempts: row.attempts,
    runAt: row.run_at,
    createdAt: row.created_at,
    lastError: row.last_error,
    ...(row.request !== null && { request: row.request }),
    unfinished: row.unfinished > 1,
  };
}

function toState({ id, kind, key, state, attempts, request, ...at }: JobsTable): JobState {
  const times = { runAt: at.run_at, createdAt: at.created_at };
  return { id, kind, key, state, attempts, lastError: at.last_error, ...times, request };
}
