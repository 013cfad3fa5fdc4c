import { sql } from 'kysely';
import type { Compilable, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** The table of what was promised to customers, and the ways in which the desk and its clock look for it. */
export function promiseTables({ schema }: Kysely<Tables>): Compilable[] {
  const isOpen = sql<boolean>`state = 'open'`;
  return [
    schema
      .createTable('promises')
      .addColumn('request', 'text', (column) => column.notNull().references('requests.number'))
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('due', 'bigint', (column) => column.notNull())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('ended_by', 'text')
      .addColumn('reason', 'text')
      .addColumn('warned_at', 'bigint')
      .addColumn('renews', 'bigint')
      .addColumn('misses', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('promises_key', ['request', 'seq']),
    schema.createIndex('promises_due').on('promises').columns(['due', 'request', 'seq']).where(isOpen),
    schema.createIndex('promises_talk').on('promises').columns(['conversation', 'request', 'seq']).where(isOpen),
    schema
      .createIndex('promises_broken')
      .on('promises')
      .columns(['ended_at', 'request', 'seq'])
      .where(sql<boolean>`state = 'broken'`),
  ];
}
