import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { LANGUAGES, OFFERINGS, type Language, type OfferingId } from '#knowledge/schema.ts';
import type { Verbs } from './dispatch.ts';
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
};

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
