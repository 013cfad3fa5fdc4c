import { createHash } from 'node:crypto';
import type { Imprint } from '#src/log/delivered.ts';
import type { Conversation } from '#src/log/ports.ts';
import { meaningOf } from '../inbound.ts';
import type { InboundActivity } from '../inbound.ts';

/**
 * Teams delivers again what got no answer in time: the service with the same id, its clients, which press a card's button
 * for the person up to three times, with a new id and a new time (BotFramework-Services #59, botbuilder-dotnet #5005). So a
 * press is known by its card and what it sends; a message, whose id and time are those of the chat, by its time and words.
 */

const CHANNEL = 'msteams';
/** So many are remembered of one conversation. */
const MOST = 12;
/** A client gives up within the minute; who presses the same button after that means it. */
const PRESS_MS = 2 * 60_000;
/** The service tries again for some minutes. */
const SAID_MS = 15 * 60_000;
/** Of a clock that counts whole seconds, two messages may have the same time. */
const FINE_TIME = /\.\d*[1-9]/;
/** Where Teams doesn't know the card. */
const NO_CARD = new Set(['', '-1']);

/** By what an activity would be known under another id; null: by nothing. */
export function imprintOf(activity: InboundActivity): string | null {
  const { channelId, type, from } = activity;
  if (channelId !== CHANNEL || (type !== 'message' && type !== 'invoke')) return null;
  const meaning = meaningOf(activity);
  if (meaning.kind !== 'input') return null;
  if (meaning.input.kind === 'text') return said(activity);
  // What a card files has a token of its own, and is told that it was filed.
  const { step, choice, submissionId, fields } = meaning.input;
  const card = activity['replyToId'];
  if (submissionId !== null || typeof card !== 'string' || NO_CARD.has(card)) return null;
  return `p${digest([from.id, card, step, choice, fields])}`;
}

function said(activity: InboundActivity): string | null {
  const { from, text, value, attachments, timestamp } = activity;
  if (typeof timestamp !== 'string' || !FINE_TIME.test(timestamp)) return null;
  return `m${digest([from.id, timestamp, text, value, attachments?.length])}`;
}

/** Told apart are some messages of one conversation: few letters do. */
const digest = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);

/** The row in which it was heard already; undefined: it is new. */
export function heardBefore(
  { imprints }: Pick<Conversation, 'imprints'>,
  of: string | null,
  now: number,
): number | undefined {
  const within = of?.startsWith('p') === true ? PRESS_MS : SAID_MS;
  return imprints.findLast((one) => one.of === of && now - one.at <= within)?.seq;
}

export function withImprint(imprints: readonly Imprint[], one: Imprint): readonly Imprint[] {
  return [...imprints, one].slice(-MOST);
}

/** Whoever was told that something went wrong, and tries again, is heard. */
export function withoutImprint(imprints: readonly Imprint[], row: number): readonly Imprint[] {
  return imprints.filter(({ seq }) => seq !== row);
}
