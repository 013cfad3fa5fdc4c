import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import { readSynonyms } from '#knowledge/concepts.ts';
import { readExamples, readGold } from '#knowledge/examples.ts';
import { createSearch } from '#knowledge/search.ts';
import { createIndexStore } from '#knowledge/search-store.ts';
import { manyArticles } from './ask-corpus.ts';
import { millisecondsOf, speedOf } from './ask-measure.ts';

/**
 * `npm run bench:ask`: how fast answers are found in the book and in 10,000 and 50,000 articles of one offering, what the
 * index file measures, and how long a start from it takes until a question can be asked (processor time). A JSON line a size.
 */
const book = readBook().articles;
const synonyms = readSynonyms(BOOK_FOLDER);
const questions = readGold(join(BOOK_FOLDER, 'examples', 'ask', 'held-back.jsonl'));
const folder = mkdtempSync(join(tmpdir(), 'bench-ask-'));
try {
  for (const count of [0, 10_000, 50_000]) process.stdout.write(`${JSON.stringify(measure(count))}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

function measure(count: number): Record<string, number> {
  const articles = [...book, ...manyArticles(book, count)];
  const file = join(folder, `${count}.index`);
  const open = () =>
    createSearch(articles, synonyms, () => readExamples(BOOK_FOLDER), createIndexStore(BOOK_FOLDER, file));
  const build = millisecondsOf(() => open().warm('worldwide'));
  const start = Math.min(...[1, 2, 3].map(() => millisecondsOf(() => open().warm('worldwide'))));
  const search = open();
  const { p50, p99 } = speedOf(questions, ({ question, lang: language, offering }) =>
    search.ask({ question, language, offering: count === 0 ? offering : 'worldwide' }),
  );
  return {
    articles: articles.length,
    p50Microseconds: Math.round(p50),
    p99Microseconds: Math.round(p99),
    buildMilliseconds: Math.round(build),
    startFromFileMilliseconds: Math.round(start),
    fileMB: mb(statSync(file).size),
  };
}

function mb(bytes: number): number {
  return Math.round(bytes / 100_000) / 10;
}
