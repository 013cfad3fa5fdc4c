import { sql } from 'kysely';
import { MOST_ROUNDS } from '#src/handoff/notice.ts';
import type { Notice, NoticeState } from '#src/handoff/notice.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { NoticesTable } from './tables.ts';

const insert = new Query<NoticesTable>(({ db }, at) =>
  db
    .insertInto('notices')
    .values({
      key: at.key,
      kind: at.kind,
      conversation: at.conversation,
      epoch: at.epoch,
      request: at.request,
      severity: at.severity,
      offering: at.offering,
      language: at.language,
      state: at.state,
      rounds: at.rounds,
      next_at: at.next_at,
      since: at.since,
      activity_id: at.activity_id,
      by: at.by,
    })
    .onConflict((conflict) => conflict.column('key').doNothing()),
);

const byKey = new Query<{ key: string }, NoticesTable>(({ db, locked }, at) =>
  db.selectFrom('notices').selectAll().where('key', '=', at.key).$call(locked),
);

/** What `noticeStep` would find changed, as far as the tables tell it. */
const unsettled = new Query<{ now: number; limit: number }, NoticesTable>(({ db }, at) =>
  db
    .selectFrom('notices')
    .leftJoin('conversations as talk', 'talk.id', 'notices.conversation')
    .leftJoin('requests as filed', 'filed.number', 'notices.request')
    .selectAll('notices')
    .where(sql<boolean>`notices.state <> 'over'`)
    .where(
      sql<boolean>`(
        (notices.state = 'open' and notices.next_at <= ${at.now} and notices.rounds < ${sql.lit(MOST_ROUNDS)})
        or case when notices.kind = 'handoff'
          then not (coalesce(talk.owner, '') = 'waiting' and talk.epoch = notices.epoch)
            and (notices.state = 'open' or coalesce(talk.owner, '') <> 'agent')
          else coalesce(filed.state, '') <> 'open' or (notices.state = 'open' and coalesce(talk.owner, '') = 'agent')
        end)`,
    )
    .orderBy('since')
    .orderBy('key')
    .limit(at.limit),
);

const told = new Query<{ key: string; rounds: number; nextAt: number }>(({ db }, at) =>
  db.updateTable('notices').set({ rounds: at.rounds, next_at: at.nextAt }).where('key', '=', at.key),
);

const placed = new Query<{ key: string; activityId: string }>(({ db }, at) =>
  db.updateTable('notices').set({ activity_id: at.activityId }).where('key', '=', at.key),
);

const setState = new Query<{ key: string; state: NoticeState; by: string | null }>(({ db }, at) =>
  db.updateTable('notices').set({ state: at.state, by: at.by }).where('key', '=', at.key),
);

/** What the agents' channel was told, and what became of it. */
export class Notices {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async add({ nextAt: next_at, activityId: activity_id, ...notice }: Notice): Promise<boolean> {
    return (await insert.write(this.#lane, { ...notice, next_at, activity_id })) === 1;
  }

  async byKey(key: string): Promise<Notice | undefined> {
    const row = await byKey.first(this.#lane, { key });
    return row && toNotice(row);
  }

  async unsettled(now: number, limit: number): Promise<Notice[]> {
    return (await unsettled.all(this.#lane, { now, limit })).map(toNotice);
  }

  async told(key: string, rounds: number, nextAt: number): Promise<void> {
    await told.write(this.#lane, { key, rounds, nextAt });
  }

  async placed(key: string, activityId: string): Promise<void> {
    await placed.write(this.#lane, { key, activityId });
  }

  async setState(key: string, state: NoticeState, by: string | null): Promise<void> {
    await setState.write(this.#lane, { key, state, by });
  }
}

function toNotice({ next_at: nextAt, activity_id: activityId, ...row }: NoticesTable): Notice {
  return { ...row, nextAt, activityId };
}
