import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runErase } from '#src/cli/erase.ts';
import { scrubSqlite } from '#src/storage/sqlite/scrub.ts';
import { engines } from './engines.ts';
import { conversation, logRow } from './samples.ts';

const CANARY = 'canary-that-sang';

test('of a person who was erased nothing is left in the files of SQLite, beside a server that runs', async () => {
  const opened = await engines[0]!.open();
  const { storage, where } = opened;
  const holds = (): boolean =>
    readdirSync(where.dataDir).some((name) => readFileSync(join(where.dataDir, name)).includes(CANARY));
  await storage.transact(async (unit) => {
    await unit.conversations.create(
      conversation({ id: 'talk', person: 'wren', state: CANARY.repeat(500), lastSeq: 60 }),
    );
    const body = { type: 'message', text: CANARY.repeat(90) };
    await unit.rows.append(Array.from({ length: 60 }, (_, at) => logRow({ conversation: 'talk', seq: at + 1, body })));
  });
  const silent = { out: () => undefined, tell: () => undefined };
  expect(await runErase(storage, { ...silent, options: { person: 'wren' } })).toBe(0);
  expect(holds()).toBe(true);
  scrubSqlite(where.dataDir);
  expect(holds()).toBe(false);
  await storage.transact((unit) => unit.conversations.create(conversation({ id: 'another' })));
  expect(await storage.transact((unit) => unit.conversations.byId('another'))).toBeDefined();
  await opened.drop();
});
