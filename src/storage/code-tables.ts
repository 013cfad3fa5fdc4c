import type { Compilable, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** The code that was sent last in a conversation. */
export function codeTables({ schema }: Kysely<Tables>): Compilable[] {
  return [
    schema
      .createTable('codes')
      .addColumn('conversation', 'text', (column) => column.primaryKey().notNull().references('conversations.id'))
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('to', 'text', (column) => column.notNull())
      .addColumn('agent', 'text', (column) => column.notNull())
      .addColumn('sent_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('tries_left', 'bigint', (column) => column.notNull())
      .addColumn('last_wrong', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('decided_at', 'bigint')
      .addColumn('sent', 'bigint', (column) => column.notNull()),
  ];
}
