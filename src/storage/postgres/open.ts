import type { Storage } from '#src/log/ports.ts';
import { beatOnce } from '../heartbeat.ts';
import { migrate } from '../migrate.ts';
import { unitOn } from '../unit.ts';
import { Claims } from './claims.ts';
import { connectionPool } from './connection.ts';
import type { PostgresLane } from './lane.ts';
import { Transactions } from './transactions.ts';

/** Any number will do, if no other program on the same database uses it for an advisory lock. */
const MIGRATION_LOCK = 2_025_110_001;

/** Connects to PostgreSQL, with the tables up to date; several instances may start at the same time. */
export async function openPostgres(url: string): Promise<Storage> {
  const pool = connectionPool(url);
  const transactions = new Transactions(pool);
  try {
    await transactions.run(migrateAlone);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const claims = new Claims(url);
  return {
    shared: true,
    claim: (key) => claims.take(key),
    transact: (work) => transactions.run((lane) => work(unitOn(lane))),
    check: () => transactions.run(beatOnce),
    close: async () => {
      await claims.close();
      await pool.end();
    },
  };
}

async function migrateAlone(lane: PostgresLane): Promise<void> {
  await lane.rows({ name: '', sql: 'select pg_advisory_xact_lock($1)' }, [MIGRATION_LOCK]);
  await migrate(lane);
}
