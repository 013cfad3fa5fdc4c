import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { migrateSqlite } from './bare.ts';
import type { Bare } from './bare.ts';
import { startMigrated } from './cluster.ts';
import type { Cluster } from './cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test file asks for what all of them share: `/postgres` answers with a port, `/sqlite` with a folder. */
    engines: string;
  }
}

/**
 * One PostgreSQL and one migrated SQLite file for all test files, made for the first one that asks and gone with the run: setting them
 * up takes seconds, and each opening is a database of its own, copied from theirs.
 */
export async function sharedEngines(): Promise<{ url: string; close(): Promise<void> }> {
  let cluster: Promise<Cluster> | undefined;
  let sqlite: Promise<Bare> | undefined;
  const answers: Readonly<Record<string, () => Promise<string>>> = {
    '/postgres': async () => String((await (cluster ??= startMigrated())).port),
    '/sqlite': async () => (await (sqlite ??= migrateSqlite())).where.dataDir,
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''] ?? (() => Promise.reject(new Error(`nobody asks for ${request.url}`)));
    answer().then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Nobody waits for it: a run that is cut off ends without it.
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      await (await sqlite)?.remove();
      await (await cluster)?.cluster.stop();
    },
  };
}
