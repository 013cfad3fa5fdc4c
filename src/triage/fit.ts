import { BUCKETS } from './grams.ts';
import type { Vector } from './features.ts';
import { sigmoid, softmax } from './model.ts';
import type { Head } from './model.ts';

export interface Sample {
  vector: Vector;
  /** Index of the class; for `at-least`, how many of the classes from the end hold. */
  target: number;
}

export interface Task {
  classes: readonly string[];
  /** One class of several (softmax), or a ladder of yes/no questions, the hardest first. */
  kind: 'one-of' | 'at-least';
  named: number;
  /** Bounds of a named feature's weight: where the sign is given by meaning, the data may not turn it round. */
  lowest: (c: number, feature: number) => number;
  highest: (c: number, feature: number) => number;
}

const EPOCHS = 10;
/** First step of a weight; the next ones get smaller by how much it has moved. */
const SPEED = 0.1;
/** The bias sees every text: it would soon stand still otherwise. */
const BIAS_SPEED = 0.03;
/** A mistake below this is none. */
const LEAST = 1e-3;
/** Shrinking per epoch: words are many and rare, signals few and trusted. */
const DECAY_WORDS = 0.985;
const DECAY_NAMED = 0.992;

interface Weights {
  bias: Float64Array;
  named: Float64Array[];
  /** `hashed[bucket * classes + class]`: what one bucket says of all classes lies together. */
  hashed: Float64Array;
}

/**
 * Logistic regression by AdaGrad in a seeded order, averaged over the last third; deterministic. A word that is seen rarely
 * moves as far as one that is seen daily: each has a pace of its own.
 */
export function fit(samples: readonly Sample[], task: Task): Head {
  const weights = zeros(task);
  const squares = zeros(task);
  const average = zeros(task);
  const order = samples.map((_, i) => i);
  const random = seeded(20_161_020);
  let averaged = 0;
  const classes = task.classes.length;
  const scratch = {
    raw: new Float64Array(classes),
    slopes: new Float64Array(classes),
    sums: new Float64Array(classes),
  };
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const i of order) {
      const one = samples[i];
      if (one) step(weights, task, one, { squares, scratch });
    }
    decay(weights);
    if (epoch >= (EPOCHS * 2) / 3) {
      add(average, weights);
      averaged++;
    }
  }
  return quantize(average, task, averaged);
}

/** What one step works with, made once. */
interface Scratch {
  raw: Float64Array;
  slopes: Float64Array;
  sums: Float64Array;
}

function step(
  weights: Weights,
  task: Task,
  { vector, target }: Sample,
  { squares, scratch }: { squares: Weights; scratch: Scratch },
): void {
  const { raw, slopes, sums } = scratch;
  const classes = raw.length;
  scoreInto(raw, weights, vector, sums);
  predict(raw, task.kind);
  for (let c = 0; c < classes; c++) {
    const isWanted = task.kind === 'one-of' ? c === target : target >= classes - c;
    const slope = (raw[c] ?? 0) - (isWanted ? 1 : 0);
    slopes[c] = Math.abs(slope) > LEAST ? slope : 0;
    if (slopes[c] !== 0) updateNamed(weights, task, { squares, vector, c, slope });
  }
  for (const { buckets, weight } of vector.groups) {
    for (let c = 0; c < classes; c++) sums[c] = (slopes[c] ?? 0) * weight;
    for (const bucket of buckets) updateHashed(weights, squares, bucket * classes, sums);
  }
}

function updateHashed(weights: Weights, squares: Weights, at: number, slopes: Float64Array): void {
  for (let c = 0; c < slopes.length; c++)
    if (slopes[c] !== 0) move(weights.hashed, squares.hashed, at + c, slopes[c] ?? 0);
}

/** One weight down its slope, at the pace that its past slopes leave it. */
function move(weights: Float64Array, squares: Float64Array, at: number, slope: number): void {
  const square = (squares[at] ?? 0) + slope * slope;
  squares[at] = square;
  weights[at] = (weights[at] ?? 0) - (SPEED * slope) / Math.sqrt(square);
}

/** Scores to probabilities, in place. */
function predict(raw: Float64Array, kind: Task['kind']): void {
  if (kind === 'at-least') for (let c = 0; c < raw.length; c++) raw[c] = sigmoid(raw[c] ?? 0);
  else raw.set(softmax(Array.from(raw), 1));
}

function scoreInto(raw: Float64Array, weights: Weights, vector: Vector, sums: Float64Array): void {
  const { bias, named, hashed } = weights;
  const classes = raw.length;
  for (let c = 0; c < classes; c++) {
    let sum = bias[c] ?? 0;
    const own = named[c];
    if (own) for (const feature of vector.named) sum += own[feature] ?? 0;
    raw[c] = sum;
  }
  for (const { buckets, weight } of vector.groups) {
    sums.fill(0);
    for (let i = 0; i < buckets.length; i++) {
      const at = (buckets[i] ?? 0) * classes;
      for (let c = 0; c < classes; c++) sums[c] = (sums[c] ?? 0) + (hashed[at + c] ?? 0);
    }
    for (let c = 0; c < classes; c++) raw[c] = (raw[c] ?? 0) + (sums[c] ?? 0) * weight;
  }
}

function updateNamed(
  weights: Weights,
  task: Task,
  { squares, vector, c, slope }: { squares: Weights; vector: Vector; c: number; slope: number },
): void {
  const named = weights.named[c];
  const spent = squares.named[c];
  if (!named || !spent) return;
  weights.bias[c] = (weights.bias[c] ?? 0) - BIAS_SPEED * slope;
  for (const feature of vector.named) {
    move(named, spent, feature, slope);
    named[feature] = Math.min(Math.max(named[feature] ?? 0, task.lowest(c, feature)), task.highest(c, feature));
  }
}

function decay(weights: Weights): void {
  for (const named of weights.named) for (let i = 0; i < named.length; i++) named[i] = (named[i] ?? 0) * DECAY_NAMED;
  const { hashed } = weights;
  for (let i = 0; i < hashed.length; i++) hashed[i] = (hashed[i] ?? 0) * DECAY_WORDS;
}

function into(to: Float64Array, from: Float64Array | undefined): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) + (from?.[i] ?? 0);
}

function add(sum: Weights, weights: Weights): void {
  into(sum.bias, weights.bias);
  for (const [c, named] of sum.named.entries()) into(named, weights.named[c]);
  into(sum.hashed, weights.hashed);
}

/** A byte per hashed weight, with one scale per class; named weights as decimals that a reader can check. */
function quantize(sum: Weights, task: Task, averaged: number): Head {
  const classes = task.classes.length;
  const highest = task.classes.map(() => 1e-9);
  for (let i = 0; i < sum.hashed.length; i++)
    highest[i % classes] = Math.max(highest[i % classes] ?? 0, Math.abs(sum.hashed[i] ?? 0) / averaged);
  const hashed = Int8Array.from(sum.hashed, (weight, i) =>
    Math.round((weight / averaged / (highest[i % classes] ?? 1)) * 127),
  );
  const decimals = (weight: number): number => Number((weight / averaged).toFixed(5)) + 0;
  return {
    classes: task.classes,
    bias: Array.from(sum.bias, decimals),
    named: sum.named.map((named) => Array.from(named, decimals)),
    scale: highest.map((most) => Number((most / 127).toPrecision(8))),
    hashed,
  };
}

function zeros(task: Task): Weights {
  return {
    bias: new Float64Array(task.classes.length),
    named: task.classes.map(() => new Float64Array(task.named)),
    hashed: new Float64Array(BUCKETS * task.classes.length),
  };
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
}

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
