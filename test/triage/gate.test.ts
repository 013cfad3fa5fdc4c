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

/**
 * Stored floors, one of all languages: a little under what the weakest reached; raise them when the model gets better, never
 * lower them in passing. Of each language 1,300 texts and more are held back: smaller groups move by themselves.
 */
const UNREAD_FLOORS = { severityF1: 0.825, categoryF1: 0.885, recallA: 0.86, bCalledA: 0.085, hardF1: 0.755 };
/** Nothing of these authors, who set out to judge a triage, is ever learnt; half of their texts are hard. */
const STRANGERS = UNREAD.filter(({ id }) => /^p[1-3]-/.test(id));
const STRANGERS_FLOORS = { severityF1: 0.89, categoryF1: 0.885, recallA: 0.94, bCalledA: 0.05, hardF1: 0.81 };
const CHECK_FLOORS = { severityF1: 0.91, categoryF1: 0.9, recallA: 0.83, bCalledA: 0.06, hardF1: 0.9 };

describe.each([
  ['check set', CHECK, CHECK_FLOORS],
  ['never read', UNREAD, UNREAD_FLOORS],
  ['authors of whom nothing is learnt', STRANGERS, STRANGERS_FLOORS],
] as const)('%s', (_, examples, floors) => {
  const groups = [...byLanguage(judgeAll(examples, shippedModel()))];
  test.each(groups)('%s does not fall', (_language, judged) => {
    const scores = scoreOf(judged);
    expect(scores.severityF1).toBeGreaterThanOrEqual(floors.severityF1);
    expect(scores.categoryF1).toBeGreaterThanOrEqual(floors.categoryF1);
    expect(scores.recallA).toBeGreaterThanOrEqual(floors.recallA);
    expect(scores.bCalledA).toBeLessThanOrEqual(floors.bCalledA);
    expect(scores.hardF1).toBeGreaterThanOrEqual(floors.hardF1);
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
    expect(groups.size).toBeGreaterThanOrEqual(20);
    expect([...groups.values()].every((texts) => texts.length >= 500)).toBe(true);
  });
});

test('training twice gives the same model, bit for bit', () => {
  const some: Example[] = EXAMPLES.filter((_, i) => i % 32 === 0);
  const tuning = { thresholds: { A: 0, B: 0, lead: 0 }, temperature: { category: 1, level: 1 } };
  const [first, second] = [trainTriage(some, tuning), trainTriage(some, tuning)];
  expect(first).toEqual(second);
  expect(Buffer.from(first.level.hashed).equals(Buffer.from(second.level.hashed))).toBe(true);
});
