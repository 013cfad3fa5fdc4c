import { normalise, OUTSIDE, type Concepts } from './concepts.ts';
import type { Example } from './examples.ts';
import {
  collectPartition,
  createVocabulary,
  weigh,
  type FieldTokens,
  type PartitionArrays,
  type Vocabulary,
} from './partition.ts';
import type { Uses } from './postings.ts';
import { LANGUAGES, OFFERINGS, type Article, type Language, type OfferingId } from './schema.ts';
import type { Weights } from './search-classifier.ts';
import { learnDoubts, type Doubts } from './search-doubts.ts';
import { learnFits, type Fits } from './search-fit.ts';
import { askedIn, createClasses, createReader, heardIn, lessonsFrom, taughtTopics } from './search-lessons.ts';
import { train } from './search-training.ts';
import { tokenise } from './tokens.ts';
import { packWords, type WordArrays } from './word-table.ts';

/** A shelf as plain data: the partitions by language, and the words that its articles use with how often. */
export interface ShelfData {
  readonly offering: OfferingId;
  readonly words: ReadonlyMap<string, number>;
  readonly partitions: readonly (PartitionArrays & { readonly language: Language; readonly articles: Int32Array })[];
}

/** What was learnt of the examples: which topic answers, what has no answer at all, and how each topic is asked for. */
export interface Learnt {
  readonly weights: Weights;
  readonly doubts: Doubts;
  readonly fits: Fits;
}

/** The whole index as plain data, which is what the index file keeps. `learnt` is undefined where nothing was taught. */
export interface IndexData {
  readonly vocabulary: WordArrays;
  readonly shelves: readonly ShelfData[];
  readonly learnt: Learnt | undefined;
}

/** Articles, and sentences by which people were known to ask for them. */
export interface Sources {
  articles: readonly Article[];
  examples: readonly Example[];
  concepts: Concepts;
}

/**
 * Reads everything once, a fifth of a second for the book, and trains the classifier, which takes seconds, unless what was
 * learnt of the same lessons is at hand.
 */
export function buildIndex({ articles, examples, concepts }: Sources, learnt?: Learnt): IndexData {
  const tools: Tools = {
    concepts,
    vocabulary: createVocabulary(),
    asked: Map.groupBy(examples, ({ lang, topic }) => `${lang} ${topic ?? ''}`),
    known: new Map(),
  };
  const numbered = articles.map((article, number) => ({ article, number }));
  const shelves = OFFERINGS.map((offering) =>
    fillShelf(
      offering,
      numbered.filter(({ article }) => article.offerings.includes(offering)),
      tools,
    ),
  );
  return {
    vocabulary: packWords(tools.vocabulary.tokens()),
    shelves,
    learnt: learnt ?? teach({ articles, examples, concepts }),
  };
}

function teach({ articles, examples, concepts }: Sources): Learnt | undefined {
  const topics = taughtTopics(articles, examples);
  if (topics.length === 0) return undefined;
  const read = createReader(concepts);
  const lessons = lessonsFrom({ articles, examples }, createClasses(topics, articles), read);
  return {
    weights: train(lessons, topics, topics.length + OFFERINGS.length),
    doubts: learnDoubts(heardIn({ articles, examples }, read)),
    fits: learnFits(askedIn({ articles, examples }, topics, read), topics),
  };
}

interface Tools {
  asked: ReadonlyMap<string, readonly Example[]>;
  concepts: Concepts;
  vocabulary: Vocabulary;
  /** What was read of an article, which may stand on several shelves. */
  known: Map<Article, Read>;
}

interface Numbered {
  article: Article;
  number: number;
}

function fillShelf(offering: OfferingId, own: readonly Numbered[], tools: Tools): ShelfData {
  const words = new Map<string, number>();
  const spoken = LANGUAGES.map((language) => ({
    language,
    own: own.filter(({ article }) => article.language === language),
  }));
  const partitions = spoken
    .filter((one) => one.own.length > 0)
    .map((one) => ({
      language: one.language,
      articles: Int32Array.from(one.own, ({ number }) => number),
      ...fillPartition(one.own, words, tools),
    }));
  return { offering, words, partitions };
}

function fillPartition(own: readonly Numbered[], words: Map<string, number>, tools: Tools): PartitionArrays {
  const { vocabulary } = tools;
  const read = own.map(({ article }) => readOnce(article, tools));
  for (const { latin } of read) for (const word of latin) words.set(word, (words.get(word) ?? 0) + 1);
  const total = read.reduce((sum, { fields }) => sum + lengthOf(fields), 0);
  const indexed = read.map(({ fields, asked }) => ({
    text: weigh(fields, total / read.length, vocabulary),
    asked: asked.map((tokens): Uses => new Map(tokens.map((token) => [vocabulary.numberOf(token), 1]))),
  }));
  return collectPartition(indexed, vocabulary.size);
}

function lengthOf(fields: readonly FieldTokens[]): number {
  return fields.reduce((sum, { tokens }) => sum + tokens.length, 0);
}

interface Read {
  fields: FieldTokens[];
  asked: string[][];
  latin: string[];
}

const WEIGHTS = { title: 3, questions: 2, keywords: 2.5, headings: 1.5, examples: 2, body: 0.5 };

function readOnce(article: Article, tools: Tools): Read {
  const known = tools.known.get(article) ?? readFields(article, tools);
  tools.known.set(article, known);
  return known;
}

function readFields(article: Article, { asked, concepts }: Tools): Read {
  const latin: string[] = [];
  const read = (text: string): string[] => {
    const plain = normalise(text);
    for (const [word] of plain.matchAll(LATIN_WORD)) latin.push(word);
    return tokenise(plain, concepts.scan(plain)).filter((token) => !token.startsWith(OUTSIDE));
  };
  const title = read(article.title);
  const questions = article.questions.map(read);
  const examples = (asked.get(`${article.language} ${article.topic}`) ?? []).map(({ question }) => read(question));
  const body = article.body.replace(LINK_TARGET, '');
  const fields = [
    { weight: WEIGHTS.title, tokens: title },
    { weight: WEIGHTS.questions, tokens: questions.flat() },
    { weight: WEIGHTS.examples, tokens: examples.flat() },
    { weight: WEIGHTS.keywords, tokens: article.keywords.flatMap(read) },
    { weight: WEIGHTS.headings, tokens: [...body.matchAll(/\*\*(.+?)\*\*/g)].flatMap(([, bold = '']) => read(bold)) },
    { weight: WEIGHTS.body, tokens: read(body) },
  ];
  return { fields, asked: [title, ...questions, ...examples], latin };
}
const LATIN_WORD = /[a-z]{3,}/g;
const LINK_TARGET = /\]\([^)]*\)/g;
