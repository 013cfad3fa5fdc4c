import type { Reply } from './reply.ts';

/** Sentences before a question are said in one breath with it: one message in the chat, not three. */
export function merged(replies: readonly Reply[]): Reply[] {
  const last = replies.at(-1);
  if (!last) return [];
  const apart = replies.slice(0, -1).filter((reply) => reply.apart === true);
  const before = replies.slice(0, -1).filter((reply) => reply.apart !== true);
  if (before.length === 0) return [...apart, last];
  const card = before.find((reply) => reply.card?.tone)?.card;
  const text = [...before.map((reply) => reply.text), last.text].filter((words) => words !== '').join('\n\n');
  const format = [...before, last].some((reply) => reply.format === 'markdown') ? 'markdown' : 'plain';
  return [...apart, { ...last, text, format, ...(card && last.card && { card: { tone: card.tone, ...last.card } }) }];
}
