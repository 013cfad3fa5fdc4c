import { z } from 'zod';
import { vouchedSchema } from '#src/intake/vouched.ts';
import type { Vouched } from '#src/intake/vouched.ts';
import type { Imprint } from '#src/log/delivered.ts';
import type { Conversation } from '#src/log/ports.ts';
import { writeJson } from './json.ts';
import type { ConversationsTable } from './tables.ts';

/** Of a shape that an older or newer Frontdesk wrote, nothing is believed: the person is asked. */
function vouchedOf(stored: string): Vouched | null {
  return stored === 'null' ? null : (vouchedSchema.safeParse(JSON.parse(stored)).data ?? null);
}

const imprintsSchema = z.array(z.tuple([z.string(), z.number(), z.number()]));

const pushesSchema = z.array(z.number());

/** As short as can be: they are written with every turn. */
const writeImprints = (imprints: readonly Imprint[]): string =>
  imprints.length === 0 ? '[]' : JSON.stringify(imprints.map(({ of, seq, at }) => [of, seq, at]));

function imprintsOf(stored: string): Imprint[] {
  if (stored === '[]') return [];
  return imprintsSchema.parse(JSON.parse(stored)).map(([of, seq, at]) => ({ of, seq, at }));
}

export function toRow(conversation: Conversation): ConversationsTable {
  return {
    id: conversation.id,
    channel: conversation.channel,
    channel_conversation_id: conversation.channelConversationId,
    owner: conversation.owner,
    epoch: conversation.epoch,
    agent: conversation.agent,
    person: conversation.person,
    tenant: conversation.tenant,
    language: conversation.language,
    offering: conversation.offering,
    reference: writeJson(conversation.reference),
    state: writeJson(conversation.state),
    vouched: JSON.stringify(conversation.vouched),
    imprints: writeImprints(conversation.imprints),
    pushes: JSON.stringify(conversation.pushes),
    version: conversation.version,
    last_seq: conversation.lastSeq,
    in_seq: conversation.inSeq,
    done_seq: conversation.doneSeq,
    out_seq: conversation.outSeq,
    sent_seq: conversation.sentSeq,
    waiting_since: conversation.waitingSince,
    owned_since: conversation.ownedSince,
    desk_at: conversation.deskAt,
    created_at: conversation.createdAt,
    updated_at: conversation.updatedAt,
  };
}

export function toConversation(row: ConversationsTable): Conversation {
  return {
    id: row.id,
    channel: row.channel,
    channelConversationId: row.channel_conversation_id,
    owner: row.owner,
    epoch: row.epoch,
    agent: row.agent,
    person: row.person,
    tenant: row.tenant,
    language: row.language,
    offering: row.offering,
    reference: JSON.parse(row.reference),
    state: JSON.parse(row.state),
    vouched: vouchedOf(row.vouched),
    imprints: imprintsOf(row.imprints),
    pushes: row.pushes === '[]' ? [] : pushesSchema.parse(JSON.parse(row.pushes)),
    version: row.version,
    lastSeq: row.last_seq,
    inSeq: row.in_seq,
    doneSeq: row.done_seq,
    outSeq: row.out_seq,
    sentSeq: row.sent_seq,
    waitingSince: row.waiting_since,
    ownedSince: row.owned_since,
    deskAt: row.desk_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
