import type { InboundActivity } from './inbound.ts';

/**
 * The words of a message as the person meant them: in a team the bot is addressed by name, and the name is not part of what
 * is wrong. Whoever else is named stays named. Nothing of Teams' markup is left.
 */
export function wordsOf(activity: InboundActivity): string {
  const { recipient, channelId } = activity;
  let text = activity.text ?? '';
  for (const entity of activity.entities ?? []) {
    const mention = entity['type'] === 'mention' && typeof entity['text'] === 'string' ? entity['text'] : '';
    const isOurs = recipient?.id !== undefined && idOf(entity['mentioned']) === recipient.id;
    if (mention !== '' && isOurs) text = text.split(mention).join(' ');
  }
  if (channelId !== TEAMS) return text.trim();
  const ownName = recipient?.name;
  const plain = text.replace(MENTION, (_whole, name: string) => (name.trim() === ownName ? ' ' : name));
  return plain.replace(ESCAPED, (escape) => PLAIN[escape.toLowerCase()] ?? escape).trim();
}

const TEAMS = 'msteams';
/** A name that no entity explains, or that has attributes. */
const MENTION = /<at\b[^<>]{0,200}>([^<>]{0,512})<\/at>/gi;
/** Teams escapes these in its text; the blank comes at the end of most messages in a channel. */
const ESCAPED = /&(?:nbsp|amp|lt|gt|quot|#39);/gi;
const PLAIN: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function idOf(mentioned: unknown): unknown {
  return typeof mentioned === 'object' && mentioned !== null && 'id' in mentioned ? mentioned.id : undefined;
}
