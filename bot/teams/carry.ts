import { z } from 'zod';
import { ORIGINS } from '#dialogs/shared.ts';
import type { Origin } from '#dialogs/shared.ts';
import type { LogRow, Unit } from '#src/log/ports.ts';
import { Turn } from '#src/log/turn.ts';
import type { InboundActivity } from '../inbound.ts';
import { referenceOf } from './place.ts';

/** Words that are taken from elsewhere into the private chat. */
export interface Carried {
  readonly text: string;
  readonly from: Origin;
  /** Names where they were said, so that they are taken once. */
  readonly source: string;
  readonly locale: string | undefined;
}

/** What marks such a row; no channel sends it: Teams puts nothing of that name there. */
const MARK = 'carriedFrom';

export function carriedFrom({ channelData }: InboundActivity): Origin | null {
  return z.enum(ORIGINS).safeParse(channelData?.[MARK]).data ?? null;
}

/**
 * Lets the person have said something in their private chat, as a row of its log: its turn runs after the commit, or after the
 * next start. False where that chat can't be answered, or the words were taken already.
 */
export async function carryTo(chat: string, carried: Carried, unit: Unit, now: number): Promise<boolean> {
  const conversation = await unit.conversations.byId(chat);
  if (!conversation) return false;
  if (await unit.rows.bySource(chat, carried.source)) return false;
  // Nothing is said in it.
  const turn = new Turn(conversation, true, now);
  if (!hearCarried(turn, carried)) return false;
  if (!(await turn.commit(unit))) throw new Error('the conversation moved while it was locked');
  return true;
}

/** The same within a turn of the private chat itself. */
export function hearCarried(turn: Turn, { text, from, source, locale }: Carried): LogRow | null {
  const reference = referenceOf(turn.conversation);
  if (!reference) return null;
  const { channelId, serviceUrl, conversation, user, bot } = reference;
  const body: InboundActivity = {
    type: 'message',
    channelId,
    serviceUrl,
    conversation,
    from: user,
    recipient: bot,
    text,
    ...(locale !== undefined && { locale }),
    channelData: { [MARK]: from },
  };
  return turn.hear({ sourceId: source, body });
}
