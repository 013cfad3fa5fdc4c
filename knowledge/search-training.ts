import { BUCKETS } from './search-grams.ts';
import { kinOf, type Kin } from './search-kin.ts';
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
/** With less to begin with, a sign's first step is a leap, however small the mistake was that it comes from. */
const FIRST_PACE = 0.1;
/** So many of a text's signs are left out each time: other people will use other words. */
const LEFT_OUT = 0.3;

/**
 * Multinomial logistic regression over hashed grams, by AdaGrad: the same lessons give the same weights. `classes` counts the
 * classes of "no answer" too. Takes about eight seconds for 25,000 lessons.
 */
export function train(lessons: readonly Lesson[], topics: readonly string[], classes: number): Weights {
  const rarity = rarities(lessons);
  const kin = kinOf(topics, classes);
  const learner: Learner = {
    kin,
    weights: new Float32Array(BUCKETS * kin.size),
    pace: new Float32Array(BUCKETS * kin.size).fill(FIRST_PACE),
    bias: new Float32Array(kin.size),
    biasPace: new Float32Array(kin.size).fill(1),
    sums: new Float64Array(kin.size),
    mistakes: new Float64Array(kin.size),
    columns: new Map(),
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
      if (step !== undefined) learn(learner, thin(step, random));
    }
  }
  const { weights, bias } = withKin(learner, classes);
  return { topics, rarity, bias, ...quantise(weights, classes) };
}
const NO_VALUES = new Float32Array(0);

interface Learner {
  kin: Kin;
  weights: Float32Array;
  pace: Float32Array;
  bias: Float32Array;
  biasPace: Float32Array;
  /** Scratch, by column. */
  sums: Float64Array;
  mistakes: Float64Array;
  columns: Map<Int32Array, Int32Array>;
}

interface Step {
  buckets: Int32Array;
  values: Float32Array;
  candidates: Int32Array;
  right: number;
}

function thin({ buckets, values, ...asked }: Step, random: () => number): Step {
  const kept = new Int32Array(buckets.length);
  const weighed = new Float32Array(buckets.length);
  let count = 0;
  let squares = 0;
  for (let at = 0; at < buckets.length; at++) {
    if (random() < LEFT_OUT) continue;
    const value = values[at] ?? 0;
    kept[count] = buckets[at] ?? 0;
    weighed[count++] = value;
    squares += value * value;
  }
  const length = Math.sqrt(squares) || 1;
  for (let at = 0; at < count; at++) weighed[at] = (weighed[at] ?? 0) / length;
  return { ...asked, buckets: kept.subarray(0, count), values: weighed.subarray(0, count) };
}

function learn(learner: Learner, step: Step): void {
  const { kin, sums, mistakes } = learner;
  const { candidates } = step;
  const columns = columnsOf(candidates, learner);
  addUp(learner, step, columns);
  let highest = -Infinity;
  for (const c of candidates) {
    const shared = kin.columns[c] ?? -1;
    if (shared >= 0) sums[c] = (sums[c] ?? 0) + (sums[shared] ?? 0);
    highest = Math.max(highest, sums[c] ?? 0);
  }
  let total = 0;
  for (const c of candidates) total += sums[c] = Math.exp((sums[c] ?? 0) - highest);
  for (const c of candidates) {
    const mistake = (sums[c] ?? 0) / total - (c === step.right ? 1 : 0);
    mistakes[c] = mistake;
    const shared = kin.columns[c] ?? -1;
    if (shared >= 0) mistakes[shared] = mistake;
  }
  const wrong = columns.filter((column) => Math.abs(mistakes[column] ?? 0) >= ENOUGH);
  mend(learner, step, wrong);
}

/** The candidates' own columns and those that they share; worked out once for each offering. */
function columnsOf(candidates: Int32Array, { kin, columns }: Learner): Int32Array {
  const known = columns.get(candidates);
  if (known !== undefined) return known;
  const shared = candidates.map((c) => kin.columns[c] ?? -1).filter((column) => column >= 0);
  const all = Int32Array.of(...candidates, ...shared);
  columns.set(candidates, all);
  return all;
}

/** Row by row, as the weights lie in memory: column by column takes four times as long. */
function addUp({ kin, weights, bias, sums }: Learner, { buckets, values }: Step, columns: Int32Array): void {
  for (const column of columns) sums[column] = bias[column] ?? 0;
  for (let at = 0; at < buckets.length; at++) {
    const row = (buckets[at] ?? 0) * kin.size;
    const value = values[at] ?? 0;
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] ?? 0;
      sums[column] = (sums[column] ?? 0) + (weights[row + column] ?? 0) * value;
    }
  }
}

function mend(learner: Learner, { buckets, values }: Step, columns: Int32Array): void {
  const { kin, weights, pace, bias, biasPace, mistakes } = learner;
  for (let at = 0; at < buckets.length; at++) {
    const row = (buckets[at] ?? 0) * kin.size;
    const value = values[at] ?? 0;
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] ?? 0;
      const place = row + column;
      const slope = (mistakes[column] ?? 0) * value + DECAY * (weights[place] ?? 0);
      const pacing = (pace[place] ?? 0) + slope * slope;
      pace[place] = pacing;
      weights[place] = (weights[place] ?? 0) - (RATE * slope) / Math.sqrt(pacing);
    }
  }
  for (const column of columns) {
    const mistake = mistakes[column] ?? 0;
    biasPace[column] = (biasPace[column] ?? 0) + mistake * mistake;
    bias[column] = (bias[column] ?? 0) - (BIAS_RATE * mistake) / Math.sqrt(biasPace[column] ?? 1);
  }
}

/** Each class with what it shares: afterwards nobody needs to know of kin. */
function withKin({ kin, weights, bias }: Learner, classes: number): Pick<Learner, 'weights' | 'bias'> {
  const folded = new Float32Array(BUCKETS * classes);
  const biases = new Float32Array(classes);
  for (let c = 0; c < classes; c++) {
    const shared = kin.columns[c] ?? -1;
    biases[c] = (bias[c] ?? 0) + (bias[shared] ?? 0);
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const row = bucket * kin.size;
      folded[bucket * classes + c] = (weights[row + c] ?? 0) + (shared < 0 ? 0 : (weights[row + shared] ?? 0));
    }
  }
  return { weights: folded, bias: biases };
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
