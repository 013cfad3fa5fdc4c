import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import { readExamples, readGold } from '#knowledge/examples.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import { askAll, floorsSchema, scoreGroups } from '#src/cli/evaluate-ask.ts';

const folder = join(BOOK_FOLDER, 'examples', 'ask');
const gold = readGold(join(folder, 'held-back.jsonl'));
// `earlier` is for the questions of the first authors, which are plainer than those of the second (ids w2-…).
const floors = floorsSchema
  .extend({ earlier: floorsSchema })
  .parse(JSON.parse(readFileSync(join(folder, 'floors.json'), 'utf8')));
const newest = readGold(join(folder, 'newest-held-back.jsonl'));
const facts = readGold(join(folder, 'hard-facts.jsonl'));
const { search } = readBook();
const outcomes = askAll(gold, search);
const scoresOf = (asked: typeof outcomes) => new Map(scoreGroups(asked).map((score) => [score.group, score]));
const scores = scoresOf(outcomes);
const earlier = scoresOf(outcomes.filter(({ id }) => !String(id).startsWith('w2-')));

describe('questions held back', () => {
  it('are none of those that the search learns from', () => {
    const learnt = new Set(readExamples(BOOK_FOLDER).map(({ question, lang }) => `${lang} ${question.toLowerCase()}`));
    const measured = [...gold, ...newest, ...facts];
    expect(measured.filter(({ question, lang }) => learnt.has(`${lang} ${question.toLowerCase()}`))).toEqual([]);
  });

  it('have ids of their own', () => {
    const all = [
      'unread',
      'held-back',
      'voices-held-back',
      'more-voices-held-back',
      'newest-held-back',
      'hard-facts',
      'tuning',
      'phrasings',
      'indirect',
      'written',
      'voices',
      'more-voices',
      'newest',
      'unanswerable',
    ];
    const ids = all.flatMap((name) => readGold(join(folder, `${name}.jsonl`)).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(LANGUAGES)('reach the floors in %s', (language) => {
    for (const [score, least] of [
      [scores.get(language)!, floors],
      [earlier.get(language)!, floors.earlier],
    ] as const) {
      expect(score.questions).toBeGreaterThanOrEqual(150);
      expect(score.first).toBeGreaterThanOrEqual(least.first);
      expect(score.three).toBeGreaterThanOrEqual(least.three);
      expect(score.refused).toBeGreaterThanOrEqual(least.refused);
      expect(score.wronglyRefused).toBeLessThanOrEqual(least.wronglyRefused);
    }
  });

  it.each(LANGUAGES)('that nobody read reach what they reached in %s', (language) => {
    const unread = readGold(join(folder, 'unread.jsonl'));
    const score = scoresOf(askAll(unread, search)).get(language)!;
    expect(score.questions).toBeGreaterThanOrEqual(130);
    expect(score.first).toBeGreaterThanOrEqual(0.935);
    expect(score.three).toBeGreaterThanOrEqual(0.99);
    // Of 20 in each language 20, 19 and 16.
    expect(score.refused).toBeGreaterThanOrEqual(0.79);
    // Of 113 in English and Chinese 2 and 3 are refused, of 110 in Japanese 4.
    expect(score.wronglyRefused).toBeLessThanOrEqual(0.04);
  });

  it('in terse and roundabout voices are answered among three', () => {
    const [score] = scoreGroups(askAll(readGold(join(folder, 'voices-held-back.jsonl')), search));
    expect(score!.questions).toBeGreaterThanOrEqual(860);
    expect(score!.first).toBeGreaterThanOrEqual(0.78);
    // .962, and .91 refused, before 2,077 questions for facts and from Japan were learnt, which others gained by.
    expect(score!.three).toBeGreaterThanOrEqual(0.95);
    expect(score!.refused).toBeGreaterThanOrEqual(0.885);
  });

  it('of four more authors are answered, and refused where they come near', () => {
    const [score] = scoreGroups(askAll(readGold(join(folder, 'more-voices-held-back.jsonl')), search));
    expect(score!.questions).toBeGreaterThanOrEqual(970);
    expect(score!.first).toBeGreaterThanOrEqual(0.88);
    // .983 before them.
    expect(score!.three).toBeGreaterThanOrEqual(0.975);
    // Nearly all that has no answer was written to lie next to what has one.
    expect(score!.refused).toBeGreaterThanOrEqual(0.83);
    expect(score!.wronglyRefused).toBeLessThanOrEqual(0.06);
  });

  // The third author wrote nothing but near misses, and answered contrasts to them.
  it.each([
    { author: 'a1', first: 0.87, three: 0.96, refused: 0.8, wronglyRefused: 0.07 },
    { author: 'a2', first: 0.96, three: 0.99, refused: 0.91, wronglyRefused: 0.01 },
    { author: 'a3', first: 0.94, three: 0.99, refused: 0.62, wronglyRefused: 0.01 },
    // Nothing of this one's was ever learnt.
    { author: 'a4', first: 0.97, three: 0.99, refused: 0.97, wronglyRefused: 0.015 },
    // Nor of this one's, all Japanese: of its 98 without an answer most lie next to one.
    { author: 'k1', first: 0.96, three: 0.99, refused: 0.76, wronglyRefused: 0.015 },
    // Nor of these two: the first asks as somebody would who tries a bot, the second almost only what lies next to an answer.
    { author: 'k4', first: 0.945, three: 0.985, refused: 0.94, wronglyRefused: 0.02 },
    { author: 'k5', first: 0.96, three: 0.99, refused: 0.75, wronglyRefused: 0.015 },
  ])('of authors who saw nothing of this book’s questions: $author', ({ author, ...least }) => {
    const [score] = scoreGroups(
      askAll(
        newest.filter(({ id }) => String(id).startsWith(author)),
        search,
      ),
    );
    expect(score!.questions).toBeGreaterThanOrEqual(240);
    expect(score!.first).toBeGreaterThanOrEqual(least.first);
    expect(score!.three).toBeGreaterThanOrEqual(least.three);
    expect(score!.refused).toBeGreaterThanOrEqual(least.refused);
    expect(score!.wronglyRefused).toBeLessThanOrEqual(least.wronglyRefused);
  });

  it('for one hard fact are answered with it, and never with that of another cloud', () => {
    const told = askAll(facts, search);
    const scored = scoresOf(told);
    expect(facts.length).toBeGreaterThanOrEqual(340);
    expect(scored.get('all')!.facts).toBeGreaterThanOrEqual(0.965);
    for (const language of LANGUAGES) expect(scored.get(language)!.facts).toBeGreaterThanOrEqual(0.955);
    const mixed = told.filter(({ never = [], wrong }) => wrong.some((words) => never.includes(words)));
    expect(mixed).toEqual([]);
  });

  it('never get an answer of another offering', () => {
    const prefixes = {
      worldwide: 'ww',
      'o365-21vianet': 'o365cn',
      'azure-21vianet': 'azurecn',
      'partner-center-21vianet': 'pccn',
    };
    for (const { offering, found, offered } of outcomes) {
      for (const topic of [found ?? [], offered].flat()) {
        expect([prefixes[offering], 'ts']).toContain(topic.split('.')[0]);
      }
    }
  });
});

const body = (question: string, offering: 'worldwide' | 'o365-21vianet' | 'azure-21vianet') =>
  search.ask({ question, language: 'en', offering }).best?.article.body ?? '';

describe('who may ask', () => {
  it.each(['who can open a service request?', 'who may submit a support ticket'])('is told to "%s"', (question) => {
    const { best } = search.ask({ question, language: 'en', offering: 'worldwide' });
    expect(best?.topic).toBe('ww.who-can-get-support');
  });
});

describe('one wording, different clouds', () => {
  it('gives each its own hours, times and numbers', () => {
    expect(body('How fast do you respond to severity A?', 'o365-21vianet')).toContain('1 hour');
    expect(body('How fast do you respond to severity A?', 'azure-21vianet')).toContain('2 hours');
    expect(body('What is the support phone number?', 'worldwide')).toContain('1 800 865 9408');
    expect(body('What is the support phone number?', 'o365-21vianet')).toContain('(86) 400-089-0365');
    expect(body('What is the support phone number?', 'azure-21vianet')).not.toMatch(/400-089-0365|1 800 865/);
    expect(body('Until what time is billing support open?', 'worldwide')).toContain('17:00');
    expect(body('Until what time is billing support open?', 'o365-21vianet')).toContain('18:00');
  });
});
