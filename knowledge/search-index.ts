import { createConcepts, normalise, OUTSIDE, type Concepts, type Synonyms } from './concepts.ts';
import {
  createPartition,
  createVocabulary,
  weigh,
  type FieldTokens,
  type Indexed,
  type Partition,
} from './partition.ts';
import type { Example } from './examples.ts';
import type { Uses } from './postings.ts';
import { LANGUAGES, OFFERINGS, type Article, type Language, type OfferingId } from './schema.ts';
import { tokenise } from './tokens.ts';
import { createSpeller } from './typos.ts';

/** What the articles say, ready to be asked. */
export interface Index {
  /** One partition for each language of the offering. */
  partitions(offering: OfferingId): ReadonlyMap<Language, Partition>;
  /** The terms of a normalised question, each once; `undefined` for a token that no article uses. */
  tokensOf(text: string): Map<string, number | undefined>;
  /** The topic's article in `language`, or the one that was found. */
  inLanguage(found: { topic: string; article: Article }, language: Language): Article;
}

const WEIGHTS = { title: 3, questions: 2, keywords: 2.5, headings: 1.5, examples: 2, body: 0.5 };

/** Articles, and sentences by which people were known to ask for them. */
export interface Sources {
  articles: readonly Article[];
  examples: readonly Example[];
  synonyms: Synonyms;
}

export function createIndex({ articles, examples, synonyms }: Sources): Index {
  const concepts = createConcepts(synonyms);
  const vocabulary = createVocabulary();
  const words = new Map<string, number>();
  const asked = Map.groupBy(examples, ({ lang, topic }) => `${lang} ${topic}`);
  const indexed = indexAll(articles, { asked, concepts, vocabulary, words });
  const partitions = new Map(OFFERINGS.map((offering) => [offering, partitionsOf(offering, indexed, vocabulary.size)]));
  const byTopic = new Map(articles.map((article) => [`${article.language} ${article.topic}`, article]));
  const speller = createSpeller(words, concepts.words);
  return {
    partitions: (offering) => partitions.get(offering) ?? new Map(),
    tokensOf: (text) => {
      const corrected = text.replace(/[a-z]{4,}/g, (word) => speller.correct(word));
      return new Map(tokenise(corrected, concepts).map((token) => [token, vocabulary.find(token)]));
    },
    inLanguage: ({ topic, article }, language) => byTopic.get(`${language} ${topic}`) ?? article,
  };
}

function partitionsOf(offering: OfferingId, indexed: readonly Indexed[], terms: number): Map<Language, Partition> {
  const own = indexed.filter(({ article }) => article.offerings.includes(offering));
  const entries = LANGUAGES.map((language) => {
    const spoken = own.filter(({ article }) => article.language === language);
    return [language, createPartition(spoken, terms)] as const;
  });
  return new Map(entries.filter(([, { articles }]) => articles.length > 0));
}

interface Growing {
  asked: ReadonlyMap<string, readonly Example[]>;
  concepts: Concepts;
  vocabulary: ReturnType<typeof createVocabulary>;
  words: Map<string, number>;
}

function indexAll(articles: readonly Article[], growing: Growing): Indexed[] {
  const read = articles.map((article) => readFields(article, growing));
  const means = new Map(LANGUAGES.map((language) => [language, meanLength(read, language)]));
  return read.map(({ article, fields, asked }) => ({
    article,
    text: weigh(fields, means.get(article.language) ?? 1, growing.vocabulary),
    asked: asked.map((tokens): Uses => new Map(tokens.map((token) => [growing.vocabulary.numberOf(token), 1]))),
  }));
}

interface Read {
  article: Article;
  fields: FieldTokens[];
  asked: string[][];
}

function readFields(article: Article, { asked, concepts, words }: Growing): Read {
  const read = (text: string): string[] => {
    const plain = normalise(text);
    for (const word of plain.match(LATIN_WORD) ?? []) words.set(word, (words.get(word) ?? 0) + 1);
    return tokenise(plain, concepts).filter((token) => !token.startsWith(OUTSIDE));
  };
  const title = read(article.title);
  const questions = article.questions.map((question) => read(question));
  const known = asked.get(`${article.language} ${article.topic}`) ?? [];
  const examples = known.map(({ question }) => read(question));
  const body = read(article.body.replace(LINK_TARGET, ''));
  const headings = [...article.body.matchAll(/\*\*(.+?)\*\*/g)].flatMap(([, bold = '']) => read(bold));
  const fields = [
    { weight: WEIGHTS.title, tokens: title },
    { weight: WEIGHTS.questions, tokens: questions.flat() },
    { weight: WEIGHTS.examples, tokens: examples.flat() },
    { weight: WEIGHTS.keywords, tokens: article.keywords.flatMap((keyword) => read(keyword)) },
    { weight: WEIGHTS.headings, tokens: headings },
    { weight: WEIGHTS.body, tokens: body },
  ];
  return { article, fields, asked: [title, ...questions, ...examples] };
}
const LATIN_WORD = /[a-z]{3,}/g;
const LINK_TARGET = /\]\([^)]*\)/g;

function meanLength(read: readonly Read[], language: Language): number {
  const own = read.filter(({ article }) => article.language === language);
  const total = own.reduce(
    (sum, { fields }) => sum + fields.reduce((length, { tokens }) => length + tokens.length, 0),
    0,
  );
  return own.length === 0 ? 1 : total / own.length;
}
