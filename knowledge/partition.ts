import { collectPostings, createPostings, type PostingArrays, type Postings, type Uses } from './postings.ts';
import type { Article } from './schema.ts';

/** Gives every token a number; the same vocabulary serves all partitions. */
export interface Vocabulary {
  numberOf(token: string): number;
  tokens(): string[];
  readonly size: number;
}

export function createVocabulary(): Vocabulary {
  const numbers = new Map<string, number>();
  return {
    numberOf: (token) => {
      const known = numbers.get(token);
      if (known !== undefined) return known;
      numbers.set(token, numbers.size);
      return numbers.size - 1;
    },
    tokens: () => [...numbers.keys()],
    get size() {
      return numbers.size;
    },
  };
}

/** The terms of an article: the whole text by field weight, and each way of asking (title, questions) by itself. */
export interface Indexed {
  text: Uses;
  asked: readonly Uses[];
}

/** What a partition is made of: plain arrays, as they stand in the index file. */
export interface PartitionArrays {
  readonly text: PostingArrays;
  readonly asked: PostingArrays;
  /** Article and length (root of the sum of squared idf) of each unit in `asked`. */
  readonly owners: Int32Array;
  readonly lengths: Float32Array;
}

/** The articles of one offering in one language: rarity is counted among them, so "21Vianet" is rare only where it is. */
export interface Partition extends Pick<PartitionArrays, 'owners' | 'lengths'> {
  readonly articles: readonly Article[];
  readonly text: Postings;
  readonly asked: Postings;
}

export function collectPartition(indexed: readonly Indexed[], terms: number): PartitionArrays {
  const units = indexed.flatMap(({ asked }) => asked);
  const owners = Int32Array.from(indexed.flatMap(({ asked }, article) => asked.map(() => article)));
  const collected = collectPostings(
    indexed.map(({ text: uses }) => uses),
    terms,
  );
  const postings = createPostings(collected);
  // A term's rarity is the same on both sides: that among the articles.
  const lengths = Float32Array.from(units, (uses) => {
    let squares = 0;
    for (const [term, worth] of uses) squares += (worth * postings.idf(term)) ** 2;
    return Math.sqrt(squares);
  });
  return { text: collected, asked: collectPostings(units, terms), owners, lengths };
}

export function createPartition(articles: readonly Article[], arrays: PartitionArrays): Partition {
  const { text, asked, owners, lengths } = arrays;
  return { articles, text: createPostings(text), asked: createPostings(asked), owners, lengths };
}

export interface FieldTokens {
  weight: number;
  tokens: readonly string[];
}

// Okapi BM25's usual constants; a body is long or short by its subject more than by chance, so length counts for less.
const SATURATION = 2;
const LENGTH_WEIGHT = 0.4;

/** BM25F: the weighted uses of each term over all fields, evened out by length, then saturated to 0..1. */
export function weigh(fields: readonly FieldTokens[], meanLength: number, vocabulary: Vocabulary): Uses {
  const length = fields.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const evening = 1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * length) / Math.max(meanLength, 1);
  const uses = new Map<number, number>();
  for (const { weight, tokens } of fields) {
    for (const token of tokens) {
      const term = vocabulary.numberOf(token);
      uses.set(term, (uses.get(term) ?? 0) + weight / evening);
    }
  }
  for (const [term, sum] of uses) uses.set(term, sum / (sum + SATURATION));
  return uses;
}
