import { Connection } from './connection.ts';

/** How the database file is kept, as SQLite itself says. */
export interface Inspection {
  /** 2 = FULL: a commit is on disk before anybody hears of it. */
  synchronous: number;
  journalMode: string;
  /** `ok`, or what `integrity_check` found first. */
  integrity: string;
}

/**
 * Looks at the database in `dataDir` through a connection as the server opens it, beside a running server. Throws a
 * `StorageError` where the file can't be used.
 */
export function inspectSqlite(dataDir: string): Inspection {
  const connection = new Connection(dataDir);
  const read = (pragma: string): unknown => {
    const [row] = connection.rows(`pragma ${pragma}`, []);
    return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
  };
  try {
    return {
      synchronous: Number(read('synchronous')),
      journalMode: String(read('journal_mode')),
      integrity: String(read('integrity_check(1)')),
    };
  } finally {
    connection.drop();
  }
}
