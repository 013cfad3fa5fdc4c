import type { Synonyms } from './concepts.ts';
import type { Example } from './examples.ts';
import type { Doubt } from './search-doubts.ts';
import { createIndex, type Index, type IndexStore } from './search-index.ts';
import { judge, type Judged, type Outlook } from './search-judging.ts';
import { createRanking } from './ranking.ts';
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
 * An index over all articles, which also learns from `examples`: questions with the topic that answers them. It is read from
 * `store`, or built, when the first question (or `warm`) needs it, so that no start waits for it. An article is never found
 * from an offering that it doesn't belong to.
 */
export function createSearch(
  articles: readonly Article[],
  synonyms: Synonyms,
  examples: () => readonly Example[] = () => [],
  store?: IndexStore,
): Search {
  let opened: Index | undefined;
  const open = (): Index => (opened ??= createIndex({ articles, examples, synonyms, store }));
  const rank = createRanking();
  return {
    warm: (offering) => void open().shelf(offering),
    ask: (query) => {
      const text = normalise(query.question.slice(0, LONGEST_QUESTION)).slice(0, LONGEST_QUESTION);
      const index = open();
      const shelf = index.shelf(query.offering);
      const said = index.read(text, shelf);
      const outlook = judge(rank(said.tokens, shelf, query), said, { shelf, index, asker: query });
      const { isForeign, isOutside, doubt } = said;
      return answer(outlook, { query, tokens: said.tokens.size, isForeign, isOutside, doubt, index });
    },
  };
}

interface Asked {
  query: Query;
  tokens: number;
  isForeign: boolean;
  isOutside: boolean;
  doubt: Doubt | undefined;
  index: Index;
}

function answer({ judged, none }: Outlook, { query, index, ...asked }: Asked): Answer {
  const hits = [...firstOf(judged, true), ...firstOf(judged, false)].map(({ one, rival }): Hit => ({
    topic: one.topic,
    score: confidence(one, rival, { none, ...asked }),
    article: inLanguage(one, query.language, index),
  }));
  const [first, ...others] = hits.toSorted((a, b) => b.score - a.score);
  if (first !== undefined && first.score >= THRESHOLD) return { best: first, alternatives: others.slice(0, 2) };
  const worthy = [first, ...others].filter((hit) => hit !== undefined && hit.score >= WORTH_SHOWING);
  return { best: null, alternatives: worthy.filter((hit) => hit !== undefined).slice(0, 2) };
}

function inLanguage({ topic, article }: Judged, language: Language, index: Index): Article {
  return article.language === language ? article : (index.inLanguage(topic, language) ?? article);
}

/** The three strongest that were taught, or that weren't, each with the next best of its kind. */
function firstOf(judged: readonly Judged[], taught: boolean): { one: Judged; rival: Judged | undefined }[] {
  const kind = judged.filter(({ chance }) => (chance !== undefined) === taught).slice(0, 3);
  return kind.map((one, place) => ({ one, rival: kind[place === 0 ? 1 : 0] }));
}
