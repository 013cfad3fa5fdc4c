import { BUCKETS, MOST_GRAMS } from './search-grams.ts';
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
/** A mistake smaller than this teaches nothing that matters, and most are smaller: mending them took a third of the time. */
const ENOUGH = 0.01;
/** With less to begin with, a sign's first step is a leap, however small the mistake was that it comes from. */
const FIRST_PACE = 0.1;
/** So many of a text's signs are left out each time: other people will use other words. */
const LEFT_OUT = 0.3;

/**
 * Multinomial logistic regression over hashed grams, by AdaGrad: the same lessons give the same weights. `classes` counts the
 * classes of "no answer" too. Takes about four seconds for 50,000 steps in each round.
 */
export function train(lessons: readonly Lesson[], topics: readonly string[], classes: number): Weights {
  const rarity = rarities(lessons);
  const kin = kinOf(topics, classes);
  const learner = createLearner(kin);
  const steps = lessons.flatMap(({ buckets, asked }) =>
    asked.map(({ candidates, right }): Step => ({ buckets, candidates, right })),
  );
  const order = Int32Array.from(steps.keys());
  const random = createRandom();
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, random);
    for (const at of order) {
      const step = steps[at];
      if (step === undefined) continue;
      thin(step.buckets, rarity, learner.seen, random);
      learn(learner, step);
    }
  }
  const { weights, bias } = withKin(learner, classes);
  return { topics, rarity, bias, ...quantise(weights, classes) };
}

interface Learner {
  kin: Kin;
  /** `learnt[bucket * kin.size * 2 + column * 2]` is a weight, and after it lies its pace: both are always needed together. */
  learnt: Float32Array;
  bias: Float32Array;
  biasPace: Float32Array;
  /** Scratch: what is left of a text, and by column. */
  seen: Seen;
  sums: Float64Array;
  mistakes: Float64Array;
  wrong: Int32Array;
  columns: Map<Int32Array, Int32Array>;
}

function createLearner(kin: Kin): Learner {
  const learnt = new Float32Array(BUCKETS * kin.size * 2);
  for (let at = 1; at < learnt.length; at += 2) learnt[at] = FIRST_PACE;
  return {
    kin,
    learnt,
    bias: new Float32Array(kin.size),
    biasPace: new Float32Array(kin.size).fill(1),
    seen: { rows: new Int32Array(MOST_GRAMS), values: new Float64Array(MOST_GRAMS), count: 0, width: kin.size * 2 },
    sums: new Float64Array(kin.size),
    mistakes: new Float64Array(kin.size),
    wrong: new Int32Array(kin.size),
    columns: new Map(),
  };
}

interface Step {
  buckets: Int32Array;
  candidates: Int32Array;
  right: number;
}

/** A text's signs as a step sees them: where their rows begin in `learnt`, and what each is worth. */
interface Seen {
  rows: Int32Array;
  values: Float64Array;
  count: number;
  readonly width: number;
}

function thin(buckets: Int32Array, rarity: Float32Array, seen: Seen, random: () => number): void {
  let count = 0;
  let squares = 0;
  for (let at = 0; at < buckets.length; at++) {
    if (random() < LEFT_OUT * RANDOMS) continue;
    const bucket = buckets[at] ?? 0;
    const value = rarity[bucket] ?? 0;
    seen.rows[count] = bucket * seen.width;
    seen.values[count++] = value;
    squares += value * value;
  }
  const length = Math.sqrt(squares) || 1;
  for (let at = 0; at < count; at++) seen.values[at] = (seen.values[at] ?? 0) / length;
  seen.count = count;
}

function learn(learner: Learner, { candidates, right }: Step): void {
  const { kin, sums, mistakes, wrong } = learner;
  const columns = columnsOf(candidates, learner);
  addUp(learner, columns);
  let highest = -Infinity;
  for (const c of candidates) {
    const shared = kin.columns[c] ?? -1;
    if (shared >= 0) sums[c] = (sums[c] ?? 0) + (sums[shared] ?? 0);
    highest = Math.max(highest, sums[c] ?? 0);
  }
  let total = 0;
  for (const c of candidates) total += sums[c] = Math.exp((sums[c] ?? 0) - highest);
  let count = 0;
  for (const c of candidates) {
    const mistake = (sums[c] ?? 0) / total - (c === right ? 1 : 0);
    if (Math.abs(mistake) < ENOUGH) continue;
    mistakes[c] = mistake;
    wrong[count++] = c;
    const shared = kin.columns[c] ?? -1;
    if (shared < 0) continue;
    mistakes[shared] = mistake;
    wrong[count++] = shared;
  }
  mend(learner, count);
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
function addUp({ learnt, bias, sums, seen }: Learner, columns: Int32Array): void {
  const { rows, values, count } = seen;
  for (const column of columns) sums[column] = bias[column] ?? 0;
  for (let at = 0; at < count; at++) {
    const row = rows[at] ?? 0;
    const value = values[at] ?? 0;
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] ?? 0;
      sums[column] = (sums[column] ?? 0) + (learnt[row + column * 2] ?? 0) * value;
    }
  }
}

function mend({ learnt, bias, biasPace, mistakes, wrong, seen }: Learner, count: number): void {
  for (let at = 0; at < seen.count; at++) {
    const row = seen.rows[at] ?? 0;
    const value = seen.values[at] ?? 0;
    for (let i = 0; i < count; i++) {
      const column = wrong[i] ?? 0;
      const place = row + column * 2;
      const slope = (mistakes[column] ?? 0) * value + DECAY * (learnt[place] ?? 0);
      const pacing = (learnt[place + 1] ?? 0) + slope * slope;
      learnt[place + 1] = pacing;
      learnt[place] = (learnt[place] ?? 0) - (RATE * slope) / Math.sqrt(pacing);
    }
  }
  for (let i = 0; i < count; i++) {
    const column = wrong[i] ?? 0;
    const mistake = mistakes[column] ?? 0;
    biasPace[column] = (biasPace[column] ?? 0) + mistake * mistake;
    bias[column] = (bias[column] ?? 0) - (BIAS_RATE * mistake) / Math.sqrt(biasPace[column] ?? 1);
  }
}

/** Each class with what it shares: afterwards nobody needs to know of kin. */
function withKin({ kin, learnt, bias }: Learner, classes: number): { weights: Float32Array; bias: Float32Array } {
  const folded = new Float32Array(BUCKETS * classes);
  const biases = new Float32Array(classes);
  for (let c = 0; c < classes; c++) biases[c] = (bias[c] ?? 0) + (bias[kin.columns[c] ?? -1] ?? 0);
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const row = bucket * kin.size * 2;
    for (let c = 0; c < classes; c++) {
      const shared = kin.columns[c] ?? -1;
      const inCommon = shared < 0 ? 0 : (learnt[row + shared * 2] ?? 0);
      folded[bucket * classes + c] = (learnt[row + c * 2] ?? 0) + inCommon;
    }
  }
  return { weights: folded, bias: biases };
}

function rarities(lessons: readonly Lesson[]): Float32Array {
  const uses = new Int32Array(BUCKETS);
  for (const { buckets } of lessons) for (const bucket of buckets) uses[bucket] = (uses[bucket] ?? 0) + 1;
  const rarity = new Float32Array(BUCKETS);
  // The root: rare signs are mostly somebody's chance choice of words. On fresh questions it was better than the plain idf.
  for (const [bucket, count] of uses.entries()) {
    rarity[bucket] = count === 0 ? -1 : Math.sqrt(Math.log(1 + lessons.length / (count + 0.5)));
  }
  return rarity;
}

/** Loops, not `from` and `map`: with a function for each of five million numbers these take seconds. */
function quantise(weights: Float32Array, classes: number): { hashed: Int8Array; scales: Float32Array } {
  const scales = new Float32Array(classes).fill(1e-9);
  const hashed = new Int8Array(weights.length);
  for (let row = 0; row < weights.length; row += classes) {
    for (let c = 0; c < classes; c++) scales[c] = Math.max(scales[c] ?? 0, Math.abs(weights[row + c] ?? 0));
  }
  for (let c = 0; c < classes; c++) scales[c] = (scales[c] ?? 0) / 127;
  for (let row = 0; row < weights.length; row += classes) {
    for (let c = 0; c < classes; c++) hashed[row + c] = Math.round((weights[row + c] ?? 0) / (scales[c] ?? 1));
  }
  return { hashed, scales };
}

/** A fixed sequence, 0 to `RANDOMS`: training has to come out the same everywhere. */
function createRandom(): () => number {
  let seed = 1;
  return () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & RANDOMS);
}
const RANDOMS = 0x7fffffff;

function shuffle(items: Int32Array, random: () => number): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.min(at, Math.floor((random() / RANDOMS) * (at + 1)));
    const kept = items[at] ?? 0;
    items[at] = items[other] ?? 0;
    items[other] = kept;
  }
}
