import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { House } from '../house.ts';

const rowSchema = z.object({
  number: z.string(),
  description: z.string(),
  severity: z.string(),
  submission_id: z.string(),
});

/** The requests as they lie in the database of a (running or killed) SQLite house. */
export function requestsIn(house: House): z.infer<typeof rowSchema>[] {
  const database = new Database(join(house.dataDir, 'frontdesk.db'), { readonly: true });
  try {
    const rows = database.prepare(
      "select number, json_extract(draft, '$.description') as description, severity, submission_id from requests",
    );
    return z.array(rowSchema).parse(rows.all());
  } finally {
    database.close();
  }
}

/** SQLite's own word on whether the file is sound. */
export function integrityOf(house: House): unknown {
  const database = new Database(join(house.dataDir, 'frontdesk.db'), { readonly: true });
  try {
    return database.pragma('integrity_check', { simple: true });
  } finally {
    database.close();
  }
}
