import { sql } from 'kysely';
import type { Compilable } from 'kysely';
import { OFFERINGS } from '#knowledge/schema.ts';
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

/**
 * A request's offering by itself, so that a page of requests is filtered where it is read. What was filed before has it in its
 * draft alone: in JSON a quotation mark inside a text is never a bare one, so nothing that a person wrote looks like this.
 */
export function offeringOfRequests(db: Builder): Compilable[] {
  return [
    db.schema.alterTable('requests').addColumn('offering', 'text', (column) => column.notNull().defaultTo('')),
    ...OFFERINGS.map((offering) =>
      db.updateTable('requests').set({ offering }).where('draft', 'like', `%"offering":"${offering}"%`),
    ),
  ];
}

/** By what an activity is known again that comes under another id; and how fast a conversation was written to. */
export function imprints({ schema }: Builder): Compilable[] {
  return [
    schema
      .alterTable('conversations')
      .addColumn('imprints', 'text', (column) => column.notNull().defaultTo(sql.lit('[]'))),
    schema
      .alterTable('conversations')
      .addColumn('pushes', 'text', (column) => column.notNull().defaultTo(sql.lit('[]'))),
  ];
}
