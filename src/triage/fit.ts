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

const EPOCHS = 25;
const SPEED = 0.35;
/** Shrinking per epoch: words are many and rare, signals few and trusted. */
const DECAY_WORDS = 0.985;
const DECAY_NAMED = 0.992;

interface Weights {
  bias: Float64Array;
  named: Float64Array[];
  hashed: Float64Array[];
}

/** Logistic regression by stochastic gradient descent in a seeded order, averaged over the last third; deterministic. */
export function fit(samples: readonly Sample[], task: Task): Head {
  const weights = zeros(task);
  const average = zeros(task);
  const order = samples.map((_, i) => i);
  const random = seeded(20_161_020);
  let averaged = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    const speed = SPEED / (1 + epoch / 12);
    for (const i of order) {
      const one = samples[i];
      if (one) step(weights, task, one, speed);
    }
    decay(weights);
    if (epoch >= (EPOCHS * 2) / 3) {
      add(average, weights);
      averaged++;
    }
  }
  return quantize(average, task, averaged);
}

function step(weights: Weights, task: Task, { vector, target }: Sample, speed: number): void {
  const raw = task.classes.map((_, c) => score(weights, vector, c));
  const predicted = task.kind === 'one-of' ? softmax(raw, 1) : raw.map(sigmoid);
  for (let c = 0; c < task.classes.length; c++) {
    const wanted = task.kind === 'one-of' ? c === target : target >= task.classes.length - c;
    const gradient = (predicted[c] ?? 0) - (wanted ? 1 : 0);
    if (Math.abs(gradient) > 1e-4) update(weights, task, { vector, c, move: speed * gradient });
  }
}

function score(weights: Weights, vector: Vector, c: number): number {
  let sum = weights.bias[c] ?? 0;
  const named = weights.named[c];
  const hashed = weights.hashed[c];
  if (!named || !hashed) return sum;
  for (const feature of vector.named) sum += named[feature] ?? 0;
  let words = 0;
  for (const bucket of vector.buckets) words += hashed[bucket] ?? 0;
  return sum + words * vector.weight;
}

function update(weights: Weights, task: Task, { vector, c, move }: { vector: Vector; c: number; move: number }): void {
  const named = weights.named[c];
  const hashed = weights.hashed[c];
  if (!named || !hashed) return;
  weights.bias[c] = (weights.bias[c] ?? 0) - move * 0.3;
  for (const feature of vector.named) {
    const moved = (named[feature] ?? 0) - move * 0.7;
    named[feature] = Math.min(Math.max(moved, task.lowest(c, feature)), task.highest(c, feature));
  }
  for (const bucket of vector.buckets) hashed[bucket] = (hashed[bucket] ?? 0) - move * vector.weight;
}

function decay(weights: Weights): void {
  for (const named of weights.named) for (let i = 0; i < named.length; i++) named[i] = (named[i] ?? 0) * DECAY_NAMED;
  for (const hashed of weights.hashed)
    for (let i = 0; i < hashed.length; i++) hashed[i] = (hashed[i] ?? 0) * DECAY_WORDS;
}

function into(to: Float64Array, from: Float64Array | undefined): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) + (from?.[i] ?? 0);
}

function add(sum: Weights, weights: Weights): void {
  into(sum.bias, weights.bias);
  for (const [c, named] of sum.named.entries()) into(named, weights.named[c]);
  for (const [c, hashed] of sum.hashed.entries()) into(hashed, weights.hashed[c]);
}

/** A byte per hashed weight, with one scale per class; named weights as decimals that a reader can check. */
function quantize(sum: Weights, task: Task, averaged: number): Head {
  const hashed = new Int8Array(task.classes.length * BUCKETS);
  const scale = sum.hashed.map((weights, c) => {
    let highest = 1e-9;
    for (const weight of weights) highest = Math.max(highest, Math.abs(weight) / averaged);
    for (let i = 0; i < BUCKETS; i++)
      hashed[c * BUCKETS + i] = Math.round(((weights[i] ?? 0) / averaged / highest) * 127);
    return Number((highest / 127).toPrecision(8));
  });
  const decimals = (weight: number): number => Number((weight / averaged).toFixed(5)) + 0;
  return {
    classes: task.classes,
    bias: Array.from(sum.bias, decimals),
    named: sum.named.map((named) => Array.from(named, decimals)),
    scale,
    hashed,
  };
}

function zeros(task: Task): Weights {
  return {
    bias: new Float64Array(task.classes.length),
    named: task.classes.map(() => new Float64Array(task.named)),
    hashed: task.classes.map(() => new Float64Array(BUCKETS)),
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
