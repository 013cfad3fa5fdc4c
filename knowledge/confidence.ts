import type { Ranked } from './ranking.ts';

/** From here on an answer is shown as the answer. */
export const THRESHOLD = 0.5;
/** Below this a topic is not even offered as a choice. */
export const WORTH_SHOWING = 0.12;

/** How sure it is that `one` answers the question, `rival` being the next best topic. 0..1. */
export function confidence(one: Ranked, rival: Ranked | undefined): number {
  const margin = one.score - (rival?.score ?? 0);
  const logit = 9 * one.score + 4 * Math.max(margin, 0) - 4;
  return Math.round(1000 / (1 + Math.exp(-logit))) / 1000;
}
