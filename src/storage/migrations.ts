import { sql } from 'kysely';
import type { Compilable, Kysely } from 'kysely';
import { deskTables } from './desk-tables.ts';
import { codeTables } from './code-tables.ts';
import { activities, conversations, jobs, requests } from './first-tables.ts';
import { incidentTables } from './incident-tables.ts';
import { noticeTables } from './notice-tables.ts';
import { outsideTables } from './outside-tables.ts';
import { promiseTables } from './promise-tables.ts';
import { byPerson, closings, imprints, offeringOfRequests, ratings } from './after-tables.ts';
import { retentionTables, whose } from './retention-tables.ts';
import type { Tables } from './tables.ts';

/** What a migration is written with; the same statements run on both engines. */
export type Builder = Kysely<Tables>;

/**
 * The steps from an empty database to today's tables, in order. A step that was ever released is never changed; the next one
 * is added below. All missing steps run in one transaction.
 */
export const MIGRATIONS: readonly ((db: Builder) => Compilable[])[] = [
  (db) => [...conversations(db), ...activities(db), ...requests(db), ...jobs(db), ...rest(db)],
  (db) => deskIndexes(db),
  (db) => files(db),
  (db) => vouched(db),
  (db) => incidentTables(db),
  (db) => outsideTables(db),
  (db) => ratings(db),
  (db) => byPerson(db),
  (db) => deskTables(db),
  (db) => promiseTables(db),
  (db) => codeTables(db),
  (db) => closings(db),
  (db) => noticeTables(db),
  (db) => offeringOfRequests(db),
  (db) => retentionTables(db),
  (db) => whose(db),
  (db) => imprints(db),
];

/** What the agents' desk asks for every few seconds. */
function deskIndexes({ schema }: Builder): Compilable[] {
  return [
    schema
      .createIndex('requests_open')
      .on('requests')
      .columns(['severity', 'created_at', 'number'])
      .where(sql<boolean>`state = 'open'`),
    schema
      .createIndex('conversations_agent')
      .on('conversations')
      .column('id')
      .where(sql<boolean>`owner = 'agent'`),
  ];
}

function rest(db: Builder): Compilable[] {
  const { schema } = db;
  return [
    schema
      .createTable('feedback')
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('topic', 'text')
      .addColumn('question', 'text')
      .addColumn('language', 'text', (column) => column.notNull())
      .addColumn('score', 'bigint')
      .addColumn('comment', 'text')
      .addColumn('at', 'bigint', (column) => column.notNull()),
    schema
      .createTable('unanswered')
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('language', 'text', (column) => column.notNull())
      .addColumn('offering', 'text')
      .addColumn('at', 'bigint', (column) => column.notNull()),
    schema
      .createTable('mails')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('to', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull()),
    schema
      .createTable('spent')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull()),
    schema.createIndex('spent_expiry').on('spent').column('expires_at'),
    schema
      .createTable('audit')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('detail', 'text', (column) => column.notNull()),
    schema.createIndex('audit_at').on('audit').column('at'),
    schema
      .createTable('heartbeat')
      .addColumn('id', 'bigint', (column) => column.primaryKey().notNull())
      .addColumn('beats', 'bigint', (column) => column.notNull()),
    db.insertInto('heartbeat').values({ id: 1, beats: 0 }),
  ];
}

function vouched({ schema }: Builder): Compilable[] {
  return [
    schema
      .alterTable('conversations')
      .addColumn('vouched', 'text', (column) => column.notNull().defaultTo(sql.lit('null'))),
  ];
}

function files({ schema }: Builder): Compilable[] {
  return [
    schema
      .createTable('files')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('size', 'bigint', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      // PostgreSQL's word; SQLite keeps bytes as they are, whatever a column is called.
      .addColumn('bytes', 'bytea', (column) => column.notNull()),
    schema.createIndex('files_conversation').on('files').columns(['conversation', 'size']),
  ];
}
