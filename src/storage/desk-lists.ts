import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { OfferingId } from '#knowledge/schema.ts';
import { WIDENED } from '#src/handoff/clocks.ts';
import type { Patience } from '#src/handoff/clocks.ts';
import { HANDOFF_NOTICE } from '#src/handoff/notice.ts';
import type { Conversation, DeskPage } from '#src/log/ports.ts';
import { toConversation } from './conversation-row.ts';
import { manyOf, Query } from './query.ts';
import type { Lane } from './query.ts';
import type { ConversationsTable } from './tables.ts';

/** Whether a row's offering is one of the list's (`listOf`). */
export const isAmong = (offerings: RawBuilder<string>) => sql<boolean>`${offerings} like '%,' || offering || ',%'`;

// `owner = '…'` and `desk_at is not null` are those of the partial indexes, word for word: only then do both engines use them.
const waiting = new Query<{ limit: number }, ConversationsTable>(({ db }, at) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where(sql<boolean>`owner = 'waiting'`)
    .orderBy('waiting_since')
    .orderBy('id')
    .limit(at.limit),
);

const waitingFor = new Query<{ offering: string | null; but: string }, { others: number | string }>(({ db }, at) =>
  db
    .selectFrom('conversations')
    .select(({ fn }) => fn.countAll<number | string>().as('others'))
    .where(sql<boolean>`owner = 'waiting'`)
    .where('id', '<>', at.but)
    .where(sql<boolean>`(offering is null or offering = ${at.offering})`),
);

const untold = new Query<{ limit: number }, ConversationsTable>(({ db }, at) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where(sql<boolean>`owner = 'waiting'`)
    .where(
      sql<boolean>`not exists (select 1 from notices where key = ${sql.lit(HANDOFF_NOTICE)} || conversations.id || ':' || conversations.epoch)`,
    )
    .orderBy('waiting_since')
    .orderBy('id')
    .limit(at.limit),
);

/** Everybody was asked already for who waits in this epoch. */
const isWidened = sql<boolean>`exists (
  select 1 from spent where spent.id = ${sql.lit(WIDENED)} || conversations.id || ':' || conversations.epoch)`;

const widened = new Query<{ ids: string }, { id: string }>(({ db, among }, at) =>
  db
    .selectFrom('conversations')
    .select('id')
    .where(among(sql`id`, at.ids))
    .where(isWidened),
);

const several = new Query<{ ids: string }, ConversationsTable>(({ db, among }, at) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where(among(sql`id`, at.ids)),
);

const longWaiting = new Query<{ widen: number; file: number; limit: number }, { id: string }>(({ db }, at) =>
  db
    .selectFrom('conversations')
    .select('id')
    .where(sql<boolean>`owner = 'waiting'`)
    .where(sql<boolean>`(owned_since <= ${at.file} or (owned_since <= ${at.widen} and not ${isWidened}))`)
    .orderBy('waiting_since')
    .orderBy('id')
    .limit(at.limit),
);

/** Whose agent's desk is closed: signed out, or without a sign of life since `gone`. */
const withoutDesk = new Query<{ gone: number; limit: number }, { id: string }>(({ db }, at) =>
  db
    .selectFrom('conversations')
    .leftJoin('agents', 'agents.id', 'conversations.agent')
    .select('conversations.id')
    .where(sql<boolean>`conversations.owner = 'agent'`)
    .where(
      sql<boolean>`(conversations.agent is null or agents.presence = 'gone'
        or (conversations.owned_since < ${at.gone} and coalesce(agents.seen_at, 0) < ${at.gone}))`,
    )
    .orderBy('conversations.id')
    .limit(at.limit),
);

const withAgent = new Query<{ limit: number }, ConversationsTable>(({ db }, at) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where(sql<boolean>`owner = 'agent'`)
    .orderBy('id')
    .limit(at.limit),
);

const deskChanges = new Query<{ since: number; limit: number }, ConversationsTable>(({ db }, at) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where('desk_at', '>=', at.since)
    .where(sql<boolean>`desk_at is not null`)
    .orderBy('desk_at')
    .orderBy('id')
    .limit(at.limit),
);

const atDesk = new Query<{ before: number; limit: number; offerings: string; agent: string }, ConversationsTable>(
  ({ db }, at) =>
    db
      .selectFrom('conversations')
      .selectAll()
      .where('desk_at', '<', at.before)
      .where(sql<boolean>`desk_at is not null`)
      .where(sql<boolean>`(offering is null or ${isAmong(at.offerings)})`)
      .where(sql<boolean>`(${at.agent} = '' or (owner = 'agent' and agent = ${at.agent}))`)
      .orderBy('desk_at', 'desc')
      .orderBy('id', 'desc')
      .limit(at.limit),
);

/** Whom the desk has, had, and must look after. */
export class DeskLists {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async waiting(limit: number): Promise<Conversation[]> {
    return (await waiting.all(this.#lane, { limit })).map(toConversation);
  }

  async several(ids: readonly string[]): Promise<Conversation[]> {
    return (await several.all(this.#lane, { ids: manyOf(ids) })).map(toConversation);
  }

  async widened(ids: readonly string[]): Promise<string[]> {
    return (await widened.all(this.#lane, { ids: manyOf(ids) })).map(({ id }) => id);
  }

  /** PostgreSQL's count comes as text. */
  async waitingFor(offering: OfferingId | null, but: string): Promise<number> {
    return Number((await waitingFor.first(this.#lane, { offering, but }))?.others ?? 0);
  }

  async untold(limit: number): Promise<Conversation[]> {
    return (await untold.all(this.#lane, { limit })).map(toConversation);
  }

  async overdue({ gone, widen, file }: Patience, now: number, limit: number): Promise<string[]> {
    const lost = await withoutDesk.all(this.#lane, { gone: now - gone, limit });
    const long = await longWaiting.all(this.#lane, { widen: now - widen, file: now - file, limit });
    return [...lost, ...long].map(({ id }) => id);
  }

  async withAgent(limit: number): Promise<Conversation[]> {
    return (await withAgent.all(this.#lane, { limit })).map(toConversation);
  }

  async deskChanges(since: number, limit: number): Promise<Conversation[]> {
    return (await deskChanges.all(this.#lane, { since, limit })).map(toConversation);
  }

  async atDesk({ before, limit, offerings, agent }: DeskPage): Promise<Conversation[]> {
    const page = { before: before ?? END_OF_TIME, limit, offerings: listOf(offerings), agent: agent ?? '' };
    return (await atDesk.all(this.#lane, page)).map(toConversation);
  }
}

/** Later than every instant that both engines can keep in a bigint and JavaScript can count exactly. */
const END_OF_TIME = Number.MAX_SAFE_INTEGER;

/** Offerings as one value that both engines can look into: a query's text is built once, however many there are. */
export const listOf = (offerings: readonly OfferingId[]): string => `,${offerings.join()},`;
