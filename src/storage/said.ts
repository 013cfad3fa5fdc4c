import { Query } from './query.ts';
import type { Lane } from './query.ts';

interface Talk {
  id: string;
}

const rows = new Query<Talk>(({ db }, at) => db.deleteFrom('activities').where('conversation', '=', at.id));
const files = new Query<Talk>(({ db }, at) => db.deleteFrom('files').where('conversation', '=', at.id));
const codes = new Query<Talk>(({ db }, at) => db.deleteFrom('codes').where('conversation', '=', at.id));

/** Drops what was said and sent in a talk, and the code that was sent to it; returns how much. */
export async function dropSaid(lane: Lane, talk: Talk): Promise<{ rows: number; files: number }> {
  const dropped = { rows: await rows.write(lane, talk), files: await files.write(lane, talk) };
  await codes.write(lane, talk);
  return dropped;
}
