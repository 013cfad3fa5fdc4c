import { join } from 'node:path';
import { readArticles } from './articles.ts';
import { readSynonyms } from './concepts.ts';
import { readExamples } from './examples.ts';
import { BookError } from './finding.ts';
import { createPhrases, readMessages, type Phrases } from './phrases.ts';
import type { Rules } from './offering.ts';
import type { OfferingTrees } from './references.ts';
import { readRules } from './rules.ts';
import type { Article, Language } from './schema.ts';
import type { IndexStore } from './search-index.ts';
import { createIndexStore } from './search-store.ts';
import { createSearch, type Search } from './search.ts';

/** Everything that Frontdesk knows: read and checked once, never changed. */
export interface Book {
  readonly articles: readonly Article[];
  readonly phrases: Phrases;
  readonly rules: Rules;
  readonly search: Search;
  /** The topic's article in `language`, in English where there is none, undefined for an unknown topic. */
  article(topic: string, language: Language): Article | undefined;
}

/** The book's own folder. */
export const BOOK_FOLDER = import.meta.dirname;

/** Built with the pages; see `search-store.ts`. */
const INDEX_FILE = join(BOOK_FOLDER, '..', 'dist', 'search.index');

/**
 * Reads the book, with the operator's own calendars from `calendarDir`; throws a `BookError` that names file and field of
 * everything that is wrong with its texts.
 */
export function readBook(dir: string = BOOK_FOLDER, calendarDir?: string): Book {
  const rules = readRules(dir, calendarDir);
  const { messages, findings } = readMessages(dir);
  const read = readArticles(dir, treesOf(rules));
  findings.push(...read.findings);
  if (findings.length > 0) throw new BookError(findings);
  const articles = Object.freeze(read.articles.map((article) => Object.freeze(article)));
  const byTopic = new Map(articles.map((article) => [`${article.language} ${article.topic}`, article]));
  return Object.freeze({
    articles,
    rules,
    phrases: createPhrases(messages),
    search: createSearch(articles, readSynonyms(dir), () => readExamples(dir), storeOf(dir)),
    article: (topic: string, language: Language) => byTopic.get(`${language} ${topic}`) ?? byTopic.get(`en ${topic}`),
  });
}

/** Only the book itself keeps its index; one that is read for a look, or by a test, is indexed when it is asked. */
function storeOf(dir: string): IndexStore | undefined {
  return dir === BOOK_FOLDER ? createIndexStore(dir, INDEX_FILE) : undefined;
}

/** What articles may refer to: the offerings, and the number to call by country. */
export function treesOf(rules: Rules): OfferingTrees {
  const phones = Object.entries(rules.phones).map(([country, entries]) => {
    const entry = entries.find(({ cloud }) => cloud === 'worldwide');
    return [country, entry?.numbers.find(({ kind }) => kind === 'primary')?.number] as const;
  });
  return { ...rules.offerings, phones: Object.fromEntries(phones) };
}
