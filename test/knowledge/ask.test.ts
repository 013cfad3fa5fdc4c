import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { createSearch } from '#knowledge/search.ts';
import { runAsk } from '#src/cli/ask.ts';
import { runCheck } from '#src/cli/check.ts';
import { runEvaluateAsk } from '#src/cli/evaluate-ask.ts';
import { article, NO_SYNONYMS } from './place.ts';

const search = createSearch(
  [
    article({
      topic: 'a.mail',
      title: 'Forward mail <script>',
      questions: ['How can I forward mail?'],
      body: 'Like this.',
    }),
    article({ topic: 'a.sync', title: 'ディレクトリ同期の停止', questions: ['同期が停止しました'], language: 'ja' }),
  ],
  { ...NO_SYNONYMS, stop: ['how', 'can', 'i'] },
);

const recordSchema = z.record(z.string(), z.unknown());

async function* lines(...all: object[]): AsyncGenerator<string> {
  for (const one of all) yield JSON.stringify(one);
}

const MAIL = { id: 1, question: 'How can I forward mail?', lang: 'en', offering: 'worldwide' };

describe('ask', () => {
  it('answers one line a question', async () => {
    const out: string[] = [];
    const code = await runAsk(
      lines(
        MAIL,
        { id: 'x', question: 'quantum gravity', offering: 'worldwide' },
        { id: 'j', question: '同期が停止しました', lang: null, offering: 'worldwide' },
      ),
      search,
      (line) => out.push(line),
    );
    expect(code).toBe(0);
    const [first, second, third] = out.map((line) => recordSchema.parse(JSON.parse(line)));
    expect(first).toEqual({
      id: 1,
      topic: 'a.mail',
      answer: 'Like this.',
      score: expect.any(Number),
      alternatives: [],
    });
    expect(second).toMatchObject({ id: 'x', topic: null, answer: '' });
    expect(third).toMatchObject({ id: 'j', topic: 'a.sync' });
  });

  it('names a bad line and goes on', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const out: string[] = [];
    expect(await runAsk(lines({ id: 1 }, MAIL), search, (line) => out.push(line))).toBe(2);
    expect(out).toHaveLength(1);
    expect(error.mock.calls[0]?.[0]).toMatch(/^line 1: question/);
    error.mockRestore();
  });
});

/** The exit code, then what is printed, of one question whose answer is "Like this." */
async function told(says: string[], never: string[], facts = 0.9): Promise<Record<string, unknown>[]> {
  const out: string[] = [];
  const floors = { first: 1, three: 1, refused: 1, wronglyRefused: 0, facts };
  const gold = lines({ ...MAIL, topic: 'a.mail', says, never });
  const code = await runEvaluateAsk(gold, { search, floors }, (line) => out.push(line));
  return [{ code }, ...out.map((line) => recordSchema.parse(JSON.parse(line)))];
}

describe('evaluate ask', () => {
  const gold = [
    { ...MAIL, topic: 'a.mail' },
    { ...MAIL, id: 2, question: '<script> & quantum', topic: 'a.other' },
    { ...MAIL, id: 3, question: 'gravity', topic: null },
  ];
  const floors = { first: 0.9, three: 0.9, refused: 0.9, wronglyRefused: 0.1 };

  it('scores, names the misses, and says that a language fell short', async () => {
    const out: string[] = [];
    expect(await runEvaluateAsk(lines(...gold), { search, floors }, (line) => out.push(line))).toBe(1);
    const read = out.map((line) => recordSchema.parse(JSON.parse(line)));
    expect(read[0]).toEqual({ group: 'all', questions: 3, first: 0.5, three: 0.5, refused: 1, wronglyRefused: 0.5 });
    expect(read.filter((one) => 'miss' in one)).toMatchObject([{ miss: 2, topic: 'a.other', found: null }]);
  });

  it('is content above the floors, and writes a report in which texts stay texts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ask-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const report = join(folder, 'report.html');
    const lower = { ...floors, first: 0.5, three: 0.5, wronglyRefused: 0.5 };
    expect(await runEvaluateAsk(lines(...gold), { search, floors: lower, report }, () => {})).toBe(0);
    const html = readFileSync(report, 'utf8');
    expect(html).toContain('&#60;script&#62; &#38; quantum');
    expect(html).not.toContain('<script');
  });

  it('asks of a question for one fact that the answer says it, and not that of another cloud', async () => {
    expect((await told(['Like this'], ['that'])).slice(0, 2)).toMatchObject([{ code: 0 }, { group: 'all', facts: 1 }]);
    const lacking = await told(['Like that'], []);
    expect(lacking.slice(0, 2)).toMatchObject([{ code: 1 }, { facts: 0 }]);
    expect(lacking.at(-1)).toMatchObject({ miss: 1, found: 'a.mail', wrong: ['Like that'] });
    expect((await told(['Like this'], ['this'])).at(-1)).toMatchObject({ miss: 1, wrong: ['this'] });
    expect((await told(['Like that'], [], 0))[0]).toEqual({ code: 0 });
  });

  it('ends with 2 at a line that is no labelled question', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(await runEvaluateAsk(lines({ id: 1 }), { search }, () => {})).toBe(2);
    error.mockRestore();
  });
});

describe('check', () => {
  it('ends with 0 on the book', () => {
    const out: string[] = [];
    expect(runCheck({ dir: BOOK_FOLDER, now: Date.now() }, (line) => out.push(line))).toBe(0);
    expect(out.join('\n')).not.toContain('"problem"');
  });
});
