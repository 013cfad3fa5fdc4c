import { z } from 'zod';
import type { Change } from '#src/log/changes.ts';
import type { Conversation, Delivery, LogRow } from '#src/log/ports.ts';

const SHOWN = ['stored', 'queued', 'sent', 'uncertain', 'failed', 'dropped'] as const satisfies readonly Delivery[];

/** One line of a conversation as the desk shows it (conversation.md section 3). */
export const rowSchema = z.object({
  seq: z.number().int(),
  role: z.enum(['user', 'bot', 'agent', 'system']),
  /** Who of the house speaks; null for the bot and the customer. */
  name: z.string().nullable(),
  text: z.string(),
  attachments: z.array(z.object({ name: z.string(), type: z.string(), url: z.string().nullable() })),
  at: z.iso.datetime(),
  /** How far it has come to the customer; `uncertain`: it may have arrived or not. */
  delivery: z.enum(SHOWN),
  /** Written beside the conversation: the customer never sees it. */
  note: z.boolean(),
  /** A change that nobody said: its name and what it holds. */
  event: z.object({ name: z.string(), value: z.unknown() }).nullable(),
  /** What the bot offered to choose from. */
  choices: z.array(z.string()),
});
export type DeskRow = z.infer<typeof rowSchema>;

/** What the desk sees of a row; null for what says nothing to anybody, such as an arrival. */
export function deskRow(row: LogRow, conversation: Conversation, change?: Change): DeskRow | null {
  const { seq, role, body, at } = row;
  const text = marked(textOf(body), change);
  const event = role === 'system' ? { name: String(body['name'] ?? body['type']), value: body['value'] ?? null } : null;
  const attachments = filesOf(body, conversation.id);
  if (event === null && text === '' && attachments.length === 0) return null;
  return {
    seq,
    role: role === 'note' ? 'agent' : role,
    name: nameOf(row),
    text,
    attachments,
    at: new Date(at).toISOString(),
    delivery: deliveryOf(row, conversation),
    note: role === 'note',
    event,
    choices: choicesOf(body),
  };
}

function deliveryOf({ delivery, seq }: LogRow, { sentSeq, reference }: Conversation): DeskRow['delivery'] {
  if (delivery !== 'queued' && delivery !== 'sending') return delivery;
  return reference !== null && seq <= sentSeq ? 'sent' : 'queued';
}

/** Signs that need no language: what the person took back, and what they changed it to. */
const DELETED = '✗';
const EDITED = '✎';

function marked(text: string, change: Change | undefined): string {
  if (change === undefined) return text;
  return change.state === 'deleted' ? `${DELETED} ${text}` : `${text}\n${EDITED} ${change.text}`;
}

/** The words; of a card that was sent in, what was chosen and filled in. */
function textOf(body: Record<string, unknown>): string {
  const { type, text, value } = body;
  // That the person changed or took back a message, for who has read it already.
  if (type === 'messageDelete') return DELETED;
  if (type === 'messageUpdate') return typeof text === 'string' ? `${EDITED} ${text}` : '';
  if (type !== 'message' && type !== 'invoke') return '';
  if (typeof text === 'string' && text.trim() !== '') return text;
  return submittedText(value);
}

const HIDDEN = new Set(['step', 'submissionId', 'action']);

function submittedText(value: unknown): string {
  const data = dataOf(value);
  if (data === null) return '';
  const given = Object.entries(data).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '' && !HIDDEN.has(entry[0]),
  );
  const parts = given.map(([key, words]) => (key === 'choice' ? words : `${key}: ${words}`));
  return parts.length === 0 ? '' : `▸ ${parts.join(' · ')}`;
}

/** A card's values stand by themselves, or inside the action of an invoke. */
function dataOf(value: unknown): object | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('action' in value) || typeof value.action !== 'object' || value.action === null) return value;
  const { action } = value;
  return 'data' in action && typeof action.data === 'object' ? action.data : null;
}

function nameOf({ role, body }: LogRow): string | null {
  if (role !== 'agent' && role !== 'note') return null;
  const { from } = body;
  return typeof from === 'object' && from !== null && 'name' in from && typeof from.name === 'string'
    ? from.name
    : null;
}

function filesOf({ attachments }: Record<string, unknown>, conversation: string): DeskRow['attachments'] {
  if (!Array.isArray(attachments)) return [];
  return attachments.flatMap((file: unknown) => {
    if (typeof file !== 'object' || file === null || !('id' in file) || typeof file.id !== 'string') return [];
    const name = 'name' in file && typeof file.name === 'string' ? file.name : '';
    const type = 'contentType' in file && typeof file.contentType === 'string' ? file.contentType : '';
    return [{ name, type, url: `/desk/api/conversations/${conversation}/files/${file.id}` }];
  });
}

function choicesOf({ channelData }: Record<string, unknown>): string[] {
  const given =
    typeof channelData === 'object' && channelData !== null && 'choices' in channelData ? channelData.choices : null;
  return Array.isArray(given) ? given.filter((choice): choice is string => typeof choice === 'string') : [];
}
