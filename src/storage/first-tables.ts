import { sql } from 'kysely';
import type { Compilable } from 'kysely';
import type { Builder } from './migrations.ts';

export function conversations({ schema }: Builder): Compilable[] {
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

export function activities({ schema }: Builder): Compilable[] {
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

export function requests({ schema }: Builder): Compilable[] {
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

export function jobs({ schema }: Builder): Compilable[] {
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
