import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Book } from '#knowledge/book.ts';
import { LANGUAGES, OFFERINGS, type Language, type OfferingId } from '#knowledge/schema.ts';
import type { Verbs } from './dispatch.ts';
import type { Question } from './gaps.ts';
import { BadUse, type Given, type Option } from './verb.ts';

/** The commands by which the book grows. */

const offering: Option = { value: 'OFFERING', meaning: `${OFFERINGS.join(', ')}.` };
const lang: Option = { value: 'LANG', meaning: `${LANGUAGES.join(', ')}.` };

export const KNOWLEDGE_VERBS: Verbs = {
  'import-docs': {
    meaning: 'Makes articles of a folder of Markdown in the style of Microsoft’s documentation.',
    words: ['DIR'],
    options: {
      offering: { ...offering, meaning: `For which product; one of ${offering.meaning}` },
      lang: { ...lang, meaning: `Language of all documents: ${lang.meaning} Otherwise seen from each.` },
      base: { value: 'URL', meaning: 'Address below which the documents are published: links and sources lead there.' },
      licence: { value: 'TEXT', meaning: 'Under which the texts may be shown; the first line of LICENSE otherwise.' },
      moniker: {
        value: 'NAME',
        meaning: 'Keeps only what is for this version; otherwise all is kept, with its range.',
      },
      out: {
        value: 'DIR',
        meaning: 'Where the articles go; DATA_DIR/articles otherwise, where the server reads them.',
      },
    },
    run: importDocs,
  },
  'knowledge gaps': {
    meaning:
      'What people asked and the book didn’t answer, or not well: alike questions together, the most frequent first.',
    options: {
      json: { value: null, meaning: 'JSON lines.' },
      since: { value: 'DATE', meaning: 'Only from this day on, YYYY-MM-DD.' },
      offering,
      lang,
    },
    run: async (given) => {
      const { gapsIn, tableOf } = await import('./gaps.ts');
      const [questions, book] = [await questionsOf(given), await bookOf(given.office)];
      const gaps = gapsIn(questions, book.search);
      const lines = given.options['json'] === undefined ? tableOf(gaps) : gaps.map((gap) => JSON.stringify(gap));
      for (const line of lines) given.out(line);
      given.tell(`${gaps.length} gaps of ${questions.length} questions; questions that are half alike count as one.`);
      return 0;
    },
  },
  'knowledge export': {
    meaning:
      'What people asked as lines for knowledge/examples/ask, to be labelled; what helped has its topic already.',
    options: { since: { value: 'DATE', meaning: 'Only from this day on, YYYY-MM-DD.' }, offering, lang },
    run: async (given) => {
      const { exampleOf } = await import('./gaps.ts');
      const lines = (await questionsOf(given)).flatMap((one) => exampleOf(one) ?? []);
      // Asked twice in the same words, a question is one example: the latest counts.
      const byId = new Map(lines.map((line) => [line.id, line]));
      for (const line of byId.values()) given.out(JSON.stringify(line));
      return 0;
    },
  },
  'knowledge publish': {
    meaning: 'Tries new or changed articles (DIR/<language>/<topic>.md) and names the questions that they broke.',
    words: ['DIR'],
    options: {
      write: { value: null, meaning: 'Copies them into the book where no language answers fewer questions rightly.' },
    },
    run: async ({ words: [dir = ''], options, out }) => {
      const [{ runPublish }, { BOOK_FOLDER }] = await Promise.all([
        import('./publish.ts'),
        import('#knowledge/book.ts'),
      ]);
      return runPublish({ book: BOOK_FOLDER, dir, write: options['write'] !== undefined }, out);
    },
  },
};

async function questionsOf({ options, office }: Given): Promise<Question[]> {
  const { since = '1970-01-01' } = options;
  const from = Date.parse(`${since}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(since) || Number.isNaN(from)) throw new BadUse('--since is a day, YYYY-MM-DD.');
  const asked = { since: from, offering: offeringOf(options['offering']), language: languageOf(options['lang']) };
  const { readQuestions } = await import('./gaps.ts');
  const storage = await office.storage();
  try {
    return await readQuestions(storage, asked);
  } finally {
    await storage.close();
  }
}

async function bookOf({ calendarDir, articlesDir }: Given['office']): Promise<Book> {
  const { BOOK_FOLDER, readBook } = await import('#knowledge/book.ts');
  return readBook(BOOK_FOLDER, { calendarDir, articlesDir });
}

async function importDocs({ words: [dir = ''], options, office, out, tell }: Given): Promise<number> {
  const wanted = offeringOf(options['offering']);
  if (wanted === undefined) throw new BadUse(`--offering is one of ${OFFERINGS.join(', ')}.`);
  if (!existsSync(dir) || !statSync(dir).isDirectory()) throw new BadUse(`${dir} is no folder.`);
  const target = options['out'] ?? office.articlesDir;
  const [{ runImportDocs }, { BOOK_FOLDER, readBook }] = await Promise.all([
    import('./import-docs.ts'),
    import('#knowledge/book.ts'),
  ]);
  if (!relative(BOOK_FOLDER, resolve(target)).startsWith('..'))
    throw new BadUse('--out can’t be within the book itself: imported articles are kept apart from it.');
  const given = {
    dir,
    offering: wanted,
    out: target,
    language: languageOf(options['lang']),
    base: baseOf(options['base']),
    licence: options['licence'],
    moniker: options['moniker'],
  };
  return runImportDocs(given, { reader: await office.docs(), phrases: readBook().phrases, out, tell });
}

function offeringOf(text: string | undefined): OfferingId | undefined {
  if (text === undefined) return undefined;
  const found = OFFERINGS.find((one) => one === text);
  if (found === undefined) throw new BadUse(`--offering is one of ${OFFERINGS.join(', ')}.`);
  return found;
}

function languageOf(text: string | undefined): Language | undefined {
  if (text === undefined) return undefined;
  const found = LANGUAGES.find((one) => one === text);
  if (found === undefined) throw new BadUse(`--lang is ${LANGUAGES.join(', ')}.`);
  return found;
}

function baseOf(text: string | undefined): string | undefined {
  if (text === undefined || (URL.canParse(text) && text.startsWith('https://'))) return text;
  throw new BadUse('--base is an https address.');
}
