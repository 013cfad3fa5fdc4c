import { Refusal } from '#src/http/call.ts';
import { activitySchema } from '../inbound.ts';
import type { InboundActivity } from '../inbound.ts';
import type { Address } from '../reception.ts';
import type { Visit } from './ports.ts';
import { BOT, CHANNEL } from './shown.ts';

/**
 * What a client may send. `typing` leaves no row: it would grow the log and say nothing when read
 * later. (Web Chat waits for the echo of everything it sends; typing it sends only where a page turns that on.)
 */
const TYPES = ['message', 'event', 'invoke', 'typing'] as const;

const LONGEST_TEXT = 100_000;
const LONGEST_CLIENT_ID = 256;

/** Of `channelData`, what the client itself needs back; anything else there is a claim that nobody proved. */
const CHANNEL_DATA = ['clientActivityID', 'attachmentSizes', 'postBack', 'messageBack'] as const;

export function addressOf({ conversation, person, vouched }: Visit): Address {
  return {
    channel: CHANNEL,
    channelConversationId: conversation,
    id: conversation,
    person,
    tenant: vouched?.tenant ?? null,
    vouched,
    reference: null,
  };
}

/** What every activity of this person has, whatever the client says: it comes from the token. */
export function envelope({
  conversation,
  user,
  locale,
  zone,
}: Visit): Pick<InboundActivity, 'channelId' | 'conversation' | 'from' | 'recipient' | 'locale' | 'localTimezone'> {
  return {
    channelId: CHANNEL,
    conversation: { id: conversation },
    from: { id: user, role: 'user' },
    recipient: { ...BOT },
    ...(locale !== null && { locale }),
    ...(zone !== null && { localTimezone: zone }),
  };
}

/** An activity as it goes into the log, and the client's own id for it. */
export interface Said {
  readonly activity: InboundActivity;
  readonly clientId: string | null;
}

/**
 * Reads what a client posted. Only what is named here is kept: who speaks comes from the token, and files come by upload,
 * so that an address or a card of somebody's making never reaches an agent. Throws a `Refusal`: 400, 413 or 415.
 */
export function readSaid(json: unknown, visit: Visit): Said {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw badActivity();
  const given: Record<string, unknown> = { ...json };
  const { text, attachments } = given;
  if (typeof text === 'string' && text.length > LONGEST_TEXT)
    throw new Refusal(413, 'text-too-long', 'The text is too long.');
  if (Array.isArray(attachments) && attachments.length > 0)
    throw new Refusal(415, 'attachments', 'Send files by upload.');
  const own = envelope(visit);
  const parsed = activitySchema.safeParse({ ...pick(given), ...own, ...localesOf(given, own) });
  if (!parsed.success || !TYPES.some((type) => type === parsed.data.type)) throw badActivity();
  const clientId = parsed.data.channelData?.['clientActivityID'];
  if (typeof clientId === 'string' && clientId.length > LONGEST_CLIENT_ID) throw badActivity();
  return { activity: parsed.data, clientId: typeof clientId === 'string' && clientId !== '' ? clientId : null };
}

const KEPT = ['type', 'text', 'textFormat', 'localTimestamp', 'name', 'value', 'valueType'] as const;

function pick(given: Record<string, unknown>): Record<string, unknown> {
  const kept = KEPT.filter((key) => given[key] !== undefined && given[key] !== null).map((key) => [key, given[key]]);
  const { channelData } = given;
  const data = typeof channelData === 'object' && channelData !== null ? channelData : {};
  const known = CHANNEL_DATA.filter((key) => Object.hasOwn(data, key)).map((key) => [key, Reflect.get(data, key)]);
  return { ...Object.fromEntries(kept), ...(known.length > 0 && { channelData: Object.fromEntries(known) }) };
}

/** What the page says of its language and zone with each activity is newer than what the token says. */
function localesOf(
  { locale, localTimezone }: Record<string, unknown>,
  own: ReturnType<typeof envelope>,
): Record<string, unknown> {
  return { locale: locale ?? own.locale, localTimezone: localTimezone ?? own.localTimezone };
}

function badActivity(): Refusal {
  return new Refusal(400, 'bad-activity', 'This is not an activity that a client may send.');
}
