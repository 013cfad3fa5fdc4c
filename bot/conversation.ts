import type { Conversation } from '#src/log/ports.ts';
import type { Address } from './reception.ts';

/** A conversation in which nothing was said yet. */
export function newConversation(address: Address, id: string, now: number): Conversation {
  const { channel, channelConversationId, person, tenant, vouched = null, reference } = address;
  return {
    id,
    channel,
    channelConversationId,
    owner: 'bot',
    epoch: 1,
    agent: null,
    person,
    tenant,
    vouched,
    language: null,
    offering: null,
    reference,
    state: null,
    imprints: [],
    pushes: [],
    version: 0,
    lastSeq: 0,
    inSeq: 0,
    doneSeq: 0,
    outSeq: 0,
    sentSeq: 0,
    waitingSince: null,
    ownedSince: now,
    deskAt: null,
    createdAt: now,
    updatedAt: now,
  };
}
