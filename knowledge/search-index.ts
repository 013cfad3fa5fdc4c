import { createConcepts, normalise, OUTSIDE, type Concepts, type Synonyms } from './concepts.ts';
import type { Example } from './examples.ts';
import {
  createPartition,
  createVocabulary,
  weigh,
  type FieldTokens,
  type Partition,
  type Vocabulary,
} from './partition.ts';
import type { Uses } from './postings.ts';
import { LANGUAGES, type Article, type Language, type OfferingId } from './schema.ts';
import { tokenise } from './tokens.ts';
import { createSpeller, type Speller } from './typos.ts';

/** What the articles of one offering say, ready to be asked. */
export interface Shelf {
  readonly partitions: ReadonlyMap<Language, Partition>;
  readonly speller: Speller;
}

export interface Index {
  /** Built when it is first asked for: a start needn't wait for four offerings. */
  shelf(offering: OfferingId): Shelf;
  /** The terms of a normalised question, each once; `undefined` for a token that no article uses. */
  tokensOf(text: string, shelf: Shelf): Map<string, number | undefined>;
  /** The topic's article in `language`, or the one that was found. */
  inLanguage(found: { topic: string; article: Article }, language: Language): Article;
}

/** Articles, and sentences by which people were known to ask for them. */
export interface Sources {
  articles: readonly Article[];
  examples: readonly Example[];
  synonyms: Synonyms;
}

export function createIndex({ articles, examples, synonyms }: Sources): Index {
  const tools = lazily((): Tools => ({
    concepts: createConcepts(synonyms),
    vocabulary: createVocabulary(),
    asked: Map.groupBy(examples, ({ lang, topic }) => `${lang} ${topic}`),
  }));
  const byTopic = new Map(articles.map((article) => [`${article.language} ${article.topic}`, article]));
  const shelves = new Map<OfferingId, Shelf>();
  return {
    shelf: (offering) => {
      const known = shelves.get(offering);
      if (known !== undefined) return known;
      const own = articles.filter(({ offerings }) => offerings.includes(offering));
      const shelf = fillShelf(own, tools());
      shelves.set(offering, shelf);
      return shelf;
    },
    tokensOf: (text, { speller }) => {
      const { concepts, vocabulary } = tools();
      const corrected = text.replace(/[a-z]{4,}/g, (word) => speller.correct(word));
      return new Map(tokenise(corrected, concepts).map((token) => [token, vocabulary.find(token)]));
    },
    inLanguage: ({ topic, article }, language) => byTopic.get(`${language} ${topic}`) ?? article,
  };
}

/** Makes a value when it is first needed. */
function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

interface Tools {
  asked: ReadonlyMap<string, readonly Example[]>;
  concepts: Concepts;
  vocabulary: Vocabulary;
}

function fillShelf(articles: readonly Article[], tools: Tools): Shelf {
  const { common, words: aliases } = tools.concepts;
  const words = new Map([...aliases].map((word) => [word, 1]));
  const partitions = new Map<Language, Partition>();
  for (const language of LANGUAGES) {
    const spoken = articles.filter((article) => article.language === language);
    if (spoken.length > 0) partitions.set(language, fillPartition(spoken, words, tools));
  }
  return { partitions, speller: createSpeller(words, common) };
}

function fillPartition(articles: readonly Article[], words: Map<string, number>, tools: Tools): Partition {
  const { vocabulary } = tools;
  const read = articles.map((article) => readFields(article, words, tools));
  const total = read.reduce((sum, { fields }) => sum + lengthOf(fields), 0);
  const indexed = read.map(({ article, fields, asked }) => ({
    article,
    text: weigh(fields, total / read.length, vocabulary),
    asked: asked.map((tokens): Uses => new Map(tokens.map((token) => [vocabulary.numberOf(token), 1]))),
  }));
  return createPartition(indexed, vocabulary.size);
}

function lengthOf(fields: readonly FieldTokens[]): number {
  return fields.reduce((sum, { tokens }) => sum + tokens.length, 0);
}

interface Read {
  article: Article;
  fields: FieldTokens[];
  asked: string[][];
}

const WEIGHTS = { title: 3, questions: 2, keywords: 2.5, headings: 1.5, examples: 2, body: 0.5 };

function readFields(article: Article, words: Map<string, number>, { asked, concepts }: Tools): Read {
  const read = (text: string): string[] => {
    const plain = normalise(text);
    for (const word of plain.match(LATIN_WORD) ?? []) words.set(word, (words.get(word) ?? 0) + 1);
    return tokenise(plain, concepts).filter((token) => !token.startsWith(OUTSIDE));
  };
  const title = read(article.title);
  const questions = article.questions.map(read);
  const known = asked.get(`${article.language} ${article.topic}`) ?? [];
  const examples = known.map(({ question }) => read(question));
  const body = article.body.replace(LINK_TARGET, '');
  const fields = [
    { weight: WEIGHTS.title, tokens: title },
    { weight: WEIGHTS.questions, tokens: questions.flat() },
    { weight: WEIGHTS.examples, tokens: examples.flat() },
    { weight: WEIGHTS.keywords, tokens: article.keywords.flatMap(read) },
    { weight: WEIGHTS.headings, tokens: [...body.matchAll(/\*\*(.+?)\*\*/g)].flatMap(([, bold = '']) => read(bold)) },
    { weight: WEIGHTS.body, tokens: read(body) },
  ];
  return { article, fields, asked: [title, ...questions, ...examples] };
}
const LATIN_WORD = /[a-z]{3,}/g;
const LINK_TARGET = /\]\([^)]*\)/g;
