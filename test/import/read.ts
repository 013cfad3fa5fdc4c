import { BOOK_FOLDER } from '#knowledge/book.ts';
import { createPhrases, readMessages } from '#knowledge/phrases.ts';
import type { Language } from '#knowledge/schema.ts';
import { languageOf } from '#src/cli/docs-topic.ts';
import { readDocument } from '#src/outside/docs/document.ts';
import type { DocRead, DocSettings, DocSource } from '#src/outside/docs/types.ts';
import { INCLUDE_TEXT } from './make-docs.ts';

const phrases = createPhrases(readMessages(BOOK_FOLDER).messages);

export function wordsOf(language: Language): DocSource['words'] {
  return (word, values) => phrases.text(language, `docs.${word}`, values);
}

const SETTINGS: DocSettings = {
  offering: 'worldwide',
  base: undefined,
  moniker: undefined,
  readInclude: () => INCLUDE_TEXT,
  uids: new Map(),
};

/** A document as the command line reads it. */
export function read({ path, text }: { path: string; text: string }, settings: Partial<DocSettings> = {}): DocRead {
  const language = languageOf(path, text);
  return readDocument({ path, text, language, words: wordsOf(language) }, { ...SETTINGS, ...settings });
}

/** Letters and digits only: marks, spaces and escapes are how it is written, not what it says. */
export function plainWords(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}
