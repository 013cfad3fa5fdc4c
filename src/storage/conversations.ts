import { sql } from 'kysely';
import type { Vouched } from '#src/intake/vouched.ts';
import type { Conversation } from '#src/log/ports.ts';
import { toConversation, toRow } from './conversation-row.ts';
import { DeskLists } from './desk-lists.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { ConversationsTable } from './tables.ts';

const byId = new Query<{ id: string }, ConversationsTable>(({ db, locked }, at) =>
  db.selectFrom('conversations').selectAll().where('id', '=', at.id).$call(locked),
);

const peek = new Query<{ id: string }, ConversationsTable>(({ db }, at) =>
  db.selectFrom('conversations').selectAll().where('id', '=', at.id),
);

const byChannel = new Query<{ channel: string; channelConversationId: string }, ConversationsTable>(
  ({ db, locked }, at) =>
    db
      .selectFrom('conversations')
      .selectAll()
      .where('channel', '=', at.channel)
      .where('channel_conversation_id', '=', at.channelConversationId)
      .$call(locked),
);

const insert = new Query<ConversationsTable>(({ db }, at) =>
  db
    .insertInto('conversations')
    .values({
      id: at.id,
      channel: at.channel,
      channel_conversation_id: at.channel_conversation_id,
      owner: at.owner,
      epoch: at.epoch,
      agent: at.agent,
      person: at.person,
      tenant: at.tenant,
      language: at.language,
      offering: at.offering,
      reference: at.reference,
      state: at.state,
      vouched: at.vouched,
      imprints: at.imprints,
      pushes: at.pushes,
      version: at.version,
      last_seq: at.last_seq,
      in_seq: at.in_seq,
      done_seq: at.done_seq,
      out_seq: at.out_seq,
      sent_seq: at.sent_seq,
      waiting_since: at.waiting_since,
      owned_since: at.owned_since,
      desk_at: at.desk_at,
      created_at: at.created_at,
      updated_at: at.updated_at,
    })
    .onConflict((conflict) => conflict.columns(['channel', 'channel_conversation_id']).doNothing()),
);

/**
 * Channel, channel's id and birth never change, cursor and pace of the sender are the sender's, and what was proved is kept by `vouch`;
 * the rest is written as a whole, if nobody else wrote since.
 */
const save = new Query<ConversationsTable>(({ db }, at) =>
  db
    .updateTable('conversations')
    .set((row) => ({
      owner: at.owner,
      epoch: at.epoch,
      agent: at.agent,
      person: at.person,
      tenant: at.tenant,
      language: at.language,
      offering: at.offering,
      reference: at.reference,
      state: at.state,
      imprints: at.imprints,
      version: row('version', '+', 1),
      last_seq: at.last_seq,
      in_seq: at.in_seq,
      done_seq: at.done_seq,
      out_seq: at.out_seq,
      waiting_since: at.waiting_since,
      owned_since: at.owned_since,
      desk_at: at.desk_at,
      updated_at: at.updated_at,
    }))
    .where('id', '=', at.id)
    .where('version', '=', at.version),
);

const sent = new Query<{ id: string; seq: number }>(({ db }, at) =>
  db.updateTable('conversations').set({ sent_seq: at.seq }).where('id', '=', at.id).where('sent_seq', '<', at.seq),
);

const paced = new Query<{ id: string; pushes: string }>(({ db }, at) =>
  db.updateTable('conversations').set({ pushes: at.pushes }).where('id', '=', at.id),
);

const touchDesk = new Query<{ id: string; at: number }>(({ db }, at) =>
  db.updateTable('conversations').set({ desk_at: at.at }).where('id', '=', at.id).where('desk_at', '<', at.at),
);

const vouch = new Query<{ id: string; vouched: string }>(({ db }, at) =>
  db.updateTable('conversations').set({ vouched: at.vouched }).where('id', '=', at.id),
);

// The conditions are those of the partial indexes, word for word: only then do both engines use them.
const pendingTurns = new Query<{ limit: number }, { id: string }>(({ db }, at) =>
  db
    .selectFrom('conversations')
    .select('id')
    .where(sql<boolean>`done_seq < in_seq`)
    .orderBy('updated_at')
    .limit(at.limit),
);

const unsentRows = new Query<{ limit: number }, { id: string }>(({ db }, at) =>
  db
    .selectFrom('conversations')
    .select('id')
    .where(sql<boolean>`sent_seq < out_seq`)
    .orderBy('updated_at')
    .limit(at.limit),
);

const ofPerson = new Query<{ channel: string; person: string; limit: number }, ConversationsTable>(({ db }, at) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where('person', '=', at.person)
    .where('channel', '=', at.channel)
    .orderBy('updated_at', 'desc')
    .limit(at.limit),
);

/** Conversations and their cursors over the log. */
export class Conversations extends DeskLists {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    super(lane);
    this.#lane = lane;
  }

  async byId(id: string): Promise<Conversation | undefined> {
    const row = await byId.first(this.#lane, { id });
    return row && toConversation(row);
  }

  async peek(id: string): Promise<Conversation | undefined> {
    const row = await peek.first(this.#lane, { id });
    return row && toConversation(row);
  }

  async byChannel(channel: string, channelConversationId: string): Promise<Conversation | undefined> {
    const row = await byChannel.first(this.#lane, { channel, channelConversationId });
    return row && toConversation(row);
  }

  async create(conversation: Conversation): Promise<Conversation> {
    await insert.write(this.#lane, toRow(conversation));
    const stored = await this.byChannel(conversation.channel, conversation.channelConversationId);
    if (!stored) throw new Error('A conversation that was just created cannot be read.');
    return stored;
  }

  async save(conversation: Conversation): Promise<boolean> {
    return (await save.write(this.#lane, toRow(conversation))) === 1;
  }

  async sent(id: string, seq: number): Promise<void> {
    await sent.write(this.#lane, { id, seq });
  }

  async paced(id: string, times: readonly number[]): Promise<void> {
    await paced.write(this.#lane, { id, pushes: JSON.stringify(times) });
  }

  async touchDesk(id: string, at: number): Promise<void> {
    await touchDesk.write(this.#lane, { id, at });
  }

  async vouch(id: string, vouched: Vouched): Promise<void> {
    await vouch.write(this.#lane, { id, vouched: JSON.stringify(vouched) });
  }

  async withPendingTurns(limit: number): Promise<string[]> {
    return (await pendingTurns.all(this.#lane, { limit })).map((row) => row.id);
  }

  async withUnsentRows(limit: number): Promise<string[]> {
    return (await unsentRows.all(this.#lane, { limit })).map((row) => row.id);
  }

  async ofPerson(channel: string, person: string, limit: number): Promise<Conversation[]> {
    return (await ofPerson.all(this.#lane, { channel, person, limit })).map(toConversation);
  }
}
