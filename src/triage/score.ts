import { CATEGORIES, SEVERITIES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import type { Example } from './train.ts';
import type { Triage } from './triage.ts';

export interface Judged {
  example: Pick<Example, 'id' | 'text' | 'lang' | 'category' | 'severity' | 'product' | 'hard'>;
  result: Triage;
}

export interface Scores {
  count: number;
  severityF1: number;
  categoryF1: number;
  productAccuracy: number;
  /** Of the texts that are A, the share called A. */
  recallA: number;
  /** Of the texts that are B, the share called A. */
  bCalledA: number;
  /** Macro-F1 of severity over the texts marked hard; NaN where there are none. */
  hardF1: number;
}

const LEVELS: readonly string[] = [...SEVERITIES, ''];

/** Scores over the texts given; a level that should be '' or is called '' counts as its own class. */
export function scoreOf(judged: readonly Judged[]): Scores {
  const isA = judged.filter((one) => one.example.severity === 'A');
  const isB = judged.filter((one) => one.example.severity === 'B');
  const technical = judged.filter((one) => one.example.product !== '');
  return {
    count: judged.length,
    severityF1: macroF1(pairs(judged, 'severity'), SEVERITIES),
    categoryF1: macroF1(pairs(judged, 'category'), CATEGORIES),
    productAccuracy: share(technical, (one) => one.result.product === one.example.product),
    recallA: share(isA, (one) => one.result.severity === 'A'),
    bCalledA: share(isB, (one) => one.result.severity === 'A'),
    hardF1: macroF1(
      pairs(
        judged.filter((one) => one.example.hard === true),
        'severity',
      ),
      SEVERITIES,
    ),
  };
}

export function byLanguage(judged: readonly Judged[]): Map<Language, Judged[]> {
  return Map.groupBy(judged, (one) => one.example.lang);
}

type Pair = readonly [gold: string, said: string];

export function pairs(judged: readonly Judged[], field: 'severity' | 'category' | 'product'): Pair[] {
  return judged.map((one) => [one.example[field], one.result[field]]);
}

/** Mean F1 over the classes that occur in the gold labels. */
export function macroF1(labels: readonly Pair[], classes: readonly string[]): number {
  const each = classes.flatMap((name) => {
    const gold = labels.filter(([is]) => is === name).length;
    if (gold === 0) return [];
    const said = labels.filter(([, says]) => says === name).length;
    const right = labels.filter(([is, says]) => is === name && says === name).length;
    return [(2 * right) / (gold + said)];
  });
  return each.length === 0 ? Number.NaN : each.reduce((a, b) => a + b, 0) / each.length;
}

/** `table[gold][said]` in the order of `classes`. */
export function confusion(labels: readonly Pair[], classes: readonly string[]): number[][] {
  return classes.map((gold) =>
    classes.map((said) => labels.filter(([is, says]) => is === gold && says === said).length),
  );
}

export function severityConfusion(judged: readonly Judged[]): { classes: readonly string[]; table: number[][] } {
  return { classes: LEVELS, table: confusion(pairs(judged, 'severity'), LEVELS) };
}

export function categoryConfusion(judged: readonly Judged[]): { classes: readonly string[]; table: number[][] } {
  return { classes: CATEGORIES, table: confusion(pairs(judged, 'category'), CATEGORIES) };
}

export interface Bin {
  count: number;
  confidence: number;
  right: number;
}

/** Ten bins of confidence, and how often category and level were both right in each. */
export function calibration(judged: readonly Judged[]): Bin[] {
  return Array.from({ length: 10 }, (_, i) => {
    const inside = judged.filter((one) => Math.min(Math.floor(one.result.confidence * 10), 9) === i);
    const sum = inside.reduce((total, one) => total + one.result.confidence, 0);
    return {
      count: inside.length,
      confidence: inside.length === 0 ? 0 : sum / inside.length,
      right: share(inside, isRight),
    };
  });
}

export function isRight(one: Judged): boolean {
  return one.result.category === one.example.category && one.result.severity === one.example.severity;
}

function share<T>(of: readonly T[], holds: (one: T) => boolean): number {
  return of.length === 0 ? Number.NaN : of.filter(holds).length / of.length;
}
