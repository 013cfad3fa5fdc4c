import { sql } from 'kysely';
import type { Compilable, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** The table of those who wait for the end of an incident. */
export function incidentTables({ schema }: Kysely<Tables>): Compilable[] {
  return [
    schema
      .createTable('incident_links')
      .addColumn('incident', 'text', (column) => column.notNull())
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('offering', 'text', (column) => column.notNull())
      .addColumn('party', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('told_at', 'bigint')
      .addColumn('title', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('incident_links_key', ['incident', 'conversation'])
      .addForeignKeyConstraint('incident_links_conversation', ['conversation'], 'conversations', ['id']),
    schema
      .createIndex('incident_links_waiting')
      .on('incident_links')
      .columns(['incident', 'offering', 'party', 'conversation'])
      .where(sql<boolean>`told_at is null`),
  ];
}
