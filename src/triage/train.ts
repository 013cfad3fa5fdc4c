import { CATEGORIES } from '#knowledge/schema.ts';
import type { Category, Language, Product, Severity } from '#knowledge/schema.ts';
import { detectLanguage } from '#src/intake/language.ts';
import { LEVEL_FEATURES, TOPIC_FEATURES, levelVector, topicVector } from './features.ts';
import type { Vector } from './features.ts';
import { BUCKETS } from './grams.ts';
import { fit } from './fit.ts';
import type { Sample } from './fit.ts';
import { PRODUCT_CLASSES } from './model.ts';
import type { Head, TriageModelData } from './model.ts';
import { normalize } from './normalize.ts';
import { readSignals } from './find.ts';
import { SIGNALS } from './signals/signal.ts';
import type { Signal } from './signals/signal.ts';

/** One labelled text of `knowledge/examples/triage`. */
export interface Example {
  id: string;
  text: string;
  lang: Language;
  category: Category;
  product: Product;
  severity: Severity | '';
  /** Groups near copies, in any language: a group is either learnt or held back, never both. */
  situation: string;
  hard?: boolean | undefined;
}

interface Read {
  example: Example;
  level: Vector;
  topic: Vector;
}

/** Who wrote a text stands before its language: `w1-en-057`; the first authors have no letter, and s, t and u are one hand. */
export function authorOf(id: string): string {
  const letter = /^([a-z]\d?)-/u.exec(id)?.[1] ?? 'first';
  return letter === 't' || letter === 'u' ? 's' : letter;
}

/** Which of `folds` parts a situation falls into; a part of the situations is all texts of them, in any language. */
export function foldOf(situation: string, folds: number): number {
  return hashOf(`fold:${situation}`) % folds;
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}

/** Trains on all examples given; the same examples in the same order give the same model, bit for bit. */
export function trainTriage(
  examples: readonly Example[],
  tuning: Pick<TriageModelData, 'thresholds' | 'temperature'>,
): TriageModelData {
  return {
    buckets: BUCKETS,
    levelFeatures: LEVEL_FEATURES.map((feature) => feature.name),
    topicFeatures: TOPIC_FEATURES.map((feature) => feature.name),
    ...trainJudges(examples),
    product: trainProduct(examples),
    ...tuning,
  };
}

/** What category and level are judged by: all that tuning needs. */
export function trainJudges(examples: readonly Example[]): { category: Head; level: Head } {
  const read = examples.flatMap(readOnce);
  const levelled = read.filter((one) => one.example.severity !== '');
  return {
    category: fit(
      read.map((one) => sample(one.topic, CATEGORIES.indexOf(one.example.category))),
      {
        classes: CATEGORIES,
        kind: 'one-of',
        lowest: (c, feature) => (isRaising(feature) && CATEGORIES[c] === 'technical' ? 0 : -Infinity),
        highest: (c, feature) => (isRaising(feature) && CATEGORIES[c] !== 'technical' ? 0 : Infinity),
        named: TOPIC_FEATURES.length,
      },
    ),
    level: fit(
      levelled.map((one) => sample(one.level, rank(one.example.severity))),
      {
        classes: ['A', 'B'],
        kind: 'at-least',
        lowest: (_, feature) => (LEVEL_FEATURES[feature]?.effect === 'raises' ? 0 : -Infinity),
        highest: (_, feature) => (LEVEL_FEATURES[feature]?.effect === 'lowers' ? 0 : Infinity),
        named: LEVEL_FEATURES.length,
      },
    ),
  };
}

function trainProduct(examples: readonly Example[]): Head {
  const technical = examples.flatMap(readOnce).filter((one) => one.example.product !== '');
  return fit(
    technical.map((one) => sample(one.topic, PRODUCT_CLASSES.indexOf(one.example.product))),
    {
      classes: PRODUCT_CLASSES,
      kind: 'one-of',
      lowest: () => -Infinity,
      highest: () => Infinity,
      named: TOPIC_FEATURES.length,
    },
  );
}

/** Cross-validation learns from each text several times; it is read once. */
const READ = new WeakMap<Example, Read[]>();

function readOnce(example: Example): Read[] {
  const read = READ.get(example) ?? readExample(example);
  READ.set(example, read);
  return read;
}

/**
 * Each text is read three times: as it is, with half of the signals unknown, and with none that moves the level. No list of
 * words is ever complete, so the plain words learn to stand in for a signal that was missed.
 */
function readExample(example: Example): Read[] {
  const plain = normalize(example.text);
  const spoken = detectLanguage(example.text, example.lang) ?? example.lang;
  const isUnlucky = (signal: Signal): boolean => hashOf(`${example.id}:${signal}`) % 2 === 0;
  return [undefined, isUnlucky, moves].map((skip) => {
    const reading = readSignals(plain, spoken, skip);
    return { example, level: levelVector(reading), topic: topicVector(reading) };
  });
}

function sample(vector: Vector, target: number): Sample {
  return { vector, target };
}

function isRaising(feature: number): boolean {
  return TOPIC_FEATURES[feature]?.effect === 'raises';
}

/** A text of level A is at least A and at least B (2), of level B at least B (1), of level C neither (0). */
function rank(severity: Severity | ''): number {
  return severity === 'A' ? 2 : severity === 'B' ? 1 : 0;
}

function moves(signal: Signal): boolean {
  return SIGNALS[signal] === 'raises' || SIGNALS[signal] === 'lowers';
}
