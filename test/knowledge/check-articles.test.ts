import { describe, expect, it } from 'vitest';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import { checkArticle } from '#knowledge/check-article.ts';
import { checkHosts, readHosts } from '#knowledge/check-hosts.ts';
import { checkReviewed } from '#knowledge/check-reviewed.ts';
import { OFFERINGS } from '#knowledge/schema.ts';
import { article } from './place.ts';

const book = readBook();
const { articles, rules } = book;
const hosts = readHosts(BOOK_FOLDER);
const QUESTIONS = ['One?', 'Two?', 'Three?'];

describe('the day of review', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  it.each([
    ['2025-05-20', 'well'],
    ['2025-05-19', 'overdue'],
    ['2026-11-20', 'well'],
    ['2026-11-21', 'well'],
    ['2026-11-22', 'future'],
  ])('%s is %s', (reviewed, outcome) => {
    const { overdue, future } = checkReviewed([article({ topic: 'a.b', reviewed })], now);
    expect([overdue.length, future.length]).toEqual([outcome === 'overdue' ? 1 : 0, outcome === 'future' ? 1 : 0]);
  });
});

describe('hosts of the other cloud', () => {
  it.each([
    ['worldwide', 'https://portal.partner.microsoftonline.cn/adminportal', true],
    ['worldwide', 'https://portal.azure.cn', true],
    ['worldwide', 'https://admin.microsoft.com', false],
    ['o365-21vianet', 'https://admin.microsoft.com/support', true],
    ['o365-21vianet', 'https://aka.ms/PillarEmailNDR', true],
    ['o365-21vianet', 'https://portal.partner.microsoftonline.cn', false],
    ['azure-21vianet', 'https://portal.azure.com/', true],
    ['azure-21vianet', 'https://portal.azure.cn/', false],
    ['azure-21vianet', 'https://learn.microsoft.com/azure/china', false],
    ['partner-center-21vianet', 'https://partner.microsoft.com', true],
    ['worldwide', 'https://notazure.cn', false],
  ] as const)('%s: %s', (offering, url, foreign) => {
    const one = article({ topic: 'a.b', offerings: [offering], body: `[See](${url}).` });
    expect(checkHosts([one], hosts)).toHaveLength(foreign ? 1 : 0);
  });

  it('are seen without a link, in the source, and in the text of one offering only', () => {
    expect(checkHosts([article({ topic: 'a.b', body: 'Open portal.azure.cn, please.' })], hosts)).toHaveLength(1);
    expect(checkHosts([article({ topic: 'a.b', sourceUrl: 'https://docs.azure.cn/a' })], hosts)).toHaveLength(1);
    const both = { topic: 'a.b', offerings: ['worldwide', 'o365-21vianet'] as const, body: 'https://aka.ms/x' };
    const bodies = { worldwide: 'https://aka.ms/x', 'o365-21vianet': 'Nothing.' };
    expect(checkHosts([article({ ...both, offerings: [...both.offerings], bodies })], hosts)).toEqual([]);
  });
});

describe('what Teams does not draw', () => {
  it.each([
    ['# Heading', 'heading'],
    ['Heading\n---', 'underlined'],
    ['| a | b |', 'table'],
    ['![x](https://a.b/c.png)', 'image'],
    ['a<br>b', 'HTML'],
    ['- a\n  - b', 'list inside a list'],
    ['1. a\n   1. b', 'list inside a list'],
    ['> quoted', 'quotation'],
    ['```\ncode\n```', 'block of code'],
    ['[x](javascript:alert(1))', 'no https'],
    ['[x](http://a.b)', 'no https'],
    ['[x](mailto:nobody)', 'no https'],
    ['x'.repeat(2_501), 'too much'],
  ])('%j is named: %s', (body, problem) => {
    const found = checkArticle(article({ topic: 'a.b', questions: QUESTIONS, body }), rules);
    expect(found.map((one) => one.problem).join('\n')).toContain(problem);
  });

  it('passes what it draws', () => {
    const body = '**Bold** `code <x>`\n\n1. [A](https://a.b/c)\n2. [B](mailto:a@b.c) [C](tel:+1-800)\n\n- c';
    expect(checkArticle(article({ topic: 'a.b', questions: QUESTIONS, body }), rules)).toEqual([]);
  });
});

/** Words that tell of the other cloud: a switch for PowerShell, its name, its diagnostics. */
const FOREIGN = {
  worldwide: /O365China|-Environment China|21Vianet|世纪互联|partner\.outlook\.cn/i,
  'o365-21vianet': /aka\.ms|worldwide|国际版|ワールドワイド|2021-07-31|31 July 2021|2021 年 7 月 31 日/i,
} as const;

describe('an article of both clouds', () => {
  const shared = articles.filter(({ offerings }) => offerings.length > 1);
  it.each(['worldwide', 'o365-21vianet'] as const)('says nothing of the other one in %s', (offering) => {
    expect(shared).toHaveLength(57);
    for (const { topic, language } of shared) {
      const body = book.article(topic, language, offering)?.body ?? '';
      expect(body, `${language} ${topic}`).not.toBe('');
      expect(body, `${language} ${topic}`).not.toMatch(FOREIGN[offering]);
    }
  });

  it('is not of any other offering', () => {
    for (const { topic, language, offerings } of articles) {
      for (const offering of OFFERINGS.filter((one) => !offerings.includes(one))) {
        expect(book.article(topic, language, offering)).toBeUndefined();
      }
    }
  });
});
