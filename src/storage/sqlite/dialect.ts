import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import type { Dialect } from '../query.ts';
import type { Tables } from '../tables.ts';

/** kysely builds and compiles; `lane.ts` executes, with statements that stay prepared. */
export const sqlite: Dialect = {
  engine: 'sqlite',
  db: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  // SQLite has one writer at a time: BEGIN IMMEDIATE has locked everything already.
  locked: (query) => query,
  lockedSkipping: (query) => query,
  among: (text, list) => sql`${text} in (select value from json_each(${list}))`,
};
