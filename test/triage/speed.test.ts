import { expect, test } from 'vitest';
import { readTriageCheck, readTriageModel } from '#knowledge/triage-model.ts';
import type { Language } from '#knowledge/schema.ts';
import { buildTriageModel } from '#src/triage/model.ts';
import { triage } from '#src/triage/triage.ts';
import { KNOWLEDGE, shippedModel } from './model.ts';
import { within } from '../patience.ts';

function took(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

test('half of the texts take 100 µs at most', () => {
  const texts = readTriageCheck(KNOWLEDGE);
  const round = (): number[] => texts.map(({ text, lang }) => took(() => triage(text, lang, shippedModel())));
  for (let i = 0; i < 10; i++) round();
  const times = Array.from({ length: 5 }, round).flat();
  expect(median(times)).toBeLessThanOrEqual(within(0.1));
});

test('the model is loaded in 30 ms', () => {
  const times = Array.from({ length: 5 }, () => took(() => buildTriageModel(readTriageModel(KNOWLEDGE))));
  expect(median(times)).toBeLessThanOrEqual(within(30));
});

const SIZE = 50_000;
const HOSTILE: [string, string, Language][] = [
  ['one letter', 'a', 'en'],
  ['one quote', '"', 'en'],
  ['spaces', ' ', 'en'],
  ['open brackets', '<(', 'en'],
  ['numbers', '1,', 'en'],
  ['people', '100 users ', 'en'],
  ['not, again and again', 'not not ', 'en'],
  ['everyone', 'all users are down ', 'en'],
  ['one ideograph', '不', 'zh-CN'],
  ['everyone in Chinese', '所有用户都无法使用，', 'zh-CN'],
  ['kana', 'ません', 'ja'],
  ['voicing marks', 'か\u3099\u3099', 'ja'],
  ['emoji', '🔥', 'ja'],
  ['zero-width', '\u200b', 'en'],
  ['a character of eighteen letters', '\ufdfa', 'en'],
];
test.each(HOSTILE)('50 KB of %s take 50 ms at most', (_, piece, language) => {
  const text = piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);
  const times = Array.from({ length: 3 }, () => took(() => triage(text, language, shippedModel())));
  expect(median(times)).toBeLessThanOrEqual(within(50));
});
