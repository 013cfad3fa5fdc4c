import { Connection } from './connection.ts';

/** A running server writes for moments only; a backup that reads for longer is not waited for. */
const PATIENCE_MS = 10_000;

/**
 * Writes the database in `dataDir` anew, beside a running server, which waits with its writes meanwhile: SQLite leaves what was
 * deleted in the file until something else needs the room. Throws a `StorageError` where the file is in use for too long.
 */
export function scrubSqlite(dataDir: string): void {
  const connection = new Connection(dataDir);
  try {
    connection.rows(`pragma busy_timeout = ${PATIENCE_MS}`, []);
    connection.run('vacuum');
  } finally {
    // The write-ahead log has the old pages, too, until it is emptied.
    connection.close();
  }
}
