import { describe, expect, it } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { checkInStep, readOneLanguageOnly, readWritten, type Written } from '#knowledge/check-in-step.ts';

const written = (language: Written['language'], body: string, offerings: Written['offerings'] = ['worldwide']) => ({
  topic: 'a.b',
  language,
  offerings,
  body,
});

/** The problems of a topic with these texts, each with the language of its file. */
const problems = (...all: readonly Written[]): string[] =>
  checkInStep(all, {}).map(({ file, problem }) => `${file.split('/')[1]}: ${problem}`);

describe('the languages of an article', () => {
  it.each([
    ['the same reference', 'In {{w.respond.A.hours}} h.', '{{ w.respond.A.hours }} 小时内。'],
    ['a page in another language', '[x](https://a.b/c/d)', '[x](https://a.b/zh-cn/c/d)'],
    ['numbers written another way', 'At most 5,000 rows, 60 minutes.', '最多 5000 行，６０ 分钟。'],
    ['names and always', 'Microsoft 365 by 21Vianet, 365 days a year', '全年 365 天'],
    ['single digits', 'One user of a site', '1 个用户'],
    ['steps', '1. First\n2. Second', '先做这个。'],
    ['commands', 'Run `Get-X -Days 10`.', '运行这个命令。'],
  ])('are in step: %s', (_, en, zh) => {
    expect(problems(written('en', en), written('zh-CN', zh))).toEqual([]);
  });

  it.each([
    ['a value', 'In {{w.a}} h.', '很快。', '{{w.a}}'],
    ['another value', '{{w.a}} {{w.b}}', '{{w.a}}', '{{w.b}}'],
    ['an address', '[x](https://a.b/c)', '见网页。', 'https://a.b/c'],
    ['the cloud of an address', '[x](https://a.b/c?view=d)', '[x](https://a.b/zh-cn/c?view=e)', 'https://a.b/c?view=d'],
    ['a number', 'At most 5,000 rows.', '有上限。', '5000'],
    ['an hour', 'From 09:00.', '从早上起。', '09:00'],
  ])('are not: %s', (_, en, zh, what) => {
    const [found] = problems(written('en', en), written('zh-CN', zh));
    expect(found).toBe(`zh-CN: ${what} stands in en, and not here`);
  });

  it('are each told what they lack, once', () => {
    const texts = [written('en', 'A 50 b.'), written('zh-CN', '甲。'), written('ja', 'あ。')] as const;
    expect(problems(...texts)).toEqual(['zh-CN: 50 stands in en, and not here', 'ja: 50 stands in en, and not here']);
  });

  it('are compared in what each offering is shown', () => {
    const both = ['worldwide', 'o365-21vianet'] as const;
    const block = '::: offering worldwide\nSee https://a.b/c.\n:::\nEnd.';
    expect(problems(written('en', block, both), written('ja', block, both))).toEqual([]);
    expect(problems(written('en', block, both), written('ja', '終わり。https://a.b/c', both))).toEqual([
      'en: https://a.b/c stands in ja, and not here',
    ]);
  });

  it('that lack the article are told elsewhere', () => {
    expect(problems(written('en', 'A 50 b.'))).toEqual([]);
  });
});

describe('what one language says alone', () => {
  const texts = [written('en', 'A b.'), written('zh-CN', '18:00 止。'), written('ja', 'あ。')];
  const why = 'The hours of its own country.';

  it('is well with a reason, for just these languages', () => {
    expect(checkInStep(texts, { 'a.b': [{ what: ['18:00'], only: ['zh-CN'], why }] })).toEqual([]);
    expect(checkInStep(texts, { 'a.b': [{ what: ['18:00'], only: ['zh-CN', 'ja'], why }] })).toHaveLength(3);
  });

  it.each([
    ['a.b', '19:00'],
    ['c.d', '18:00'],
  ])('is named where it no longer is so: %s %s', (topic, what) => {
    const found = checkInStep([written('en', 'A b.'), written('ja', 'あ。')], {
      [topic]: [{ what: [what], only: ['ja'], why }],
    });
    expect(found).toMatchObject([{ file: 'one-language-only.yaml', field: topic }]);
  });
});

it('the book is in step, and is found out of it when a line is lost', () => {
  const articles = readWritten(BOOK_FOLDER);
  const exceptions = readOneLanguageOnly(BOOK_FOLDER);
  expect(articles.length).toBeGreaterThanOrEqual(3 * 74);
  expect(checkInStep(articles, exceptions)).toEqual([]);
  const shortened = articles.map((one) =>
    one.topic === 'ts.mail-flow-outage' && one.language === 'en'
      ? { ...one, body: one.body.replace('5,000', 'some') }
      : one,
  );
  expect(checkInStep(shortened, exceptions)).toMatchObject([{ file: 'articles/en/ts.mail-flow-outage.md' }]);
});
