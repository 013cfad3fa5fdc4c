import { CATEGORIES, PRODUCTS } from '#knowledge/schema.ts';
import type { Category, Product } from '#knowledge/schema.ts';
import { LEVEL_FEATURES, TOPIC_FEATURES } from './features.ts';
import type { Vector } from './features.ts';
import { BUCKETS } from './grams.ts';

/** One linear head: per class a bias, weights of the named features, and hashed weights in eighths of a byte's scale. */
export interface Head {
  classes: readonly string[];
  bias: readonly number[];
  named: readonly (readonly number[])[];
  scale: readonly number[];
  /** `hashed[bucket * classes + class]` */
  hashed: Int8Array;
}

/** The model file as read from `knowledge/triage-model.json`. */
export interface TriageModelData {
  buckets: number;
  levelFeatures: readonly string[];
  topicFeatures: readonly string[];
  category: Head;
  product: Head;
  /** Two classes, 'at least A' and 'at least B', each with its own threshold. */
  level: Head;
  /** `lead` is what the categories that little is needed for must lead the others by. */
  thresholds: { A: number; B: number; lead: number };
  /** Divisors that make the probabilities honest, fitted on held-out folds. */
  temperature: { category: number; level: number };
}

export interface TriageModel extends TriageModelData {
  readonly checked: true;
}

export const PRODUCT_CLASSES: readonly Product[] = PRODUCTS.filter((product) => product !== '');

/** Checks that the file fits this code; throws with what to do when it was trained by another version. */
export function buildTriageModel(data: TriageModelData): TriageModel {
  const fits =
    data.buckets === BUCKETS &&
    same(
      data.levelFeatures,
      LEVEL_FEATURES.map((feature) => feature.name),
    ) &&
    same(
      data.topicFeatures,
      TOPIC_FEATURES.map((feature) => feature.name),
    ) &&
    same(data.category.classes, CATEGORIES) &&
    same(data.product.classes, PRODUCT_CLASSES);
  if (!fits) throw new Error('The triage model was trained with other signals: run `npm run -s frontdesk -- train`.');
  return { ...data, checked: true };
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, i) => value === right[i]);
}

/** The head's raw scores, one per class. */
export function scores(head: Head, vector: Vector): number[] {
  const classes = head.classes.length;
  const raw = head.bias.map((bias, c) => {
    let score = bias;
    const named = head.named[c] ?? [];
    for (const feature of vector.named) score += named[feature] ?? 0;
    return score;
  });
  for (const { buckets, weight } of vector.groups) {
    for (let c = 0; c < classes; c++) {
      const sum = sumOf(head.hashed, buckets, { classes, c });
      raw[c] = (raw[c] ?? 0) + sum * weight * (head.scale[c] ?? 0);
    }
  }
  return raw;
}

/** Class by class, so that the sum stays in a register; a bucket's bytes lie together, and are near after the first class. */
function sumOf(hashed: Int8Array, buckets: Int32Array, { classes, c }: { classes: number; c: number }): number {
  let sum = 0;
  for (let i = 0; i < buckets.length; i++) sum += hashed[(buckets[i] ?? 0) * classes + c] ?? 0;
  return sum;
}

export function softmax(raw: readonly number[], temperature: number): number[] {
  const highest = Math.max(...raw);
  const powers = raw.map((score) => Math.exp((score - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

export function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

export function best<T extends string>(
  classes: readonly T[],
  probabilities: readonly number[],
): { name: T; p: number } {
  let at = 0;
  for (let i = 1; i < probabilities.length; i++) if ((probabilities[i] ?? 0) > (probabilities[at] ?? 0)) at = i;
  const name = classes[at];
  if (name === undefined) throw new Error('a head without classes');
  return { name, p: probabilities[at] ?? 0 };
}

export const CATEGORY_CLASSES: readonly Category[] = CATEGORIES;
