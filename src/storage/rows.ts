import { sql } from 'kysely';
import type { Delivery, LogRow } from '#src/log/ports.ts';
import { readObject, writeJson } from './json.ts';
import { Insert, manyOf, Query } from './query.ts';
import type { Lane } from './query.ts';
import type { ActivitiesTable } from './tables.ts';

interface Page {
  conversation: string;
  after: number;
  limit: number;
}

const bySource = new Query<{ conversation: string; sourceId: string }, ActivitiesTable>(({ db }, at) =>
  db
    .selectFrom('activities')
    .selectAll()
    .where('conversation', '=', at.conversation)
    .where('source_id', '=', at.sourceId),
);

const list = new Query<Page, ActivitiesTable>(({ db }, at) =>
  db
    .selectFrom('activities')
    .selectAll()
    .where('conversation', '=', at.conversation)
    .where('seq', '>', at.after)
    .orderBy('seq')
    .limit(at.limit),
);

const pending = new Query<Page, ActivitiesTable>(({ db }, at) =>
  db
    .selectFrom('activities')
    .selectAll()
    .where('conversation', '=', at.conversation)
    .where('seq', '>', at.after)
    .where('direction', '=', 'in')
    .orderBy('seq')
    .limit(at.limit),
);

const setDelivery = new Query<{ conversation: string; seq: number; delivery: Delivery }>(({ db }, at) =>
  db
    .updateTable('activities')
    .set({ delivery: at.delivery })
    .where('conversation', '=', at.conversation)
    .where('seq', '=', at.seq),
);

const redact = new Query<{ conversation: string; seq: number; body: string }>(({ db }, at) =>
  db
    .updateTable('activities')
    .set({ body: at.body })
    .where('conversation', '=', at.conversation)
    .where('seq', '=', at.seq),
);

const insert = new Insert<ActivitiesTable>(({ db }, rows) =>
  db.insertInto('activities').values(
    rows.map((at) => ({
      conversation: at.conversation,
      seq: at.seq,
      direction: at.direction,
      role: at.role,
      source_id: at.source_id,
      reply_to: at.reply_to,
      epoch: at.epoch,
      body: at.body,
      delivery: at.delivery,
      at: at.at,
    })),
  ),
);

const lastIn = new Query<{ ids: string }, ActivitiesTable>(({ db, among }, at) =>
  db
    .selectFrom('conversations')
    .innerJoin('activities', (join) =>
      join
        .onRef('activities.conversation', '=', 'conversations.id')
        .onRef('activities.seq', '=', 'conversations.in_seq'),
    )
    .selectAll('activities')
    .where(among(sql`conversations.id`, at.ids)),
);

/** The rows of the log. */
export class Rows {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async bySource(conversation: string, sourceId: string): Promise<LogRow | undefined> {
    const row = await bySource.first(this.#lane, { conversation, sourceId });
    return row && toLogRow(row);
  }

  append(rows: readonly LogRow[]): Promise<void> {
    return insert.write(this.#lane, rows.map(toRow));
  }

  async list(conversation: string, after: number, limit: number): Promise<LogRow[]> {
    return (await list.all(this.#lane, { conversation, after, limit })).map(toLogRow);
  }

  async lastIn(conversations: readonly string[]): Promise<LogRow[]> {
    return (await lastIn.all(this.#lane, { ids: manyOf(conversations) })).map(toLogRow);
  }

  async pending(conversation: string, after: number, limit: number): Promise<LogRow[]> {
    return (await pending.all(this.#lane, { conversation, after, limit })).map(toLogRow);
  }

  async setDelivery(conversation: string, seq: number, delivery: Delivery): Promise<void> {
    await setDelivery.write(this.#lane, { conversation, seq, delivery });
  }

  async redact(conversation: string, seq: number, body: Record<string, unknown>): Promise<void> {
    await redact.write(this.#lane, { conversation, seq, body: writeJson(body) });
  }
}

function toRow(row: LogRow): ActivitiesTable {
  return {
    conversation: row.conversation,
    seq: row.seq,
    direction: row.direction,
    role: row.role,
    source_id: row.sourceId,
    reply_to: row.replyTo,
    epoch: row.epoch,
    body: writeJson(row.body),
    delivery: row.delivery,
    at: row.at,
  };
}

function toLogRow(row: ActivitiesTable): LogRow {
  return {
    conversation: row.conversation,
    seq: row.seq,
    direction: row.direction,
    role: row.role,
    sourceId: row.source_id,
    replyTo: row.reply_to,
    epoch: row.epoch,
    body: readObject(row.body),
    delivery: row.delivery,
    at: row.at,
  };
}
