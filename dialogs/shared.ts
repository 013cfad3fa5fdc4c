import type { Language, OfferingId } from '#knowledge/schema.ts';
import { newCase } from './case.ts';
import type { Tools } from './question.ts';
import { articleSaid } from './questions/answer.ts';
import type { Reply } from './reply.ts';
import { isHello, isThanks, readCommand } from './words.ts';

/**
 * What the bot says where others read along, in a channel or a group chat: answers out of the book, which are everybody's,
 * and nothing about whoever asks. Everything else goes on between the two of them.
 */

/** Where the private chat is, and whether the person's words went there already. */
export interface PrivateChat {
  readonly link: string | null;
  readonly isKnown: boolean;
}

export interface SharedAsk {
  readonly text: string;
  readonly language: Language;
  /** The organization's product; without it no article is known to be right. */
  readonly offering: OfferingId | null;
}

/** `private`: the text is to be taken up in the private chat. */
export type SharedReading =
  | { kind: 'hello' }
  | { kind: 'thanks' }
  | { kind: 'article'; topic: string }
  | { kind: 'private' };

/** What becomes of a text that was said to the bot before others. */
export function readInShared({ text, language, offering }: SharedAsk, tools: Tools): SharedReading {
  const { phrases } = tools;
  if (isThanks(text, phrases)) return { kind: 'thanks' };
  const command = readCommand(text, phrases);
  if (text.trim() === '' || command === 'help' || isHello(text, phrases)) return { kind: 'hello' };
  if (command !== null || offering === null) return { kind: 'private' };
  // A fault is somebody's own; only a question has an answer for all.
  if (tools.triage(text, language).category !== 'how-to') return { kind: 'private' };
  const { best } = tools.search.ask({ question: text, language, offering });
  return best ? { kind: 'article', topic: best.topic } : { kind: 'private' };
}

/** The reply that everybody sees. */
export function sayInShared(reading: SharedReading, ask: SharedAsk, chat: PrivateChat, tools: Tools): Reply {
  const { language, offering } = ask;
  const text = (key: string): string => tools.phrases.text(language, key);
  const links = chat.link === null ? [] : [{ label: text('shared.open'), url: chat.link }];
  const plain = (key: string): Reply => ({ language, format: 'plain', text: text(key), card: { links } });
  switch (reading.kind) {
    case 'hello':
      return plain('shared.hello');
    case 'thanks':
      return { language, format: 'plain', text: text('thanks') };
    case 'private':
      return plain(chat.isKnown ? 'shared.private' : 'shared.open-first');
    case 'article': {
      const article = offering === null ? undefined : tools.article(reading.topic, language, offering);
      if (!article) return plain(chat.isKnown ? 'shared.private' : 'shared.open-first');
      const said = articleSaid(article, {
        case: newCase(language, null, null),
        text: (key, values) => tools.phrases.text(language, key, values),
      });
      const card = { ...said.card, links: [...said.card.links, ...links] };
      // Nobody is asked "did this help?" before others: Teams' own thumbs are there for who wants to say.
      const data = { topic: reading.topic, feedbackLoopEnabled: true };
      return { language, format: 'markdown', text: `${said.text}\n\n${text('shared.more')}`, card, data };
    }
  }
}

/** So much of what was said is quoted back: the person knows the rest. */
const LONGEST_QUOTE = 300;

export const ORIGINS = ['channel', 'group', 'message'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Before the answer in the private chat: to which words it is one. */
export function quoteOf(said: string, from: Origin, language: Language, { phrases }: Pick<Tools, 'phrases'>): Reply {
  const letters = Array.from(said.replace(/\s+/g, ' ').trim());
  const text = letters.length > LONGEST_QUOTE ? `${letters.slice(0, LONGEST_QUOTE).join('')}…` : letters.join('');
  return { language, format: 'plain', text: phrases.text(language, `shared.from.${from}`, { text }) };
}
