import { describe, expect, test } from 'vitest';
import { readTriageCheck, readTriageExamples, readTriageHeldBack } from '#knowledge/triage-model.ts';
import { byLanguage, scoreOf } from '#src/triage/score.ts';
import { authorOf, trainTriage } from '#src/triage/train.ts';
import type { Example } from '#src/triage/train.ts';
import { judgeAll } from '#src/triage/tune.ts';
import { KNOWLEDGE, shippedModel } from './model.ts';

const EXAMPLES = readTriageExamples(KNOWLEDGE);
const CHECK = readTriageCheck(KNOWLEDGE);
const UNREAD = readTriageHeldBack(KNOWLEDGE);

/** Stored floors: a little under what was reached; raise them when the model gets better, never lower them in passing. */
// Two groups of authors, 790 texts.
const UNREAD_FLOORS = { severityF1: 0.855, categoryF1: 0.895, recallA: 0.93, bCalledA: 0.09 };
// A third author, who wrote indirectly on purpose; 92 English texts, 66 in each other language: of 17 Japanese B three are called
// A, one more than before a threshold that misses fewer A.
const INDIRECT_FLOORS = { severityF1: 0.79, categoryF1: 0.83, recallA: 0.76, bCalledA: 0.18 };
// Three more, 670 texts: 414 English ones; in Chinese 26 are A, and some categories have two or three.
const NEWEST_FLOORS = { severityF1: 0.78, categoryF1: 0.71, recallA: 0.65, bCalledA: 0.055 };
// Category was 0.86 and B called A 0.05: one English and one Chinese text of 60, won when the misses here had been read.
const CHECK_FLOORS = { severityF1: 0.93, categoryF1: 0.85, recallA: 0.91, bCalledA: 0.06 };

describe.each([
  ['check set', CHECK, CHECK_FLOORS],
  ['never read', UNREAD.filter(({ id }) => authorOf(id).startsWith('w')), UNREAD_FLOORS],
  ['never read, indirect', UNREAD.filter(({ id }) => authorOf(id) === 'x'), INDIRECT_FLOORS],
  ['never read, newest', UNREAD.filter(({ id }) => authorOf(id).startsWith('y')), NEWEST_FLOORS],
] as const)('%s', (_, examples, floors) => {
  const groups = [...byLanguage(judgeAll(examples, shippedModel()))];
  test.each(groups)('%s does not fall', (_language, judged) => {
    const scores = scoreOf(judged);
    expect(scores.severityF1).toBeGreaterThanOrEqual(floors.severityF1);
    expect(scores.categoryF1).toBeGreaterThanOrEqual(floors.categoryF1);
    expect(scores.recallA).toBeGreaterThanOrEqual(floors.recallA);
    expect(scores.bCalledA).toBeLessThanOrEqual(floors.bCalledA);
  });
});

describe('the labelled texts', () => {
  test('three languages, at least 300 each, no text twice, none in the check set', () => {
    const counts = Map.groupBy(EXAMPLES, ({ lang }) => lang);
    expect([...counts.values()].every((of) => of.length >= 300)).toBe(true);
    expect(CHECK.length).toBeGreaterThanOrEqual(150);
    const texts = [...EXAMPLES, ...CHECK, ...UNREAD].map(({ lang, text }) => `${lang} ${text}`);
    expect(new Set(texts).size).toBe(texts.length);
    const ids = [...EXAMPLES, ...CHECK, ...UNREAD].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a level where one applies and only there; a product for technical ones and only there', () => {
    const without = new Set(['presales', 'out-of-scope', 'human', 'chitchat']);
    for (const { id, category, severity, product } of [...EXAMPLES, ...CHECK, ...UNREAD]) {
      expect([id, severity === '']).toEqual([id, without.has(category)]);
      expect([id, product === '']).toEqual([id, category !== 'technical']);
    }
  });

  test('what nobody reads shares no situation with what is learnt', () => {
    const learnt = new Set(EXAMPLES.map(({ situation }) => situation));
    expect(UNREAD.length).toBeGreaterThanOrEqual(400);
    expect(UNREAD.filter(({ situation }) => learnt.has(situation)).length).toBe(0);
  });

  // Each has texts enough to be left out, and what the others teach can be measured on it.
  test('groups of authors that cross-validation can keep apart', () => {
    const groups = Map.groupBy(EXAMPLES, ({ id }) => authorOf(id));
    expect([...groups.keys()].toSorted()).toEqual(['first', 's', 'w1', 'w2', 'x', 'y1', 'y2', 'y3']);
    expect([...groups.values()].every((texts) => texts.length >= 500)).toBe(true);
  });
});

test('training twice gives the same model, bit for bit', () => {
  const some: Example[] = EXAMPLES.filter((_, i) => i % 12 === 0);
  const tuning = { thresholds: { A: 0, B: 0 }, temperature: { category: 1, level: 1 } };
  const [first, second] = [trainTriage(some, tuning), trainTriage(some, tuning)];
  expect(first).toEqual(second);
  expect(Buffer.from(first.level.hashed).equals(Buffer.from(second.level.hashed))).toBe(true);
});
