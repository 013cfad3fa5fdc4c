import { sql } from 'kysely';
import type { Compilable, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What the agents' channel was told. */
export function noticeTables({ schema }: Kysely<Tables>): Compilable[] {
  return [
    schema
      .createTable('notices')
      .addColumn('key', 'text', (column) => column.primaryKey().notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('epoch', 'bigint', (column) => column.notNull())
      .addColumn('request', 'text')
      .addColumn('severity', 'text', (column) => column.notNull())
      .addColumn('offering', 'text')
      .addColumn('language', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('rounds', 'bigint', (column) => column.notNull())
      .addColumn('next_at', 'bigint', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('activity_id', 'text')
      .addColumn('by', 'text'),
    schema
      .createIndex('notices_standing')
      .on('notices')
      .columns(['since', 'key'])
      .where(sql<boolean>`state <> 'over'`),
  ];
}
