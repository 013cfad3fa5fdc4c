import { BUCKETS } from './search-grams.ts';
import type { Weights } from './search-classifier.ts';

/** One text to learn from, as buckets; it is asked in each of `asked`: the candidates there, and the right class. */
export interface Lesson {
  buckets: Int32Array;
  asked: readonly { candidates: Int32Array; right: number }[];
}

const ROUNDS = 6;
const RATE = 0.5;
const BIAS_RATE = 0.15;
const DECAY = 1e-5;
/** A mistake smaller than this teaches nothing. */
const ENOUGH = 1e-4;

/**
 * Multinomial logistic regression over hashed grams, by AdaGrad: the same lessons give the same weights. `classes` counts the
 * classes of "no answer" too. Takes about a second for 5,000 lessons.
 */
export function train(lessons: readonly Lesson[], topics: readonly string[], classes: number): Weights {
  const rarity = rarities(lessons);
  const learner: Learner = {
    classes,
    weights: new Float32Array(BUCKETS * classes),
    pace: new Float32Array(BUCKETS * classes).fill(1e-6),
    bias: new Float32Array(classes),
    biasPace: new Float32Array(classes).fill(1),
    chances: new Float64Array(classes),
  };
  const values = lessons.map(({ buckets }) => valuesOf(buckets, rarity));
  const steps = lessons.flatMap(({ buckets, asked }, at) =>
    asked.map((one): Step => ({ buckets, values: values[at] ?? NO_VALUES, ...one })),
  );
  const order = Int32Array.from(steps.keys());
  const random = createRandom();
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, random);
    for (const at of order) {
      const step = steps[at];
      if (step !== undefined) learn(learner, step);
    }
  }
  return { topics, rarity, bias: learner.bias, ...quantise(learner.weights, classes) };
}
const NO_VALUES = new Float32Array(0);

interface Learner {
  classes: number;
  weights: Float32Array;
  pace: Float32Array;
  bias: Float32Array;
  biasPace: Float32Array;
  chances: Float64Array;
}

interface Step {
  buckets: Int32Array;
  values: Float32Array;
  candidates: Int32Array;
  right: number;
}

function learn(learner: Learner, step: Step): void {
  const { classes, weights, bias, chances } = learner;
  const { buckets, values, candidates } = step;
  let highest = -Infinity;
  for (const c of candidates) {
    let sum = bias[c] ?? 0;
    for (let at = 0; at < buckets.length; at++) {
      sum += (weights[(buckets[at] ?? 0) * classes + c] ?? 0) * (values[at] ?? 0);
    }
    chances[c] = sum;
    if (sum > highest) highest = sum;
  }
  let total = 0;
  for (const c of candidates) total += chances[c] = Math.exp((chances[c] ?? 0) - highest);
  for (const c of candidates) {
    const mistake = (chances[c] ?? 0) / total - (c === step.right ? 1 : 0);
    if (Math.abs(mistake) >= ENOUGH) mend(learner, step, c, mistake);
  }
}

function mend({ classes, weights, pace, bias, biasPace }: Learner, step: Step, c: number, mistake: number): void {
  const { buckets, values } = step;
  for (let at = 0; at < buckets.length; at++) {
    const place = (buckets[at] ?? 0) * classes + c;
    const slope = mistake * (values[at] ?? 0) + DECAY * (weights[place] ?? 0);
    const pacing = (pace[place] ?? 0) + slope * slope;
    pace[place] = pacing;
    weights[place] = (weights[place] ?? 0) - (RATE * slope) / Math.sqrt(pacing);
  }
  biasPace[c] = (biasPace[c] ?? 0) + mistake * mistake;
  bias[c] = (bias[c] ?? 0) - (BIAS_RATE * mistake) / Math.sqrt(biasPace[c] ?? 1);
}

function rarities(lessons: readonly Lesson[]): Float32Array {
  const uses = new Int32Array(BUCKETS);
  for (const { buckets } of lessons) for (const bucket of buckets) uses[bucket] = (uses[bucket] ?? 0) + 1;
  // The root: rare signs are mostly somebody's chance choice of words. On fresh questions it was better than the plain idf.
  return Float32Array.from(uses, (count) =>
    count === 0 ? -1 : Math.sqrt(Math.log(1 + lessons.length / (count + 0.5))),
  );
}

function valuesOf(buckets: Int32Array, rarity: Float32Array): Float32Array {
  let squares = 0;
  for (const bucket of buckets) squares += (rarity[bucket] ?? 0) ** 2;
  const length = Math.sqrt(squares) || 1;
  return Float32Array.from(buckets, (bucket) => (rarity[bucket] ?? 0) / length);
}

function quantise(weights: Float32Array, classes: number): { hashed: Int8Array; scales: Float32Array } {
  const largest = new Float32Array(classes).fill(1e-9);
  for (let at = 0; at < weights.length; at++) {
    const c = at % classes;
    largest[c] = Math.max(largest[c] ?? 0, Math.abs(weights[at] ?? 0));
  }
  const scales = largest.map((most) => most / 127);
  return { scales, hashed: Int8Array.from(weights, (weight, at) => Math.round(weight / (scales[at % classes] ?? 1))) };
}

/** A fixed sequence: training has to come out the same everywhere. */
function createRandom(): () => number {
  let seed = 1;
  return () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x7fffffff;
}

function shuffle(items: Int32Array, random: () => number): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.min(at, Math.floor(random() * (at + 1)));
    const kept = items[at] ?? 0;
    items[at] = items[other] ?? 0;
    items[other] = kept;
  }
}
