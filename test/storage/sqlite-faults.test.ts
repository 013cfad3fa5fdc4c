import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Storage } from '#src/log/ports.ts';
import { openStorage } from '#src/storage/open.ts';
import { Connection } from '#src/storage/sqlite/connection.ts';
import { Transactions } from '#src/storage/sqlite/transactions.ts';
import { conversation, logRow } from './samples.ts';
import { within } from '../patience.ts';

const isRoot = process.getuid?.() === 0;

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = () => openStorage({ url: undefined, dataDir });
const file = () => join(dataDir, 'frontdesk.db');

test('every commit is flushed, the file is its owner’s, closing empties the write-ahead log', async () => {
  const connection = new Connection(dataDir);
  expect(connection.rows('pragma synchronous', [])).toEqual([{ synchronous: 2 }]);
  expect(connection.rows('pragma journal_mode', [])).toEqual([{ journal_mode: 'wal' }]);
  expect(connection.rows('pragma foreign_keys', [])).toEqual([{ foreign_keys: 1 }]);
  connection.close();
  const storage = await open();
  await storage.transact((unit) => unit.conversations.create(conversation()));
  expect(statSync(file()).mode & 0o077).toBe(0);
  expect(statSync(`${file()}-wal`).mode & 0o077).toBe(0);
  await storage.close();
  expect(existsSync(`${file()}-wal`)).toBe(false);
});

test('kill -9 while writing loses no acknowledged row', async () => {
  const acknowledged: string[] = [];
  for (let kill = 0; kill < 4; kill++) {
    const writer = start('writer.ts', dataDir);
    writer.stdout?.on('data', (chunk: Buffer) => acknowledged.push(...chunk.toString().split('\n').filter(Boolean)));
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length).toBeGreaterThan(before + 25);
    await pause(Math.random() * 200);
    await killed(writer);
  }
  const check = new Sqlite(file());
  expect(check.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  check.close();
  const storage = await open();
  const whole = await storage.transact(async (unit) => {
    let count = 0;
    for (const id of acknowledged) {
      const [one, rows] = [await unit.conversations.byId(id), await unit.rows.list(id, 0, 10)];
      if (one?.owner === 'waiting' && rows.length === 2) count++;
    }
    return count;
  });
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(whole).toBe(acknowledged.length);
  await storage.close();
}, 180_000);

describe('another process holds the write lock', () => {
  let storage: Storage;
  let locker: ChildProcess;
  beforeEach(async () => {
    storage = await open();
    locker = start('locker.ts', file());
    await once(locker.stdout!, 'data');
  });
  afterEach(async () => {
    await killed(locker);
    await storage.close();
  });

  test('a transaction waits for it, without holding up the event loop', async () => {
    let ticks = 0;
    const clock = setInterval(() => ticks++, 20);
    const one = conversation();
    const created = storage.transact((unit) => unit.conversations.create(one));
    await expect.poll(() => ticks).toBeGreaterThan(8);
    await expect(storage.check()).rejects.toMatchObject({ reason: 'locked' });
    await killed(locker);
    expect(await created).toEqual(one);
    clearInterval(clock);
    await expect(storage.check()).resolves.toBeUndefined();
  });

  test('for too long: refused, and well again when the lock is gone', async () => {
    const started = performance.now();
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => storage.transact((unit) => unit.conversations.create(conversation()))),
    );
    expect(performance.now() - started).toBeLessThan(within(7_000));
    for (const one of tries) expect(one).toMatchObject({ status: 'rejected', reason: { reason: 'locked' } });
    await killed(locker);
    await expect(storage.check()).resolves.toBeUndefined();
  }, 180_000);
});

test('a unit that waits for a transaction of its own is rolled back; the house goes on', async () => {
  const connection = new Connection(dataDir);
  const transactions = new Transactions(connection, 50);
  const stuck = transactions.run(async (lane) => {
    await lane.write({ name: '', sql: 'create table t (id integer)' }, []);
    await transactions.run(async () => {});
  });
  await expect(stuck).rejects.toThrow('did not end');
  const tables = await transactions.run((lane) => lane.rows({ name: '', sql: 'select name from sqlite_schema' }, []));
  expect(tables).toEqual([]);
  await transactions.close();
  connection.close();
});

test('a file that is no database is called damaged', async () => {
  writeFileSync(file(), 'no database at all '.repeat(500));
  await expect(open()).rejects.toMatchObject({ name: 'StorageError', reason: 'corrupt' });
});

test('a folder that cannot be made is called so', async () => {
  writeFileSync(join(dataDir, 'file'), '');
  const beneath = openStorage({ url: undefined, dataDir: join(dataDir, 'file', 'data') });
  await expect(beneath).rejects.toMatchObject({ name: 'StorageError', reason: 'unreachable' });
});

test('a database of a newer Frontdesk is left alone', async () => {
  await (await open()).close();
  const db = new Sqlite(file());
  db.exec('update schema_version set version = 1000');
  db.close();
  await expect(open()).rejects.toThrow('start the newer Frontdesk');
});

test('an address that is not PostgreSQL’s names the setting', async () => {
  await expect(openStorage({ url: 'mysql://db', dataDir })).rejects.toThrow('DATABASE_URL');
});

describe.skipIf(!canMount())('a file system of its own (skipped where none can be mounted)', () => {
  let disk: string;
  beforeEach(() => {
    disk = join(dataDir, 'disk');
    mkdirSync(disk);
    mount('-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk);
  });
  afterEach(() => execFileSync('umount', [disk]));

  test('full: refused, every acknowledged row is there, well again when there is room', async () => {
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(900_000));
    const storage = await openStorage({ url: undefined, dataDir: disk });
    const { kept, fault } = await fill(storage);
    expect(fault).toMatchObject({ name: 'StorageError', reason: 'full' });
    expect(kept.length).toBeGreaterThan(10);
    rmSync(ballast);
    await expect(storage.check()).resolves.toBeUndefined();
    const more = conversation();
    await storage.transact((unit) => unit.conversations.create(more));
    for (const id of [...kept, more.id]) {
      expect(await storage.transact((unit) => unit.conversations.byId(id))).toBeDefined();
    }
    await storage.close();
    const check = new Sqlite(join(disk, 'frontdesk.db'));
    expect(check.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    check.close();
  });

  test('read-only: refused, and opens again when it may be written', async () => {
    await (await openStorage({ url: undefined, dataDir: disk })).close();
    mount('-o', 'remount,ro', disk);
    const refused = openStorage({ url: undefined, dataDir: disk });
    await expect(refused).rejects.toMatchObject({ name: 'StorageError', reason: 'read-only' });
    mount('-o', 'remount,rw', disk);
    const storage = await openStorage({ url: undefined, dataDir: disk });
    await expect(storage.check()).resolves.toBeUndefined();
    await storage.close();
  });
});

test.skipIf(isRoot)(
  'a file without write permission is refused (skipped for root, who may write anything)',
  async () => {
    await (await open()).close();
    chmodSync(file(), 0o444);
    await expect(open()).rejects.toMatchObject({ name: 'StorageError', reason: 'read-only' });
    chmodSync(file(), 0o600);
    await (await open()).close();
  },
);

async function fill(storage: Storage): Promise<{ kept: string[]; fault: unknown }> {
  const kept: string[] = [];
  for (;;) {
    const one = conversation();
    try {
      await storage.transact(async (unit) => {
        await unit.conversations.create(one);
        await unit.rows.append([logRow({ conversation: one.id, seq: 1, body: { text: 'x'.repeat(5000) } })]);
      });
    } catch (fault) {
      return { kept, fault };
    }
    kept.push(one.id);
  }
}

function start(script: string, argument: string): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, script), argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'close');
  child.kill('SIGKILL');
  await exit;
}

function canMount(): boolean {
  if (!isRoot) return false;
  const trial = mkdtempSync(join(tmpdir(), 'frontdesk-mount-'));
  try {
    mount('-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', trial);
    execFileSync('umount', [trial]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(trial, { recursive: true });
  }
}

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'ignore' });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
