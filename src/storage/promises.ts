import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { OfferingId } from '#knowledge/schema.ts';
import type { Ending, PromiseStore, Whose } from '#src/promises/ports.ts';
import type { NewPledge, Pledge } from '#src/promises/promise.ts';
import { isAmong, listOf } from './desk-lists.ts';
import { manyOf, Query } from './query.ts';
import type { Lane } from './query.ts';
import type { PromisesTable } from './tables.ts';

type Fresh = Pick<PromisesTable, 'request' | 'conversation' | 'kind' | 'due' | 'made_at' | 'by' | 'renews' | 'misses'>;

/** Whoever adds has locked the request, or files it now: so no two count to the same number. */
const add = new Query<Fresh, PromisesTable>(({ db }, at) =>
  db
    .insertInto('promises')
    .values((row) => ({
      request: at.request,
      seq: row
        .selectFrom('promises as before')
        .select(sql<number>`coalesce(max(before.seq), 0) + 1`.as('next'))
        .where('before.request', '=', at.request),
      conversation: at.conversation,
      kind: at.kind,
      due: at.due,
      made_at: at.made_at,
      by: at.by,
      state: 'open',
      renews: at.renews,
      misses: at.misses,
    }))
    .returningAll(),
);

const find = new Query<{ request: string; seq: number }, PromisesTable>(({ db }, at) =>
  db.selectFrom('promises').selectAll().where('request', '=', at.request).where('seq', '=', at.seq),
);

const ofRequest = new Query<{ request: string }, PromisesTable>(({ db }, at) =>
  db.selectFrom('promises').selectAll().where('request', '=', at.request).orderBy('seq'),
);

// The condition is that of the partial index, word for word: only then do both engines use it.
const openOfTalk = new Query<{ conversation: string }, PromisesTable>(({ db }, at) =>
  db
    .selectFrom('promises')
    .selectAll()
    .where('state', '=', sql.lit('open'))
    .where('conversation', '=', at.conversation)
    .orderBy('request')
    .orderBy('seq'),
);

type Ended = Pick<PromisesTable, 'request' | 'seq' | 'state' | 'reason' | 'ended_at' | 'ended_by'>;
const end = new Query<Ended>(({ db }, at) =>
  db
    .updateTable('promises')
    .set({ state: at.state, reason: at.reason, ended_at: at.ended_at, ended_by: at.ended_by })
    .where('request', '=', at.request)
    .where('seq', '=', at.seq)
    .where('state', '=', sql.lit('open')),
);

const warned = new Query<{ request: string; seq: number; at: number }>(({ db }, at) =>
  db
    .updateTable('promises')
    .set({ warned_at: at.at })
    .where('request', '=', at.request)
    .where('seq', '=', at.seq)
    .where('state', '=', sql.lit('open'))
    .where('warned_at', 'is', null),
);

interface DuePage {
  until: number;
  due: number;
  request: string;
  seq: number;
  limit: number;
}
const due = new Query<DuePage, PromisesTable>(({ db }, at) =>
  db
    .selectFrom('promises')
    .selectAll()
    .where('state', '=', sql.lit('open'))
    .where('due', '<=', at.until)
    .where(sql<boolean>`(due, request, seq) > (${at.due}, ${at.request}, ${at.seq})`)
    .orderBy('due')
    .orderBy('request')
    .orderBy('seq')
    .limit(at.limit),
);
/** Before everything that is ever due. */
const FIRST = { due: Number.MIN_SAFE_INTEGER, request: '', seq: 0 };

/** Whether it was made for a request of these offerings. */
const isFor = (offerings: RawBuilder<string>) =>
  sql<boolean>`exists (select 1 from requests where number = promises.request and ${isAmong(offerings)})`;

const broken = new Query<{ since: number; limit: number; offerings: string }, PromisesTable>(({ db }, at) =>
  db
    .selectFrom('promises')
    .selectAll()
    .where('state', '=', sql.lit('broken'))
    .where('ended_at', '>=', at.since)
    .where(isFor(at.offerings))
    .orderBy('ended_at', 'desc')
    .orderBy('request', 'desc')
    .orderBy('seq', 'desc')
    .limit(at.limit),
);

/** As `standingOf` judges: warned of, or past. */
const pressing = new Query<{ now: number; limit: number; offerings: string }, PromisesTable>(({ db }, at) =>
  db
    .selectFrom('promises')
    .selectAll()
    .where('state', '=', sql.lit('open'))
    .where(sql<boolean>`(due < ${at.now} or warned_at is not null)`)
    .where(isFor(at.offerings))
    .orderBy('due')
    .orderBy('request')
    .orderBy('seq')
    .limit(at.limit),
);

const owedFor = new Query<{ requests: string; until: number }, PromisesTable>(({ db, among }, at) =>
  db
    .selectFrom('promises')
    .selectAll()
    .where(among(sql`request`, at.requests))
    .where('state', '=', sql.lit('open'))
    .where('due', '<=', at.until),
);

/** What was promised to customers. */
export class Promises implements PromiseStore {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async add({
    renews = null,
    misses = 0,
    madeAt,
    request,
    conversation,
    kind,
    by,
    due: at,
  }: NewPledge): Promise<Pledge> {
    const row = { request, conversation, kind, due: at, made_at: madeAt, by, renews, misses };
    const stored = await add.first(this.#lane, row);
    if (!stored) throw new Error('an insert that returns nothing');
    return toPledge(stored);
  }

  async find(request: string, seq: number): Promise<Pledge | undefined> {
    const row = await find.first(this.#lane, { request, seq });
    return row && toPledge(row);
  }

  async ofRequest(request: string): Promise<Pledge[]> {
    return (await ofRequest.all(this.#lane, { request })).map(toPledge);
  }

  async open(whose: Whose): Promise<Pledge[]> {
    if ('conversation' in whose) return (await openOfTalk.all(this.#lane, whose)).map(toPledge);
    return (await this.ofRequest(whose.request)).filter(({ state }) => state === 'open');
  }

  async end({ request, seq }: Pick<Pledge, 'request' | 'seq'>, { state, reason, at, by }: Ending): Promise<boolean> {
    const row = { request, seq, state, reason, ended_at: at, ended_by: by };
    return (await end.write(this.#lane, row)) === 1;
  }

  async warned({ request, seq }: Pick<Pledge, 'request' | 'seq'>, at: number): Promise<boolean> {
    return (await warned.write(this.#lane, { request, seq, at })) === 1;
  }

  async due(until: number, limit: number, after: Pick<Pledge, 'due' | 'request' | 'seq'> = FIRST): Promise<Pledge[]> {
    const { due: from, request, seq } = after;
    return (await due.all(this.#lane, { until, due: from, request, seq, limit })).map(toPledge);
  }

  async broken(since: number, limit: number, offerings: readonly OfferingId[]): Promise<Pledge[]> {
    return (await broken.all(this.#lane, { since, limit, offerings: listOf(offerings) })).map(toPledge);
  }

  async pressing(now: number, limit: number, offerings: readonly OfferingId[]): Promise<Pledge[]> {
    return (await pressing.all(this.#lane, { now, limit, offerings: listOf(offerings) })).map(toPledge);
  }

  async owedFor(requests: readonly string[], until: number): Promise<Pledge[]> {
    return (await owedFor.all(this.#lane, { requests: manyOf(requests), until })).map(toPledge);
  }
}

function toPledge(row: PromisesTable): Pledge {
  return {
    request: row.request,
    seq: row.seq,
    conversation: row.conversation,
    kind: row.kind,
    due: row.due,
    madeAt: row.made_at,
    by: row.by,
    state: row.state,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    reason: row.reason,
    warnedAt: row.warned_at,
    renews: row.renews,
    misses: row.misses,
  };
}
