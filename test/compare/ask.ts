import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import { createConcepts, normalise, readSynonyms } from '#knowledge/concepts.ts';
import { readExamples, readGold, type Example, type Gold } from '#knowledge/examples.ts';
import { OFFERINGS, type Article, type OfferingId } from '#knowledge/schema.ts';
import { createSearch, type Answer } from '#knowledge/search.ts';
import { tokenise } from '#knowledge/tokens.ts';
import { renderComparison, type Row } from './ask-page.ts';
import { manyArticles } from './ask-corpus.ts';
import { speedOf, type Speed } from './ask-measure.ts';
import { rivals, type Cut, type Doc, type Engine, type Rival } from './ask-rivals.ts';

/**
 * `npm run compare:ask`: our search beside minisearch, flexsearch, SQLite FTS5 and natural's TfIdf, with the same questions, the
 * same articles and the same filter by offering. Each is tried as it comes, with our tokens, and with the learnt questions in
 * its documents; each gets, in its favour, the threshold that refuses 4 % of these very questions wrongly. Writes
 * dist/compare-ask.html. A minute and a half on a quiet machine, more than ten on a busy one; a JSON line as soon as a row is known.
 */
const book = readBook();
const concepts = createConcepts(readSynonyms(BOOK_FOLDER));
const examples = readExamples(BOOK_FOLDER);
const gold = readGold(join(BOOK_FOLDER, 'examples', 'ask', 'held-back.jsonl'));
const answerable = gold.filter(({ topic }) => topic !== null);
const many = [...book.articles, ...manyArticles(book.articles, 10_000)];
const asked = gold.filter((_, at) => at % 10 === 0);

const ours: Cut = (text) => {
  const plain = normalise(text);
  return tokenise(plain, concepts.scan(plain));
};

const OTHER_LANGUAGE = 0.95;
const REFUSED = 0.04;

function docsOf(articles: readonly Article[], taught: readonly Example[]): Doc[] {
  const byTopic = Map.groupBy(taught, ({ lang, topic }) => `${lang} ${topic ?? ''}`);
  return articles.map(({ topic, language, title, questions, keywords, body }) => ({
    topic,
    language,
    title,
    questions: [...questions, ...(byTopic.get(`${language} ${topic}`) ?? []).map(({ question }) => question)].join(
      '\n',
    ),
    keywords: keywords.join(' '),
    body,
  }));
}

type Found = { topic: string; score: number };

/** Topics, each by its best document; one in the person's language decides a tie. */
function topicsOf(engine: Engine, docs: readonly Doc[], { question, lang }: Gold): Found[] {
  const best = new Map<string, number>();
  for (const { doc, score } of engine.search(question)) {
    const { topic = '', language } = docs[doc] ?? {};
    const worth = language === lang ? score : score * OTHER_LANGUAGE;
    if (worth > (best.get(topic) ?? 0)) best.set(topic, worth);
  }
  return [...best].map(([topic, score]) => ({ topic, score })).toSorted((a, b) => b.score - a.score);
}

type Quality = Pick<Row, 'first' | 'three' | 'refused' | 'wronglyRefused' | 'byLanguage'>;

function qualityOf(ask: (one: Gold) => { found: Found[]; isAnswered: boolean }): Quality {
  const outcomes = gold.map((one) => ({ one, ...ask(one) }));
  const withTopic = outcomes.filter(({ one }) => one.topic !== null);
  const others = outcomes.filter(({ one }) => one.topic === null);
  const isFirst = ({ one, found, isAnswered }: (typeof outcomes)[number]): boolean =>
    isAnswered && found[0]?.topic === one.topic;
  const languages = [...new Set(gold.map(({ lang }) => lang))];
  return {
    first: share(withTopic, isFirst),
    three: share(withTopic, ({ one, found }) => found.slice(0, 3).some(({ topic }) => topic === one.topic)),
    refused: share(others, ({ isAnswered }) => !isAnswered),
    wronglyRefused: share(withTopic, ({ isAnswered }) => !isAnswered),
    byLanguage: languages.map((lang) => [
      lang,
      share(
        withTopic.filter(({ one }) => one.lang === lang),
        isFirst,
      ),
    ]),
  };
}

function share<T>(all: readonly T[], isSo: (one: T) => boolean): number {
  return all.length === 0 ? 1 : all.filter(isSo).length / all.length;
}

function measureRival(rival: Rival, taught: readonly Example[]): Row {
  const shelves = new Map(OFFERINGS.map((offering) => [offering, openShelf(rival, offering, taught)]));
  const found = (one: Gold): Found[] => {
    const shelf = shelves.get(one.offering);
    return shelf === undefined ? [] : topicsOf(shelf.engine, shelf.docs, one);
  };
  const tops = answerable.map((one) => found(one)[0]?.score ?? 0).toSorted((a, b) => a - b);
  const threshold = tops[Math.floor(REFUSED * tops.length)] ?? 0;
  const quality = qualityOf((one) => {
    const all = found(one);
    return { found: all, isAnswered: (all[0]?.score ?? 0) >= threshold && all.length > 0 };
  });
  const small = speedOf(gold, found, 3);
  for (const { engine } of shelves.values()) engine.close();
  const name = taught.length === 0 ? rival.name : `${rival.name}, and the learnt questions`;
  return { name, ...quality, small, large: largeSpeed(rival, taught) };
}

function openShelf(rival: Rival, offering: OfferingId, taught: readonly Example[]): { engine: Engine; docs: Doc[] } {
  const own = book.articles.filter(({ offerings }) => offerings.includes(offering));
  const docs = docsOf(own, taught);
  return { engine: rival.open(docs), docs };
}

/** Among ten thousand articles; once is enough for engines that need milliseconds. */
function largeSpeed(rival: Rival, taught: readonly Example[]): Speed {
  const docs = docsOf(many, taught);
  const engine = rival.open(docs);
  const speed = speedOf(asked, (one) => topicsOf(engine, docs, one), 2);
  engine.close();
  return speed;
}

function askBook({ question, lang: language, offering }: Gold): Answer {
  return book.search.ask({ question, language, offering });
}

function measureOurs(): Row {
  const quality = qualityOf((one) => {
    const { best, alternatives } = askBook(one);
    return { found: [...(best === null ? [] : [best]), ...alternatives], isAnswered: best !== null };
  });
  const large = createSearch(many, readSynonyms(BOOK_FOLDER), () => examples);
  const askLarge = ({ question, lang: language }: Gold) => large.ask({ question, language, offering: 'worldwide' });
  return { name: 'Frontdesk', ...quality, small: speedOf(gold, askBook), large: speedOf(asked, askLarge) };
}

const rows = [measureOurs()];
process.stdout.write(`${JSON.stringify(rows[0])}\n`);
for (const rival of rivals(ours)) {
  const variants: (readonly Example[])[] = rival.name.includes('our tokens') ? [[], examples] : [[]];
  for (const taught of variants) {
    const row = measureRival(rival, taught);
    rows.push(row);
    process.stdout.write(`${JSON.stringify(row)}\n`);
  }
}
const out = join(BOOK_FOLDER, '..', 'dist', 'compare-ask.html');
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, renderComparison(rows, gold.length));
process.stderr.write(`${out}\n`);
