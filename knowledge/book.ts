import { join } from 'node:path';
import { readArticles, readImports } from './articles.ts';
import { readCanned } from './canned.ts';
import { readSynonyms } from './concepts.ts';
import { readExamples } from './examples.ts';
import { BookError, type Finding } from './finding.ts';
import { inOffering } from './offering-blocks.ts';
import { createPhrases, readMessages, type Phrases } from './phrases.ts';
import type { Rules } from './offering.ts';
import type { OfferingTrees } from './references.ts';
import { readRules } from './rules.ts';
import { LANGUAGES, type Article, type Canned, type Language, type OfferingId } from './schema.ts';
import type { IndexStore } from './search-index.ts';
import { createIndexStore } from './search-store.ts';
import { createSearch, type Hit, type Search } from './search.ts';

/** Everything that Frontdesk knows: read and checked once, never changed. */
export interface Book {
  readonly articles: readonly Article[];
  readonly phrases: Phrases;
  readonly rules: Rules;
  /** The agents' ready replies. */
  readonly canned: readonly Canned[];
  readonly search: Search;
  /**
   * The topic's article as `offering` shows it, in `language` or else in the next one that it has (`Article.language` tells);
   * undefined for a topic that the offering doesn't have.
   */
  article(topic: string, language: Language, offering: OfferingId): Article | undefined;
  /** Imported articles that can't be used: the rest of the book does without them. */
  readonly unread: readonly Finding[];
}

/** Folders that the operator supplies beside the book: own calendars, and the articles that `import-docs` made. */
export interface Supplied {
  readonly calendarDir?: string | undefined;
  readonly articlesDir?: string | undefined;
}

/** The book's own folder. */
export const BOOK_FOLDER = import.meta.dirname;

/** Built with the pages; see `search-store.ts`. */
const INDEX_FILE = join(BOOK_FOLDER, '..', 'dist', 'search.index');

/**
 * Reads the book with what the operator supplies; throws a `BookError` that names file and field of everything that is wrong
 * with its own texts.
 */
export function readBook(dir: string = BOOK_FOLDER, supplied: Supplied = {}): Book {
  const { calendarDir, articlesDir } = supplied;
  const rules = readRules(dir, calendarDir);
  const { messages, findings } = readMessages(dir);
  const read = readArticles(dir, treesOf(rules));
  findings.push(...read.findings);
  if (findings.length > 0) throw new BookError(findings);
  const imports = readImports(articlesDir);
  const articles = Object.freeze([...read.articles, ...imports.articles].map((article) => Object.freeze(article)));
  const store = storeOf(dir, imports.articles.length > 0 ? articlesDir : undefined);
  return Object.freeze({
    articles,
    rules,
    canned: Object.freeze(readCanned(dir)),
    phrases: createPhrases(messages),
    search: shownIn(createSearch(articles, readSynonyms(dir), () => readExamples(dir), store)),
    article: createShelf(articles),
    unread: imports.findings,
  });
}

/**
 * Only the book itself keeps its index. One that is read for a look, as a draft of it is, takes from there what is the same in
 * both; what was learnt is, where it changes no title, question, keyword or example.
 */
function storeOf(dir: string, articlesDir: string | undefined): IndexStore {
  const store = createIndexStore(dir, articlesDir === undefined ? INDEX_FILE : join(articlesDir, 'search.index'));
  return dir === BOOK_FOLDER ? store : { ...store, write: () => undefined };
}

function createShelf(articles: readonly Article[]): Book['article'] {
  const byTopic = new Map(articles.map((article) => [`${article.language} ${article.topic}`, article]));
  return (topic, language, offering) => {
    const article = [language, ...LANGUAGES].map((one) => byTopic.get(`${one} ${topic}`)).find((one) => one);
    return article && inOffering(article, offering);
  };
}

/** What is found is shown as the asking offering has it. */
function shownIn(search: Search): Search {
  return {
    warm: (offering) => search.warm(offering),
    ask: (query) => {
      const { best, alternatives } = search.ask(query);
      const show = (hit: Hit): Hit => ({ ...hit, article: inOffering(hit.article, query.offering) ?? hit.article });
      return { best: best && show(best), alternatives: alternatives.map(show) };
    },
  };
}

/**
 * What articles may refer to: the offerings, and the numbers to call by country: `phones.JP` the first of its page, `phones.JP.2`
 * the second.
 */
export function treesOf(rules: Rules): OfferingTrees {
  const phones = Object.entries(rules.phones).map(([country, entries]) => {
    const numbers = entries.find(({ cloud }) => cloud === 'worldwide')?.numbers.map(({ number }) => number) ?? [];
    const [value] = numbers;
    return [country, { value, ...Object.fromEntries(numbers.map((number, at) => [String(at + 1), number])) }] as const;
  });
  return { ...rules.offerings, phones: Object.fromEntries(phones) };
}
