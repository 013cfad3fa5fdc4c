import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { House } from '../house.ts';

const names = z.array(z.object({ name: z.string() }));
const counted = z.object({ rows: z.number() });

/** Tables that the house writes by itself, whoever asks: the proof that it can write. */
const ITS_OWN = new Set(['heartbeat']);

/** How many rows each table of a (running or killed) SQLite house has. */
export function rowsIn(house: House): Record<string, number> {
  return reading(house, (database) => {
    const tables = names.parse(database.prepare("select name from sqlite_master where type = 'table'").all());
    return Object.fromEntries(
      tables
        .filter(({ name }) => !ITS_OWN.has(name))
        .map(({ name }) => [
          name,
          counted.parse(database.prepare(`select count(*) as rows from "${name}"`).get()).rows,
        ]),
    );
  });
}

const loggedSchema = z.object({
  conversation: z.string(),
  seq: z.number(),
  direction: z.enum(['in', 'out']),
  role: z.string(),
  source: z.string().nullable(),
  reply: z.number().nullable(),
  body: z.string(),
});
export type Logged = z.infer<typeof loggedSchema>;

/** Every row of the log, in order. */
export function logOf(house: House): Logged[] {
  return reading(house, (database) =>
    z
      .array(loggedSchema)
      .parse(
        database
          .prepare(
            'select conversation, seq, direction, role, source_id as source, reply_to as reply, body from activities order by conversation, seq',
          )
          .all(),
      ),
  );
}

function reading<T>(house: House, read: (database: Database.Database) => T): T {
  const database = new Database(join(house.dataDir, 'frontdesk.db'), { readonly: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}
