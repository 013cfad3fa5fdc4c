import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import { readExamples, readGold } from '#knowledge/examples.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import { askAll, floorsSchema, scoreGroups } from '#src/cli/evaluate-ask.ts';

const folder = join(BOOK_FOLDER, 'examples', 'ask');
const gold = readGold(join(folder, 'held-back.jsonl'));
const floors = floorsSchema.parse(JSON.parse(readFileSync(join(folder, 'floors.json'), 'utf8')));
const { search } = readBook();
const outcomes = askAll(gold, search);
const scores = new Map(scoreGroups(outcomes).map((score) => [score.group, score]));

describe('questions held back', () => {
  it('are none of those that the search learns from', () => {
    const learnt = new Set(readExamples(BOOK_FOLDER).map(({ question, lang }) => `${lang} ${question.toLowerCase()}`));
    expect(gold.filter(({ question, lang }) => learnt.has(`${lang} ${question.toLowerCase()}`))).toEqual([]);
  });

  it.each(LANGUAGES)('reach the floors in %s', (language) => {
    const score = scores.get(language)!;
    expect(score.questions).toBeGreaterThanOrEqual(60);
    expect(score.first).toBeGreaterThanOrEqual(floors.first);
    expect(score.three).toBeGreaterThanOrEqual(floors.three);
    expect(score.refused).toBeGreaterThanOrEqual(floors.refused);
    expect(score.wronglyRefused).toBeLessThanOrEqual(floors.wronglyRefused);
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
