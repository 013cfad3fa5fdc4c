import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { createConcepts, normalise, readSynonyms } from '#knowledge/concepts.ts';
import { createSearch, type Query } from '#knowledge/search.ts';
import { tokenise } from '#knowledge/tokens.ts';
import { createSpeller, editDistance } from '#knowledge/typos.ts';
import { article, NO_SYNONYMS } from './place.ts';
import { within } from '../patience.ts';

const shelf = [
  article({ topic: 'a.forward', title: 'Forward mail to another address', questions: ['How do I forward mail?'] }),
  article({ topic: 'a.shared', title: 'Create a shared mailbox', questions: ['How do I create a shared mailbox?'] }),
  article({ topic: 'a.sync', title: 'Directory synchronization stopped', keywords: ['delta'], audience: 'admin' }),
  article({
    topic: 'a.sync',
    title: 'ディレクトリ同期',
    language: 'ja',
    audience: 'admin',
    body: '同期が止まったとき',
  }),
  article({ topic: 'c.forward', title: 'Forward mail in China', offerings: ['o365-21vianet'] }),
];
const synonyms = {
  ...NO_SYNONYMS,
  stop: ['how', 'do', 'i', 'a', 'to'],
  outside: ['xbox'],
  concepts: {
    mail: ['mail', '邮件', 'メール'],
    forward: ['forward', '转发', '転送'],
    sync: ['synchronization', '同期'],
  },
};
const search = createSearch(shelf, synonyms);
const ask = (question: string, rest: Partial<Query> = {}) =>
  search.ask({ question, language: 'en', offering: 'worldwide', ...rest });

describe('asking', () => {
  it('finds the article, surest first, with at most two alternatives', () => {
    const { best, alternatives } = ask('how do i forward a mail');
    expect(best).toMatchObject({ topic: 'a.forward' });
    expect(best!.score).toBeGreaterThan(0.5);
    expect(alternatives.length).toBeLessThanOrEqual(2);
  });

  it('never answers from another offering', () => {
    const { best, alternatives } = ask('forward mail', { offering: 'o365-21vianet' });
    expect(best?.topic).toBe('c.forward');
    expect(alternatives).toEqual([]);
    expect(ask('forward mail', { offering: 'azure-21vianet' })).toEqual({ best: null, alternatives: [] });
  });

  it('understands another language, and answers in the one of the person where it can', () => {
    expect(ask('メール 転送', { language: 'ja' }).best).toMatchObject({
      topic: 'a.forward',
      article: { language: 'en' },
    });
    expect(ask('同期', { language: 'en' }).best).toMatchObject({ topic: 'a.sync', article: { language: 'en' } });
    expect(ask('synchronization', { language: 'ja' }).best).toMatchObject({ article: { language: 'ja' } });
  });

  it('sees through typing errors, and full-width letters', () => {
    expect(ask('create shraed mialbox').best?.topic).toBe('a.shared');
    expect(ask('ｓｈａｒｅｄ ｍａｉｌｂｏｘ').best?.topic).toBe('a.shared');
  });

  it('gives no answer where it knows nothing, and less trust where a foreign matter is named', () => {
    expect(ask('the weather in paris tomorrow').best).toBeNull();
    const [plain, foreign] = [ask('forward mail'), ask('forward mail xbox')];
    const sure = (answer: typeof plain) => answer.best?.score ?? answer.alternatives[0]?.score ?? 0;
    expect(sure(foreign)).toBeLessThan(sure(plain));
  });

  it('puts what is for administrators behind for somebody who is none', () => {
    const everyone = ask('directory synchronization', { audience: 'everyone' });
    const admin = ask('directory synchronization', { audience: 'admin' });
    const sure = (answer: typeof admin) => answer.best?.score ?? answer.alternatives[0]?.score ?? 0;
    expect(sure(everyone)).toBeLessThan(sure(admin));
  });

  it('learns how people ask from examples', () => {
    const question = 'post to my colleague automatically';
    const example = { question, lang: 'en' as const, offering: 'worldwide' as const, topic: 'a.forward' };
    expect(ask(question).best).toBeNull();
    const taught = createSearch(shelf, synonyms, () => [example]);
    expect(taught.ask({ question, language: 'en', offering: 'worldwide' }).best?.topic).toBe('a.forward');
  });

  it.each(['', '   ', '?!', '\u200b', '\ud800', '🤷', 'the a to', '\u0000'])('has no answer to %j', (question) => {
    expect(ask(question).best).toBeNull();
  });

  it.each([
    ['one letter', 'a'.repeat(50_000)],
    ['many words', 'mail forward '.repeat(20_000)],
    ['wrong words', 'forwrad mialbox sharred '.repeat(5000)],
    ['characters', '邮件转发'.repeat(20_000)],
    ['a ligature that grows eighteenfold', '\ufdfa'.repeat(20_000)],
    ['combining marks', `e${'\u0301'.repeat(50_000)}`],
  ])('takes little time for %s', (_, question) => {
    const start = performance.now();
    ask(question);
    expect(performance.now() - start).toBeLessThan(within(50));
  });
});

describe('tokens', () => {
  const concepts = createConcepts(synonyms);
  const tokens = (text: string) => tokenise(normalise(text), concepts.scan(normalise(text)));

  it('turns aliases into concepts, plural or not, but not parts of other words', () => {
    expect(tokens('Forwarding mails')).toEqual(['§forward', '§mail']);
    expect(tokens('mailing mailman')).toContain('mailman');
  });

  it('pairs characters, keeps katakana words, and drops grammar', () => {
    expect(tokens('会社サーバー停止です')).toEqual(expect.arrayContaining(['会社', 'サーバ', '停止']));
    expect(tokens('です')).toEqual([]);
  });
});

describe('typing errors', () => {
  it.each([
    ['mail', 'mial', 1],
    ['same', 'same', 0],
    ['abc', 'abcd', 1],
    ['kitten', 'sitting', 3],
  ])('%s and %s are %i apart', (a, b, distance) => {
    expect(editDistance(a, b, 5)).toBe(distance);
  });

  it('corrects to a known word, and leaves known, common and far words alone', () => {
    const speller = createSpeller(
      new Map([
        ['mailbox', 3],
        ['license', 5],
      ]),
      new Set(['mailbag']),
    );
    expect(speller.correct('mialbox')).toBe('mailbox');
    expect(speller.correct('licence')).toBe('license');
    expect(speller.correct('mailbag')).toBe('mailbag');
    expect(speller.correct('weather')).toBe('weather');
  });
});

describe('synonyms', () => {
  it('reads the file as the yaml package does', () => {
    const expected = parse(readFileSync(join(BOOK_FOLDER, 'synonyms.yaml'), 'utf8')) as unknown;
    expect(readSynonyms(BOOK_FOLDER)).toEqual(expected);
  });
});

describe('everyday words', () => {
  const concepts = createConcepts({
    ...NO_SYNONYMS,
    concepts: { mail: ['mail', 'メール'] },
    everyday: { dead: ['dead', '挂了', '落ちた'] },
  });

  it.each(['mail is dead', 'メールが落ちた', '邮件挂了'])('are heard in "%s" beside whatever else it means', (text) => {
    expect(concepts.scan(normalise(text)).hints).toHaveLength(1);
  });

  it('are no words of the texts', () => {
    const { tokens, covered } = concepts.scan('mail is dead');
    expect(tokens).toHaveLength(1);
    expect([...covered.subarray('mail is '.length)]).toEqual([0, 0, 0, 0]);
  });
});
