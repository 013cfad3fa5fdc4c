import { createHash } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { Reply } from '#dialogs/reply.ts';
import type { Unit } from '#src/log/ports.ts';
import type { Turn } from '#src/log/turn.ts';
import { activityOf } from './activity.ts';

type File = NonNullable<Reply['file']>;

/**
 * A reply with what it hands over to keep: the web chat gets a file that only its person can open; a channel that is called
 * gets the same as text, since a link there would open for whoever it is passed on to.
 */
export async function handedOver(reply: Reply, turn: Turn, unit: Unit, at: number): Promise<Partial<Activity>[]> {
  const activity = activityOf(reply);
  const { file } = reply;
  if (!file) return [activity];
  if (turn.conversation.reference !== null) return [activity, asText(file, reply)];
  const { id: conversation } = turn.conversation;
  const { name, type, text } = file;
  const id = idOf(conversation, file);
  await unit.files.add({ id, conversation, name, type, bytes: Buffer.from(text), at });
  const kept = { id, name, contentType: type };
  return [{ ...activity, attachments: [...(activity.attachments ?? []), kept] }];
}

/** The same file that is asked for again is kept once. */
function idOf(conversation: string, file: File): string {
  return createHash('sha256')
    .update(JSON.stringify([conversation, file]))
    .digest('base64url')
    .slice(0, 32);
}

/** As Markdown shows it unchanged: what a person wrote can't end the block, since a backtick is written as JSON's escape. */
function asText({ text }: File, { language }: Reply): Partial<Activity> {
  const safe = text.trimEnd().replaceAll('`', String.raw`\u0060`);
  return activityOf({ language, format: 'markdown', text: `\`\`\`json\n${safe}\n\`\`\`` });
}
