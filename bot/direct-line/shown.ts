import type { LogRow } from '#src/log/ports.ts';
import type { Visit } from './ports.ts';
import { activityId } from './watermark.ts';

export const CHANNEL = 'directline';
export const BOT = { id: 'frontdesk', name: 'Frontdesk', role: 'bot' } as const;

export type Shown = Record<string, unknown>;

/** A row as its person sees it; null for what is not meant for the person: the desk's rows, and arrivals. */
export function shown(row: LogRow, visit: Visit): Shown | null {
  if (row.delivery === 'dropped' || !isForThePerson(row)) return null;
  const { from: _from, recipient: _recipient, serviceUrl: _service, conversation: _conversation, ...body } = row.body;
  const user = { id: visit.user, role: 'user' };
  const own = row.role === 'user';
  return {
    ...body,
    type: body['type'] === 'messageUpdate' ? 'message' : body['type'],
    id: activityId(row.conversation, row.seq),
    timestamp: new Date(row.at).toISOString(),
    channelId: CHANNEL,
    conversation: { id: row.conversation },
    from: own ? user : speaker(row),
    recipient: own ? BOT : user,
    ...(row.replyTo !== null && { replyToId: activityId(row.conversation, row.replyTo) }),
  };
}

/** A change of something said before is said anew, since Direct Line can't change what was said; a deletion is nothing. */
function isForThePerson({ role, body }: LogRow): boolean {
  if (role === 'user') return body['type'] !== 'conversationUpdate';
  return (role === 'bot' || role === 'agent') && body['type'] !== 'messageDelete';
}

/** Who speaks for the house: the bot, or the agent by the name that the desk gave the row. */
function speaker({ role, body }: LogRow): { id: string; name: string; role: 'bot' } {
  if (role !== 'agent') return BOT;
  const from = body['from'];
  const named =
    typeof from === 'object' && from !== null && 'name' in from && typeof from.name === 'string' ? from.name : '';
  return { id: 'agent', name: named === '' ? BOT.name : named, role: 'bot' };
}
