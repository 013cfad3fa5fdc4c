import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Storage, Unit } from '#src/log/ports.ts';
import { openStorage } from '#src/storage/open.ts';
import { engines } from './engines.ts';
import type { Opened } from './engines.ts';
import { conversation } from './samples.ts';

const postgres = engines.find(({ name }) => name === 'postgres')!;

let opened: Opened;
let storage: Storage;
let operator: Client;
beforeEach(async () => {
  opened = await postgres.open();
  storage = opened.storage;
  operator = new Client({ connectionString: opened.where.url });
  await operator.connect();
}, 180_000);
afterEach(async () => {
  await operator.end();
  await opened.drop();
});

const cutAll = () =>
  operator.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);

test('a connection lost inside a transaction is the caller’s error, keeps nothing, and the next one works', async () => {
  const one = conversation();
  const cut = storage.transact(async (unit) => {
    await unit.conversations.create(one);
    await cutAll();
    await unit.conversations.save(one);
  });
  await expect(cut).rejects.toMatchObject({ name: 'StorageError', reason: 'unreachable' });
  expect(await storage.transact((unit) => unit.conversations.byId(one.id))).toBeUndefined();
});

test('connections lost while idle end nothing', async () => {
  await Promise.all(Array.from({ length: 5 }, () => storage.check()));
  await cutAll();
  // When this process hears that they are lost is not for it to say.
  await expect.poll(() => storage.check().then(() => 'well', String)).toBe('well');
});

test('a deadlock runs again, and both transactions end well', async () => {
  const [a, b] = [conversation(), conversation()];
  await storage.transact(async (unit) => {
    await unit.conversations.create(a);
    await unit.conversations.create(b);
  });
  let runs = 0;
  let arrived = 0;
  const both = Promise.withResolvers<void>();
  const crossing = async (unit: Unit, [first, second]: readonly [string, string]) => {
    runs++;
    await unit.conversations.byId(first);
    if (++arrived >= 2) both.resolve();
    await both.promise;
    const found = await unit.conversations.byId(second);
    return unit.conversations.save({ ...found!, lastSeq: found!.lastSeq + 1 });
  };
  const saved = await Promise.all([
    storage.transact((unit) => crossing(unit, [a.id, b.id])),
    storage.transact((unit) => crossing(unit, [b.id, a.id])),
  ]);
  expect(saved).toEqual([true, true]);
  expect(runs).toBe(3);
});

test('a read-only server, a missing database, no server at all: each is named', async () => {
  await operator.query(`alter database "${operator.database}" set default_transaction_read_only = on`);
  await cutAll();
  const readOnly = await settledReason(storage);
  expect(readOnly).toBe('read-only');
  const url = opened.where.url!;
  const missing = openStorage({ url: url.replace(/\/t[0-9a-f]+$/, '/nothing'), dataDir: '' });
  await expect(missing).rejects.toMatchObject({ name: 'StorageError', reason: 'unreachable' });
  const nobody = openStorage({ url: 'postgres://postgres@127.0.0.1:1/x', dataDir: '' });
  await expect(nobody).rejects.toMatchObject({ name: 'StorageError', reason: 'unreachable' });
});

/** What check says once the pool has noticed that its old connections are gone. */
async function settledReason(of: Storage): Promise<unknown> {
  for (;;) {
    const reason: unknown = await of.check().then(
      () => 'none',
      (error) => error.reason,
    );
    if (reason !== 'unreachable') return reason;
  }
}

test('what only one instance does: another gets it when it is given back, and when its holder’s connection is lost', async () => {
  const other = await openStorage(opened.where);
  try {
    const claim = await storage.claim('send:a');
    expect(claim?.holds()).toBe(true);
    expect(await storage.claim('send:a')).toBeNull();
    expect(await other.claim('send:a')).toBeNull();
    await (await other.claim('send:b'))?.release();
    await claim?.release();
    const theirs = await other.claim('send:a');
    expect(theirs?.holds()).toBe(true);
    await cutAll();
    await expect.poll(() => theirs?.holds()).toBe(false);
    const mine = await storage.claim('send:a').catch(() => storage.claim('send:a'));
    expect(mine?.holds()).toBe(true);
    // Giving back what was lost takes nothing from the one who has it now.
    await theirs?.release();
    expect(await other.claim('send:a')).toBeNull();
    // A backlog takes no more than its share of the server's locks: who gets none looks again.
    const many = await Promise.all(Array.from({ length: 1_100 }, (_, at) => other.claim(`send:many ${at}`)));
    expect(many.filter((one) => one === null)).toHaveLength(100);
    await many.find((one) => one !== null)?.release();
    expect((await other.claim('send:one more'))?.holds()).toBe(true);
  } finally {
    await other.close();
  }
});
