import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OFFERINGS } from '#knowledge/schema.ts';
import { postgres } from '#src/storage/postgres/dialect.ts';
import { whose } from '#src/storage/retention-tables.ts';
import { sqlite } from '#src/storage/sqlite/dialect.ts';
import { engines } from './engines.ts';
import type { Opened } from './engines.ts';
import { conversation, job, NOON, request } from './samples.ts';

/** Runs that migration's changes of rows once more; its columns are there. */
async function again({ url, dataDir }: Opened['where']): Promise<void> {
  const changes = whose((url === undefined ? sqlite : postgres).db)
    .map((statement) => statement.compile())
    .filter(({ sql }) => sql.startsWith('update'));
  expect(changes).toHaveLength(2);
  if (url === undefined) {
    const database = new Database(join(dataDir, 'frontdesk.db'));
    for (const { sql, parameters } of changes) database.prepare(sql).run(...parameters);
    database.close();
    return;
  }
  const client = new Client(url);
  await client.connect();
  for (const { sql, parameters } of changes) await client.query(sql, [...parameters]);
  await client.end();
}

describe.each(engines)('jobs of before they named their request, on $name', (engine) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await engine.open();
  }, 180_000);
  afterAll(() => opened.drop());

  test('get the one in their key, and only that one; talks that went go once more', async () => {
    const { storage, where } = opened;
    const keys = {
      mail: 'mail:filed:SR-1',
      ticket: 'ticket:SR-12:3',
      notice: 'notice:promise-broken:SR-1:2',
      code: 'mail:code:SR-1x',
      unknown: 'ticket:SR-2:1',
    };
    await storage.transact(async (unit) => {
      await unit.conversations.create(conversation({ id: 'went', updatedAt: NOON }));
      for (const number of ['SR-1', 'SR-12']) await unit.requests.insert(request({ number }));
      for (const [id, key] of Object.entries(keys)) {
        await unit.jobs.add(job({ id, key }));
        await unit.jobs.bury(id, '400');
      }
      expect(await unit.retention.talks(NOON + 1, 9, NOON + 1)).toBe(1);
      expect(await unit.retention.talks(NOON + 1, 9, NOON + 1)).toBe(0);
    });
    await again(where);
    await storage.transact(async (unit) => {
      const found = (await unit.jobs.dead(9, OFFERINGS)).map(({ id, request: number }) => [id, number]);
      expect(Object.fromEntries(found)).toEqual({
        mail: 'SR-1',
        ticket: 'SR-12',
        notice: 'SR-1',
        code: null,
        unknown: null,
      });
      expect(await unit.retention.talks(NOON + 1, 9, NOON + 1)).toBe(1);
    });
  });
});
