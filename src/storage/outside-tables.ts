import { sql } from 'kysely';
import type { Compilable, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** When a job was tried last and whether that came to an end; jobs are looked for by kind; a request's ticket elsewhere. */
export function outsideTables({ schema }: Kysely<Tables>): Compilable[] {
  const none = sql.lit(0);
  return [
    schema.alterTable('jobs').addColumn('tried_at', 'bigint', (column) => column.notNull().defaultTo(none)),
    schema.alterTable('jobs').addColumn('unfinished', 'bigint', (column) => column.notNull().defaultTo(none)),
    schema.dropIndex('jobs_ready'),
    schema
      .createIndex('jobs_due')
      .on('jobs')
      .columns(['kind', 'run_at'])
      .where(sql<boolean>`state = 'ready'`),
    schema.alterTable('requests').addColumn('ticket', 'text'),
  ];
}
