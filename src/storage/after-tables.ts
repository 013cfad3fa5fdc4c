import { sql } from 'kysely';
import type { Compilable } from 'kysely';
import type { Builder } from './migrations.ts';

/** A talk with an agent is rated once; opinions about articles have no talk, and NULLs never collide. */
export function ratings({ schema }: Builder): Compilable[] {
  return [
    schema.alterTable('feedback').addColumn('agent', 'text'),
    schema.alterTable('feedback').addColumn('talk', 'bigint'),
    schema.createIndex('feedback_talk').on('feedback').columns(['conversation', 'talk']).unique(),
  ];
}

/** A person's conversations: what is said in a channel goes on in the private chat. */
export function byPerson({ schema }: Builder): Compilable[] {
  return [schema.createIndex('conversations_person').on('conversations').columns(['person', 'channel', 'updated_at'])];
}

/** When a request was closed last; what was closed before is dated by its history. */
export function closings(db: Builder): Compilable[] {
  return [
    db.schema.alterTable('requests').addColumn('closed_at', 'bigint'),
    db
      .updateTable('requests')
      .set((request) => ({
        closed_at: request
          .selectFrom('request_events')
          .select(({ fn }) => fn.max('request_events.at').as('at'))
          .whereRef('request_events.number', '=', 'requests.number')
          .where('request_events.kind', '=', sql.lit('closed')),
      }))
      .where('state', '=', sql.lit('closed')),
  ];
}
