import { Refusal } from '#src/http/call.ts';
import type { Conversation, Unit } from '#src/log/ports.ts';

interface Sought {
  readonly channel: string;
  readonly channelConversationId: string;
  readonly person: string;
  readonly reference: unknown;
}

/** So many rows are looked through for the first word of a person. */
const FIRST_ROWS = 50;

/**
 * The conversation that an activity belongs to, and the key under which it is (or will be) kept. In a group everybody has
 * a case of their own: nobody goes on, or files, in the name of the one who spoke before. `speaks`: the activity is a
 * person's doing, not the arrival of one. Throws a `Refusal` (403) where it comes by another way than the conversation:
 * nobody gets into a web chat through the connector.
 */
export async function conversationOf(
  sought: Sought,
  speaks: boolean,
  unit: Unit,
): Promise<{ found: Conversation | undefined; key: string }> {
  const { channel, channelConversationId: key, person } = sought;
  const found = await unit.conversations.byChannel(channel, key);
  if (found && (found.reference === null) !== (sought.reference === null))
    throw new Refusal(403, 'other-way', 'This conversation belongs to another way in.');
  if (!found || found.person === person || !speaks) return { found, key };
  // Channels tell of an arrival in somebody else's name, e.g. of the one who installed the app.
  if (!(await hasSpoken(found, unit))) return { found: { ...found, person }, key };
  const own = `${key}|${person}`;
  return { found: await unit.conversations.byChannel(channel, own), key: own };
}

async function hasSpoken({ id, lastSeq }: Conversation, unit: Unit): Promise<boolean> {
  const rows = await unit.rows.list(id, 0, FIRST_ROWS);
  // Where the beginning has gone, somebody's old talk did: theirs it stays.
  if ((rows[0]?.seq ?? Infinity) > 1) return lastSeq > 0;
  return rows.some(({ direction, body }) => direction === 'in' && speaksIn(body));
}

/** Whether an activity is something that a person says or does. */
export function speaksIn({ type }: { type?: unknown }): boolean {
  return type === 'message' || type === 'invoke';
}
