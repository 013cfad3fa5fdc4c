import { MIGRATIONS } from './migrations.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';

const versionTable = (lane: Lane) =>
  lane.dialect.db.schema
    .createTable('schema_version')
    .ifNotExists()
    .addColumn('id', 'bigint', (column) => column.primaryKey().notNull())
    .addColumn('version', 'bigint', (column) => column.notNull());

const read = new Query<Record<string, never>, { version: number }>(({ db }) =>
  db.selectFrom('schema_version').select('version'),
);

const write = new Query<{ version: number }>(({ db }, at) =>
  db
    .insertInto('schema_version')
    .values({ id: 1, version: at.version })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ version: at.version })),
);

/**
 * Brings the tables up to date inside the transaction that `lane` is; the caller sees to it that only one process does so at
 * a time. Throws where the database was written by a newer Frontdesk: an older one would not understand it.
 */
export async function migrate(lane: Lane): Promise<void> {
  await lane.write({ name: '', sql: versionTable(lane).compile().sql }, []);
  const found = (await read.first(lane, {}))?.version ?? 0;
  if (found > MIGRATIONS.length) {
    throw new Error(
      `The database has version ${found}, this Frontdesk knows ${MIGRATIONS.length}: start the newer Frontdesk, or restore the backup made before it.`,
    );
  }
  if (found === MIGRATIONS.length) return;
  for (const step of MIGRATIONS.slice(found)) {
    for (const statement of step(lane.dialect.db)) {
      const { sql, parameters } = statement.compile();
      await lane.write({ name: '', sql }, parameters);
    }
  }
  await write.write(lane, { version: MIGRATIONS.length });
}
