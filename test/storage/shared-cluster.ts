import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startMigrated } from './cluster.ts';
import type { Cluster } from './cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test file asks for the port of the PostgreSQL that all of them share. */
    postgres: string;
  }
}

/**
 * One PostgreSQL for all test files, which start with the first one that asks and ends with the run: setting one up takes seconds, and
 * each opening is a database of its own in it.
 */
export async function sharedCluster(): Promise<{ url: string; close(): Promise<void> }> {
  let started: Promise<Cluster> | undefined;
  const server = createServer((_request, response) => {
    started ??= startMigrated();
    started.then(
      ({ port }) => response.end(String(port)),
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
      await (await started)?.cluster.stop();
    },
  };
}
