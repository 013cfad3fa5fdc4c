import { Query } from './query.ts';
import type { Lane } from './query.ts';

const beat = new Query<Record<string, never>>(({ db }) =>
  db.updateTable('heartbeat').set((row) => ({ beats: row('beats', '+', 1) })),
);

/** Writes the one row of the heartbeat table: the commit after it proves that this database takes writes now. */
export async function beatOnce(lane: Lane): Promise<void> {
  if ((await beat.write(lane, {})) !== 1) throw new Error('The heartbeat table is empty: run the migrations.');
}
