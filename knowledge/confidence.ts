import type { Ranked } from './ranking.ts';

/** From here on an answer is shown as the answer. */
export const THRESHOLD = 0.36;
/** Below this a topic is not even offered as a choice. */
export const WORTH_SHOWING = 0.05;

// Fitted by logistic regression on the tuning questions, each asked of an index that had not learnt it, and on some of them
// asked in offerings that have no answer to them.
const BIAS = -6.15;
const COVERAGE = 5.36;
const LIKENESS = 3.63;
const MARGIN = 2.39;
const LENGTH = 3.63;
const LONG = 8;

/** How sure it is that `one` answers the question of so many tokens, `rival` being the next best topic. 0..1. */
export function confidence(one: Ranked, rival: Ranked | undefined, tokens: number): number {
  const margin = Math.max(one.score - (rival?.score ?? 0), 0);
  const length = Math.min(tokens, LONG) / LONG;
  const evidence = COVERAGE * one.coverage + LIKENESS * one.likeness + MARGIN * margin;
  return Math.round(1000 / (1 + Math.exp(-(BIAS + evidence + LENGTH * length)))) / 1000;
}
