import { sql } from 'kysely';
import type { Compilable, Kysely } from 'kysely';
import { deskTables } from './desk-tables.ts';
import { codeTables } from './code-tables.ts';
import { incidentTables } from './incident-tables.ts';
import { noticeTables } from './notice-tables.ts';
import { outsideTables } from './outside-tables.ts';
import { promiseTables } from './promise-tables.ts';
import { byPerson, closings, offeringOfRequests, ratings } from './after-tables.ts';
import { retentionTables } from './retention-tables.ts';
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
];

function conversations({ schema }: Builder): Compilable[] {
  return [
    schema
      .createTable('conversations')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('channel_conversation_id', 'text', (column) => column.notNull())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('epoch', 'bigint', (column) => column.notNull())
      .addColumn('agent', 'text')
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('tenant', 'text')
      .addColumn('language', 'text')
      .addColumn('offering', 'text')
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('last_seq', 'bigint', (column) => column.notNull())
      .addColumn('in_seq', 'bigint', (column) => column.notNull())
      .addColumn('done_seq', 'bigint', (column) => column.notNull())
      .addColumn('out_seq', 'bigint', (column) => column.notNull())
      .addColumn('sent_seq', 'bigint', (column) => column.notNull())
      .addColumn('waiting_since', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      // The long columns come last: SQLite reads the short ones without following overflow pages.
      .addColumn('reference', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull()),
    schema
      .createIndex('conversations_channel')
      .on('conversations')
      .columns(['channel', 'channel_conversation_id'])
      .unique(),
    schema
      .createIndex('conversations_pending')
      .on('conversations')
      .column('id')
      .where(sql<boolean>`done_seq < in_seq`),
    schema
      .createIndex('conversations_unsent')
      .on('conversations')
      .column('id')
      .where(sql<boolean>`sent_seq < out_seq`),
    schema
      .createIndex('conversations_waiting')
      .on('conversations')
      .columns(['waiting_since', 'id'])
      .where(sql<boolean>`owner = 'waiting'`),
  ];
}

function activities({ schema }: Builder): Compilable[] {
  return [
    schema
      .createTable('activities')
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('direction', 'text', (column) => column.notNull())
      .addColumn('role', 'text', (column) => column.notNull())
      .addColumn('source_id', 'text')
      .addColumn('reply_to', 'bigint')
      .addColumn('epoch', 'bigint', (column) => column.notNull())
      .addColumn('delivery', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('activities_key', ['conversation', 'seq'])
      .addForeignKeyConstraint('activities_conversation', ['conversation'], 'conversations', ['id']),
    schema
      .createIndex('activities_source')
      .on('activities')
      .columns(['conversation', 'source_id'])
      .unique()
      .where(sql<boolean>`source_id is not null`),
  ];
}

function requests({ schema }: Builder): Compilable[] {
  return [
    schema
      .createTable('requests')
      .addColumn('number', 'text', (column) => column.primaryKey().notNull())
      .addColumn('submission_id', 'text', (column) => column.notNull().unique())
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('person_name', 'text', (column) => column.notNull())
      .addColumn('tenant', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('severity', 'text', (column) => column.notNull())
      .addColumn('respond_by', 'text')
      .addColumn('provisional', 'integer', (column) => column.notNull())
      .addColumn('draft', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull()),
    schema.createIndex('requests_order').on('requests').columns(['created_at', 'number']),
    schema.createIndex('requests_person').on('requests').columns(['person', 'created_at', 'number']),
    schema.createIndex('requests_tenant').on('requests').columns(['tenant', 'created_at', 'number']),
    schema
      .createTable('request_events')
      .addColumn('number', 'text', (column) => column.notNull().references('requests.number'))
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('data', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('request_events_key', ['number', 'seq']),
  ];
}

function jobs({ schema }: Builder): Compilable[] {
  return [
    schema
      .createTable('jobs')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull().unique())
      .addColumn('payload', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'bigint', (column) => column.notNull())
      .addColumn('run_at', 'bigint', (column) => column.notNull())
      .addColumn('leased_until', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_error', 'text'),
    schema
      .createIndex('jobs_ready')
      .on('jobs')
      .column('run_at')
      .where(sql<boolean>`state = 'ready'`),
    schema
      .createIndex('jobs_dead')
      .on('jobs')
      .column('run_at')
      .where(sql<boolean>`state = 'dead'`),
  ];
}

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
