import { Query } from './query.ts';
import type { Lane } from './query.ts';

const spend = new Query<{ id: string; expiresAt: number }>(({ db }, at) =>
  db
    .insertInto('spent')
    .values({ id: at.id, expires_at: at.expiresAt })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);

const find = new Query<{ id: string }, { id: string }>(({ db }, at) =>
  db.selectFrom('spent').select('id').where('id', '=', at.id),
);

/** Uses up a one-time id; false when it was used before. */
export async function spendOnce(lane: Lane, id: string, expiresAt: number): Promise<boolean> {
  return (await spend.write(lane, { id, expiresAt })) === 1;
}

/** Whether the id was used up. */
export async function isSpent(lane: Lane, id: string): Promise<boolean> {
  return (await find.first(lane, { id })) !== undefined;
}
