import { sql } from 'kysely';
import type { Compilable } from 'kysely';
import type { Builder } from './migrations.ts';

/** By what it is found that something is long over. */
export function retentionTables({ schema }: Builder): Compilable[] {
  return [
    schema.alterTable('conversations').addColumn('cleared_at', 'bigint'),
    schema
      .createIndex('conversations_idle')
      .on('conversations')
      .column('updated_at')
      .where(sql<boolean>`(cleared_at is null or cleared_at < updated_at)`),
    schema
      .createIndex('jobs_done')
      .on('jobs')
      .column('tried_at')
      .where(sql<boolean>`state = 'done'`),
    schema
      .createIndex('notices_over')
      .on('notices')
      .column('since')
      .where(sql<boolean>`state = 'over'`),
    schema.createIndex('mails_at').on('mails').columns(['at', 'id']),
    schema.createIndex('incident_links_conversation').on('incident_links').column('conversation'),
  ];
}

/**
 * Which request a job is about, and who wrote a line of a history, by themselves rather than by what their texts look like. Talks
 * that went before their person's name did go once more.
 */
export function whose(db: Builder): Compilable[] {
  return [
    db.schema.alterTable('jobs').addColumn('request', 'text'),
    db
      .updateTable('jobs')
      .set((job) => ({
        request: job
          .selectFrom('requests')
          .select(({ fn }) => fn.max('requests.number').as('number'))
          .where(sql<boolean>`jobs.key || ':' like '%:' || requests.number || ':%'`),
      }))
      .where('state', '<>', sql.lit('done')),
    db.schema.alterTable('request_events').addColumn('person', 'text'),
    db.updateTable('conversations').set({ cleared_at: null }).where('cleared_at', 'is not', null),
  ];
}
