import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import type { Dialect } from '../query.ts';
import type { Tables } from '../tables.ts';

/** kysely builds and compiles; `lane.ts` executes, with statements that each connection keeps prepared by name. */
export const postgres: Dialect = {
  engine: 'postgres',
  db: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
  locked: (query) => query.forUpdate(),
  lockedSkipping: (query) => query.forUpdate().skipLocked(),
  among: (text, list) => sql`${text} in (select json_array_elements_text(${list}::json))`,
};
