import { Pool, types } from 'pg';

// Every bigint of ours is an instant, a counter or a sequence, far below 2^53; pg would give them as text.
types.setTypeParser(types.builtins.INT8, Number);

/** Connections to PostgreSQL, made when they are needed; nothing that happens to an idle one ends the process. */
export function connectionPool(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'frontdesk',
    max: 10,
    // So long somebody waits for one of the ten, too: a hundred at once on a busy machine take six seconds.
    connectionTimeoutMillis: 10_000,
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
