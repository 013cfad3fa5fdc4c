import type { Synonyms } from './concepts.ts';
import type { Example } from './examples.ts';
import { createIndex, type Index } from './search-index.ts';
import { createRanking, type Ranked } from './ranking.ts';
import { normalise } from './concepts.ts';
import { confidence, THRESHOLD, WORTH_SHOWING } from './confidence.ts';
import type { Article, Language, OfferingId } from './schema.ts';

export interface Query {
  question: string;
  language: Language;
  offering: OfferingId;
  audience?: 'everyone' | 'admin' | 'partner';
}

/**
 * A topic that was found. `score` is the confidence, 0..1. `article` is in the query's language where there is one;
 * otherwise its `language` tells which, and whoever shows it says so.
 */
export interface Hit {
  topic: string;
  score: number;
  article: Article;
}

/** `best` is null when nothing is certain enough; `alternatives` are the next nearest, at most two. */
export interface Answer {
  best: Hit | null;
  alternatives: Hit[];
}

export interface Search {
  ask(query: Query): Answer;
  /** Indexes an offering ahead of its first question, which otherwise pays for it (about 50 ms). */
  warm(offering: OfferingId): void;
}

/** Longer questions are cut: what is asked stands at the start, and time stays linear in this. */
const LONGEST_QUESTION = 600;

/**
 * An index over all articles, which also learns from `examples`: questions with the topic that answers them, read when the
 * first question (or `warm`) needs them, so that no start waits for it. An article is
 * never found from an offering that it doesn't belong to.
 */
export function createSearch(
  articles: readonly Article[],
  synonyms: Synonyms,
  examples: () => readonly Example[] = () => [],
): Search {
  let built: Index | undefined;
  const indexed = (): Index => (built ??= createIndex({ articles, examples: examples(), synonyms }));
  const rank = createRanking();
  return {
    warm: (offering) => void indexed().shelf(offering),
    ask: (query) => {
      const text = normalise(query.question.slice(0, LONGEST_QUESTION)).slice(0, LONGEST_QUESTION);
      const index = indexed();
      const shelf = index.shelf(query.offering);
      const tokens = index.tokensOf(text, shelf);
      return answer(rank(tokens, shelf, query), { query, tokens: tokens.size, index });
    },
  };
}

interface Asked {
  query: Query;
  tokens: number;
  index: Index;
}

function answer(ranked: readonly Ranked[], { query, tokens, index }: Asked): Answer {
  const hits: Hit[] = ranked.slice(0, 3).map((one, place) => ({
    topic: one.topic,
    score: confidence(one, ranked[place === 0 ? 1 : 0], tokens),
    article: index.inLanguage(one, query.language),
  }));
  const [first, ...others] = hits;
  if (first !== undefined && first.score >= THRESHOLD) return { best: first, alternatives: others };
  return { best: null, alternatives: hits.filter(({ score }) => score >= WORTH_SHOWING).slice(0, 2) };
}
