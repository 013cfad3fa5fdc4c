import { sql } from 'kysely';
import type { Compilable } from 'kysely';
import type { Builder } from './migrations.ts';

/** What the agents' desk needs: who works there, and which conversations changed for it. */
export function deskTables({ schema }: Builder): Compilable[] {
  return [
    schema.alterTable('conversations').addColumn('desk_at', 'bigint'),
    schema
      .alterTable('conversations')
      .addColumn('owned_since', 'bigint', (column) => column.notNull().defaultTo(sql.lit(0))),
    schema
      .createIndex('conversations_desk')
      .on('conversations')
      .columns(['desk_at', 'id'])
      .where(sql<boolean>`desk_at is not null`),
    schema
      .createTable('agents')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('role', 'text', (column) => column.notNull())
      .addColumn('queues', 'text', (column) => column.notNull())
      .addColumn('languages', 'text', (column) => column.notNull())
      .addColumn('categories', 'text', (column) => column.notNull())
      .addColumn('capacity', 'bigint', (column) => column.notNull())
      .addColumn('presence', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'bigint', (column) => column.notNull())
      .addColumn('served_at', 'bigint', (column) => column.notNull()),
    schema.createIndex('requests_conversation').on('requests').columns(['conversation', 'created_at', 'number']),
    schema.createIndex('agents_seen').on('agents').column('seen_at'),
  ];
}
