import { Pool, types } from 'pg';
import type { Storage } from '#src/log/ports.ts';
import { beatOnce } from '../heartbeat.ts';
import { migrate } from '../migrate.ts';
import { unitOn } from '../unit.ts';
import type { PostgresLane } from './lane.ts';
import { Transactions } from './transactions.ts';

/** Any number will do, if no other program on the same database uses it for an advisory lock. */
const MIGRATION_LOCK = 2_025_110_001;

// Every bigint of ours is an instant, a counter or a sequence, far below 2^53; pg would give them as text.
types.setTypeParser(types.builtins.INT8, Number);

/** Connects to PostgreSQL, with the tables up to date; several instances may start at the same time. */
export async function openPostgres(url: string): Promise<Storage> {
  const pool = poolOf(url);
  const transactions = new Transactions(pool);
  try {
    await transactions.run(migrateAlone);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    transact: (work) => transactions.run((lane) => work(unitOn(lane))),
    check: () => transactions.run(beatOnce),
    close: () => pool.end(),
  };
}

function poolOf(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'frontdesk',
    max: 10,
    connectionTimeoutMillis: 5000,
    statement_timeout: 10_000,
    lock_timeout: 5000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
  });
  // A lost connection reaches whoever uses it as a failed query; without a listener the event would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

async function migrateAlone(lane: PostgresLane): Promise<void> {
  await lane.rows({ name: '', sql: 'select pg_advisory_xact_lock($1)' }, [MIGRATION_LOCK]);
  await migrate(lane);
}
