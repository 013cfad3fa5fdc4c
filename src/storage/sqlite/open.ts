import type { Storage } from '#src/log/ports.ts';
import { beatOnce } from '../heartbeat.ts';
import { migrate } from '../migrate.ts';
import { unitOn } from '../unit.ts';
import { Connection } from './connection.ts';
import { Transactions } from './transactions.ts';

/** A health check that answers late is no health check. */
const CHECK_PATIENCE_MS = 500;

/** Opens `frontdesk.db` in `dataDir`, making both where they are missing, with its tables up to date. */
export async function openSqlite(dataDir: string): Promise<Storage> {
  const connection = new Connection(dataDir);
  const transactions = new Transactions(connection);
  try {
    await transactions.run(migrate);
  } catch (error) {
    connection.drop();
    throw error;
  }
  return {
    // One process serves from a file, so whatever it wants to do alone it does alone.
    shared: false,
    claim: () => Promise.resolve({ holds: () => true, release: () => Promise.resolve() }),
    transact: (work) => transactions.run((lane) => work(unitOn(lane))),
    check: async () => {
      // Whoever asks how we are must not queue behind those who wait for another process's lock.
      if (transactions.blocked !== undefined) throw transactions.blocked;
      await transactions.run(beatOnce, CHECK_PATIENCE_MS);
    },
    close: async () => {
      await transactions.close();
      connection.close();
    },
  };
}
