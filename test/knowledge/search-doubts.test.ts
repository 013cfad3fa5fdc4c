import { describe, expect, it } from 'vitest';
import { createConcepts, normalise } from '#knowledge/concepts.ts';
import { createDoubter, learnDoubts, type Heard } from '#knowledge/search-doubts.ts';
import { createGramReader } from '#knowledge/search-grams.ts';
import { NO_SYNONYMS } from './place.ts';

const concepts = createConcepts(NO_SYNONYMS);
const read = createGramReader();

function hear(question: string, isAnswered: boolean): Heard {
  const text = normalise(question);
  const { buckets, count } = read(text, concepts.scan(text));
  return { text, buckets: buckets.slice(0, count), isAnswered };
}

const ANSWERED = [
  'support phone number',
  'phone hours of support',
  'phone support',
  'who may call support',
  '支持电话号码',
  '支持时间',
  '電話番号',
];
const OTHERS = ['support of a football club', 'football on sunday', '足球比赛时间', 'サッカーの時間'];

const doubts = learnDoubts([
  ...ANSWERED.map((question) => hear(question, true)),
  ...OTHERS.map((question) => hear(question, false)),
]);
const doubter = createDoubter(doubts);

const doubt = (question: string) => {
  const { text } = hear(question, true);
  return doubter(text, read(text, concepts.scan(text)));
};

describe('doubt', () => {
  it.each([
    ['phone number', 'football club'],
    ['支持电话', '足球比赛'],
    ['電話番号', 'サッカー'],
  ])('is smaller about "%s" than about "%s"', (answered, other) => {
    const less = doubt(answered);
    const more = doubt(other);
    expect(less.sounds).toBeLessThan(more.sounds);
    expect(less.odds).toBeLessThan(more.odds);
    expect(less.oddest).toBeLessThan(more.oddest);
  });

  it('knows how many words hardly any answered question uses', () => {
    expect(doubt('phone zebra support')).toMatchObject({ rare: 1, rareShare: 1 / 3 });
    expect(doubt('phone support')).toMatchObject({ rare: 0, rareShare: 0 });
  });

  it('says nothing of words that nobody used', () => {
    expect(doubt('zebra')).toMatchObject({ odds: 0, oddest: 0, rare: 1 });
    expect(doubt('')).toMatchObject({ odds: 0, oddest: 0, rare: 0, rareShare: 0 });
  });

  it('comes out the same each time', () => {
    const again = learnDoubts([...ANSWERED, ...OTHERS].map((question) => hear(question, ANSWERED.includes(question))));
    // Comparing arrays of this size element by element takes seconds.
    const bytes = ({ odds, uses, binary }: typeof doubts): Buffer =>
      Buffer.concat([odds, uses, binary.hashed].map(({ buffer }) => Buffer.from(buffer)));
    expect(bytes(again).equals(bytes(doubts))).toBe(true);
  });
});
