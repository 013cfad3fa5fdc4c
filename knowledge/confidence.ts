import type { Doubt } from './search-doubts.ts';
import type { Judged } from './search-judging.ts';

/** From here on an answer is shown as the answer. */
export const THRESHOLD = 0.68;
/** Below this a topic is not even offered as a choice. */
export const WORTH_SHOWING = 0.05;

const LONG = 8;

/** How sure it is that `one` answers the question of so many tokens, `rival` being the next best of its kind. 0..1. */
export function confidence(one: Judged, rival: Judged | undefined, asked: Asked): number {
  const length = Math.min(asked.tokens, LONG) / LONG;
  if (one.chance === undefined) return byText(one, rival, length);
  return sigmoid(weigh(TAUGHT, signsOf(one, rival, asked)));
}

export interface Asked {
  none: number;
  tokens: number;
  /** Another cloud is named. */
  isForeign: boolean;
  /** A matter outside the book is named. */
  isOutside: boolean;
  doubt: Doubt | undefined;
}

/** What the confidence of a taught topic rests on, in the order of its weights. */
export function signsOf(one: Judged, rival: Judged | undefined, asked: Asked): number[] {
  const { none, tokens, isForeign, isOutside, doubt = NO_DOUBT } = asked;
  const margin = Math.max(Math.min(one.strength - (rival?.strength ?? LOWEST), WIDEST), -WIDEST);
  const length = Math.min(tokens, LONG) / LONG;
  const outside = isOutside && !ABOUT_OTHERS.has(one.topic);
  const { sounds, odds, oddest, rare, rareShare } = doubt;
  const judged = [margin, logit(none), length, one.coverage, Number(isForeign), Number(outside)];
  return [1, ...judged, sounds, odds, oddest, Math.min(rare, MANY), rareShare, one.misfit];
}
const NO_DOUBT: Doubt = { sounds: 0, odds: 0, oddest: 0, rare: 0, rareShare: 0 };
const MANY = 12;
/** Topics that are asked for by naming what is outside. */
const ABOUT_OTHERS: ReadonlySet<string> = new Set(['o365cn.third-party', 'azurecn.non-microsoft-tech']);
const LOWEST = -10;
const WIDEST = 6;

// Fitted by logistic regression to whether there is an answer, on the questions of eight groups of authors, each asked of an index
// that had learnt nothing of its group; each group counts as much, with a mean of its own, and a tenth as much what was asked of a
// cloud where it has no answer. The first is lowered until authors unknown to the index lie about as far from the bar of what is
// refused as from that of what is refused wrongly. Chance, likeness and language by themselves added nothing. See decision 0010.
const TAUGHT = [-3.82, 0.17, -0.44, 1.32, 3.07, -5.19, -0.8, -0.12, -0.22, -0.15, 0.08, -1.24, -0.29];

// Fitted in the same way, of an index without a classifier.
const BIAS = -6.15;
const COVERAGE = 5.36;
const LIKENESS = 3.63;
const MARGIN = 2.39;
const LENGTH = 3.63;

function byText(one: Judged, rival: Judged | undefined, length: number): number {
  const margin = Math.max(one.text - (rival?.text ?? 0), 0);
  const evidence = COVERAGE * one.coverage + LIKENESS * one.likeness + MARGIN * margin;
  return sigmoid(BIAS + evidence + LENGTH * length);
}

function weigh(weights: readonly number[], signs: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * (signs[at] ?? 0), 0);
}

function logit(chance: number): number {
  return Math.log((chance + 1e-3) / (1 - chance + 1e-3));
}

function sigmoid(odds: number): number {
  return Math.round(1000 / (1 + Math.exp(-odds))) / 1000;
}
