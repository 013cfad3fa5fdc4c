import { randomUUID } from 'node:crypto';
import type { Storage } from '#src/log/ports.ts';
import type { InboundActivity } from '../inbound.ts';
import { newConversation } from '../conversation.ts';
import { provenBy } from '../person-key.ts';
import type { Reception } from '../reception.ts';
import { carryTo } from './carry.ts';
import { privateChatOf } from './place.ts';
import { holding } from './shared-turns.ts';

interface Chosen {
  readonly text: string;
  /** Minted with the form: what is submitted twice is taken once. */
  readonly token: string;
  readonly activity: InboundActivity;
  readonly person: string;
}

interface Taking {
  readonly storage: Storage;
  readonly reception: Pick<Reception, 'resume'>;
  readonly clock: () => number;
}

/**
 * Takes a text into the person's private chat; false where there is none yet: then it waits until they open it, as what is
 * said in a channel does.
 */
export async function takePrivately(chosen: Chosen, { storage, reception, clock }: Taking): Promise<boolean> {
  const { text, token, activity, person } = chosen;
  const { channelId: channel, locale } = activity;
  const now = clock();
  const chat = await storage.transact(async (unit) => {
    const own = await privateChatOf(channel, person, unit);
    if (own) {
      await carryTo(own.id, { text, from: 'message', source: `carried:${token}`, locale }, unit, now);
      return own.id;
    }
    const place = await unit.conversations.create(newConversation(placeOf(activity, person), randomUUID(), now));
    await unit.conversations.save({ ...place, state: holding(text, now), updatedAt: now });
    return null;
  });
  if (chat !== null) await reception.resume(chat);
  return chat !== null;
}

/** Not a place in Teams: only where the words wait. Nothing is ever said there. */
function placeOf(activity: InboundActivity, person: string) {
  const { channelId, from, recipient, serviceUrl = '' } = activity;
  const id = `message|${person}`;
  return {
    channel: channelId,
    channelConversationId: id,
    person,
    tenant: provenBy(channelId, person)?.tenant ?? null,
    reference: {
      serviceUrl,
      channelId,
      conversation: { id, conversationType: 'message', isGroup: true },
      user: from,
      bot: { ...recipient, id: recipient?.id ?? 'bot' },
    },
  };
}
