import { describe, expect, it } from 'vitest';
import { normalise } from '#knowledge/concepts.ts';
import { createFitter, learnFits, type Asked } from '#knowledge/search-fit.ts';

const TOPICS = ['hours', 'number'];

function asked(questions: readonly string[], ...topics: string[]): Asked[] {
  return questions.map((question) => ({ text: normalise(question), topics }));
}

const fits = learnFits(
  [
    ...asked(
      ['until when is billing open', 'is billing open on sunday', '计费支持到几点', '請求窓口は何時まで'],
      'hours',
    ),
    ...asked(['the number for billing', 'which number do i call', '计费电话是多少', '請求の電話番号は'], 'number'),
    ...asked(['how much does billing cost', 'how much is a call', '打电话多少钱', '電話はいくら']),
    ...asked(['hours or number of billing'], 'hours', 'number'),
  ],
  TOPICS,
);
const fitter = createFitter(fits);

/** The next question is read into the same numbers. */
const misfits = (question: string): number[] => [...fitter(normalise(question))];

describe('how little a question fits a topic', () => {
  it.each([
    ['is it open on sunday', 0, 1],
    ['which number please', 1, 0],
    ['几点', 0, 1],
    ['電話番号', 1, 0],
  ])('is less where "%s" was asked', (question, right, other) => {
    const found = misfits(question);
    expect(found[right]).toBeLessThan(found[other]!);
  });

  it.each([
    ['which number do i call', 'how much is a call'],
    ['计费电话', '打电话多少钱'],
    ['請求の電話番号', '電話はいくら'],
  ])('is less for "%s" than for "%s", asked of the same topic', (answered, unanswered) => {
    expect(misfits(answered)[1]).toBeLessThan(misfits(unanswered)[1]!);
  });

  it('is that of signs that nobody used where nothing is known, and none without any', () => {
    const [hours, number] = misfits('zebra');
    expect(hours).toBeCloseTo(fits.unknown[0]! + fits.silence[0]!, 5);
    expect(number).toBeCloseTo(fits.unknown[0]! + fits.silence[1]!, 5);
    expect(misfits('')).toEqual([0, 0]);
  });
});
