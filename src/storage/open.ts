import type { Storage } from '#src/log/ports.ts';

/**
 * Opens the database with its tables up to date: PostgreSQL where `url` names one, else SQLite in `dataDir`. Only the engine
 * that is used is loaded. Throws a `StorageError` where the database cannot be used, an `Error` where `url` is no address of
 * PostgreSQL.
 */
export async function openStorage(where: { url: string | undefined; dataDir: string }): Promise<Storage> {
  if (where.url === undefined) {
    const { openSqlite } = await import('./sqlite/open.ts');
    return openSqlite(where.dataDir);
  }
  if (!/^postgres(ql)?:\/\//.test(where.url)) {
    throw new Error('DATABASE_URL is not a PostgreSQL address: write postgres://user:password@host:5432/database.');
  }
  const { openPostgres } = await import('./postgres/open.ts');
  return openPostgres(where.url);
}
