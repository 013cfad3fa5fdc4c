import { CONCEPT, OUTSIDE } from './concepts.ts';
import type { Partition } from './partition.ts';
import { createAccumulator, empty, type Accumulator } from './postings.ts';
import type { Shelf } from './search-index.ts';
import type { Article, Language } from './schema.ts';

/** A topic with what its text has for it, each 0..1: how much of the question it says, how like one of its questions it is. */
export interface Ranked {
  topic: string;
  article: Article;
  coverage: number;
  likeness: number;
  score: number;
}

export interface Asker {
  language: Language;
  audience?: 'everyone' | 'admin' | 'partner';
}

const COVERAGE_SHARE = 0.6;
/** What a word that no article knows weighs against an answer, measured by the rarest known one. */
const UNKNOWN_SHARE = 0.6;
/** What a matter outside the book weighs against an answer. */
const OUTSIDE_SHARE = 4;
/** An article in another language is as right, but the one in the person's language decides a tie. */
const OTHER_LANGUAGE = 0.95;
/** Steps for administrators shown to somebody who isn't one: only where nothing else comes near. */
const OTHER_AUDIENCE = 0.8;
const MOST = 6;
/** So many uses are looked through in a language's articles, the rarest words' first: it bounds the time of a question. */
const BUDGET = 500;

export type Ranking = (tokens: ReadonlyMap<string, number | undefined>, shelf: Shelf, asker: Asker) => Ranked[];

/** Ranks the topics of a shelf by their texts, in no order; scratch arrays are shared by all queries, which run one after another. */
export function createRanking(): Ranking {
  const scratch = { text: createAccumulator(0), asked: createAccumulator(0), likeness: new Float32Array(0) };
  return (tokens, shelf, asker) => {
    const topics = new Map<string, Ranked>();
    const asked = weighShares(tokens, shelf);
    for (const [language, partition] of shelf.partitions) {
      grow(scratch, partition);
      for (const found of rankPartition(asked, partition, scratch)) {
        found.score *= favour(found.article, language, asker);
        const known = topics.get(found.topic);
        if (known === undefined || found.score > known.score) topics.set(found.topic, found);
      }
    }
    return [...topics.values()];
  };
}

function favour(article: Article, language: Language, asker: Asker): number {
  const spoken = language === asker.language ? 1 : OTHER_LANGUAGE;
  return asker.audience === 'everyone' && article.audience !== 'everyone' ? spoken * OTHER_AUDIENCE : spoken;
}

interface Scratch {
  text: Accumulator;
  asked: Accumulator;
  likeness: Float32Array;
}

function grow(scratch: Scratch, { text, asked }: Partition): void {
  if (scratch.text.scores.length < text.units) {
    scratch.text = createAccumulator(text.units);
    scratch.likeness = new Float32Array(text.units);
  }
  if (scratch.asked.scores.length < asked.units) scratch.asked = createAccumulator(asked.units);
}

/** A token of the question: its term, and what it weighs where a language's articles don't know it. */
interface Token {
  term: number | undefined;
  unknownShare: number;
}

function weighShares(tokens: ReadonlyMap<string, number | undefined>, { partitions }: Shelf): Token[] {
  // A meaning that the book knows, but no article of this offering in any language, belongs to another offering.
  const all = [...partitions.values()];
  const isForeign = (term: number | undefined): boolean =>
    term === undefined || all.every(({ text }) => text.uses(term) === 0);
  return Array.from(tokens, ([token, term]) => {
    const isOutside = token.startsWith(OUTSIDE) || (token.startsWith(CONCEPT) && isForeign(term));
    return { term, unknownShare: isOutside ? OUTSIDE_SHARE : UNKNOWN_SHARE };
  });
}

function rankPartition(tokens: readonly Token[], partition: Partition, scratch: Scratch): Ranked[] {
  const { text, asked } = partition;
  let total = 0;
  let squares = 0;
  let looked = 0;
  for (const { term, idf, weight } of byRarity(tokens, text)) {
    // Among thousands of articles, what very many of them say tells few apart, and would cost most of the time.
    const isTooMuch = looked > 0 && term !== undefined && looked + text.uses(term) > BUDGET;
    if (isTooMuch) continue;
    total += weight;
    squares += weight * weight;
    if (term === undefined) continue;
    looked += text.uses(term);
    text.add(term, weight, scratch.text);
    asked.add(term, weight * idf, scratch.asked);
  }
  gatherLikeness(partition, Math.sqrt(squares), scratch);
  return best(partition, total, scratch);
}

interface Weighed {
  /** undefined: no article here uses it. */
  term: number | undefined;
  idf: number;
  weight: number;
}

function byRarity(tokens: readonly Token[], text: Partition['text']): Weighed[] {
  const weighed = tokens.map(({ term, unknownShare }): Weighed => {
    const isKnown = term !== undefined && text.uses(term) > 0;
    const idf = isKnown ? text.idf(term) : text.rarest;
    return { term: isKnown ? term : undefined, idf, weight: isKnown ? idf : idf * unknownShare };
  });
  return weighed.toSorted((a, b) => b.idf - a.idf);
}

/** Of an article's questions, the one most like the query counts. */
function gatherLikeness({ owners, lengths }: Partition, queryLength: number, { asked, likeness }: Scratch): void {
  for (let at = 0; at < asked.count; at++) {
    const unit = asked.touched[at] ?? 0;
    const owner = owners[unit] ?? 0;
    const cosine = (asked.scores[unit] ?? 0) / (queryLength * (lengths[unit] ?? 1));
    if (cosine > (likeness[owner] ?? 0)) likeness[owner] = cosine;
  }
  empty(asked);
}

function best({ articles }: Partition, total: number, { text, likeness }: Scratch): Ranked[] {
  const { scores, touched, count } = text;
  const perWeight = COVERAGE_SHARE / total;
  const top: Ranked[] = [];
  let least = 0;
  for (let at = 0; at < count; at++) {
    const unit = touched[at] ?? 0;
    const own = likeness[unit] ?? 0;
    const covered = scores[unit] ?? 0;
    likeness[unit] = 0;
    const score = perWeight * covered + (1 - COVERAGE_SHARE) * own;
    if (score <= least) continue;
    const article = articles[unit];
    if (article === undefined) continue;
    const coverage = covered / total;
    insert(top, { topic: article.topic, article, coverage, likeness: own, score });
    if (top.length === MOST) least = top[MOST - 1]?.score ?? 0;
  }
  empty(text);
  return top;
}

function insert(top: Ranked[], found: Ranked): void {
  if (top.length < MOST) top.push(found);
  let at = top.length - 1;
  for (; at > 0; at--) {
    const above = top[at - 1];
    if (above === undefined || above.score >= found.score) break;
    top[at] = above;
  }
  top[at] = found;
}
