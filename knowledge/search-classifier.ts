import type { Grams } from './search-grams.ts';

/**
 * A linear classifier over topics: for every bucket and class a weight, kept in eight bits with a scale for each class. Its
 * last classes, one for each offering, stand for "the book has no answer".
 */
export interface Weights {
  readonly topics: readonly string[];
  /** `hashed[bucket * classes + class]`, to be multiplied by the class's scale. */
  readonly hashed: Int8Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
  /** Rarity of each bucket among the examples; that of a bucket which none of them has is negative. */
  readonly rarity: Float32Array;
}

/** What the classifier makes of a question: the probability of each candidate if there is an answer, and that there is none. */
export interface Judgement {
  readonly chances: Float32Array;
  none: number;
}

/** Judges among `candidates` (class numbers), `none` being the class of no answer; the result is valid until the next call. */
export type Classifier = (grams: Grams, candidates: Int32Array, none: number) => Judgement;

export function createClassifier({ hashed, scales, bias, rarity }: Weights): Classifier {
  const classes = bias.length;
  const sums = new Float32Array(classes);
  const judged: Judgement = { chances: new Float32Array(classes), none: 0 };
  return (grams, candidates, none) => {
    sums.fill(0);
    const length = lengthOf(grams, rarity);
    const among = candidates.length;
    for (let at = 0; at < grams.count; at++) {
      const bucket = grams.buckets[at] ?? 0;
      const weight = rarity[bucket] ?? 0;
      if (weight < 0) continue;
      const row = bucket * classes;
      sums[none] = (sums[none] ?? 0) + weight * (hashed[row + none] ?? 0);
      for (let i = 0; i < among; i++) {
        const c = candidates[i] ?? 0;
        const own = hashed[row + c] ?? 0;
        // Most weights of a rare gram are 0, and leave a sum as it is.
        if (own !== 0) sums[c] = (sums[c] ?? 0) + weight * own;
      }
    }
    const raw = (c: number): number => ((sums[c] ?? 0) * (scales[c] ?? 0)) / length + (bias[c] ?? 0);
    share(raw, { candidates, none, judged });
    return judged;
  };
}

/** What no example has says nothing for or against a topic, and doesn't count. */
function lengthOf({ buckets, count }: Grams, rarity: Float32Array): number {
  let squares = 0;
  for (let at = 0; at < count; at++) {
    const weight = rarity[buckets[at] ?? 0] ?? 0;
    if (weight > 0) squares += weight * weight;
  }
  return Math.sqrt(squares) || 1;
}

interface Among {
  candidates: Int32Array;
  none: number;
  judged: Judgement;
}

/** Softmax over the candidates and "no answer". */
function share(raw: (c: number) => number, { candidates, none, judged }: Among): void {
  let highest = raw(none);
  for (const c of candidates) highest = Math.max(highest, raw(c));
  const nothing = Math.exp(raw(none) - highest);
  let sum = 0;
  for (const c of candidates) sum += judged.chances[c] = Math.exp(raw(c) - highest);
  judged.none = nothing / (sum + nothing);
  for (const c of candidates) judged.chances[c] = (judged.chances[c] ?? 0) / sum;
}
