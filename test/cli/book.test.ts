import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { jsonl, run, withData } from './run.ts';

const judgementSchema = z.strictObject({
  id: z.string(),
  lang: z.string(),
  category: z.string(),
  product: z.string(),
  severity: z.enum(['A', 'B', 'C', '']),
  confidence: z.number(),
  evidence: z.array(z.strictObject({ signal: z.string(), text: z.string(), start: z.number(), end: z.number() })),
});
const QUESTION = { id: 7, question: 'who can open a service request?', lang: 'en', offering: 'worldwide' };
const ASKED = {
  id: 'q1',
  offering: 'o365-21vianet',
  person: 'may-open',
  purchase: 'direct',
  agreement: false,
  category: 'technical',
  severity: 'A',
  now: '2026-11-20T15:00:00+08:00',
};
const EXPECT = {
  route: 'open',
  severity: 'B',
  cap: 'B',
  provisional: false,
  phoneNumber: '(86) 400-089-0365',
  respondBy: '2026-11-23T15:00:00+08:00',
  openNow: true,
  contactMethods: { phone: false, email: false, chat: false },
};

test('ask: a line in, a line out; a bad line is named, the others are answered, and it ends with 2', async () => {
  const { code, lines, err } = await run(['ask'], { input: `${jsonl([QUESTION])}\n{bad\n\n${jsonl([QUESTION])}` });
  expect(code).toBe(2);
  expect(err).toContain('line 2');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({ id: 7, topic: expect.stringMatching(/^ww\./), answer: expect.stringMatching(/\w/) });
});

test('ask and decide read a file, and nothing is an answer to nothing', async () => {
  await withData(async (dir) => {
    writeFileSync(`${dir}/questions`, jsonl([QUESTION]));
    expect((await run(['ask', '--file', `${dir}/questions`])).lines).toHaveLength(1);
    expect(await run(['decide', '--file', '/dev/null'])).toMatchObject({ code: 0, out: '' });
  });
});

test.each(['ask', 'decide'])('%s: a file that can’t be read is bad use', async (verb) => {
  const { code, out, err } = await run([verb, '--file', '/nowhere/at/all']);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('/nowhere/at/all');
});

test('decide: one decision a line', async () => {
  const { code, lines } = await run(['decide'], { input: jsonl([ASKED]) });
  expect(code).toBe(0);
  expect(lines).toEqual([expect.objectContaining({ id: 'q1', route: 'open', severity: 'B', cap: 'B' })]);
});

/** An operator's file for 2027. */
const year = (holidays: string) =>
  `id: cn\nyears:\n  "2027":\n    holidays: [${holidays}]\n    workdays: []\n    source: { doc: notice, words: x }\n`;

test('a year that an operator supplies counts in every command, and a wrong one is named', async () => {
  await withData(async (dir) => {
    const env = { CALENDAR_DIR: dir };
    const late = { ...ASKED, severity: 'B', now: '2026-12-31T15:00:00+08:00' };
    const guess = await run(['decide'], { input: jsonl([late]), env });
    expect(guess.lines[0]).toMatchObject({ respondBy: '2027-01-04T07:00:00.000Z', provisional: true });
    writeFileSync(`${dir}/cn.yaml`, year('01-01..01-04'));
    const told = await run(['decide'], { input: jsonl([late]), env });
    expect(told.lines[0]).toMatchObject({ respondBy: '2027-01-05T07:00:00.000Z', provisional: false });
    const { lines } = await run(['check'], { env });
    expect(lines).toContainEqual({ calendar: 'cn', years: ['2025', '2026', '2027'], supplied: ['2027'] });
    writeFileSync(`${dir}/cn.yaml`, year('13-01'));
    const { code, err } = await run(['decide'], { input: jsonl([late]), env });
    expect([code, err]).toEqual([1, expect.stringContaining('cn.yaml: years.2027.holidays: 13-01')]);
    expect((await run(['check'], { env })).code).toBe(1);
  });
});

test('triage: one judgement a line, offsets into the text', async () => {
  const text = 'Nobody in the company can send mail since nine';
  const { code, lines } = await run(['triage'], { input: `${jsonl([{ id: 't1', text }])}\nnope` });
  expect(code).toBe(2);
  expect(lines).toHaveLength(1);
  const { evidence, ...rest } = judgementSchema.parse(lines[0]);
  expect(rest).toMatchObject({ id: 't1', lang: 'en', category: 'technical' });
  expect(evidence.length).toBeGreaterThan(0);
  for (const { text: words, start, end } of evidence) expect(text.slice(start, end)).toBe(words);
});

test('evaluate decide: 0 when all is as expected, whatever zone the instants are written in', async () => {
  const flat = { ...ASKED, id: 'q2', route: 'open', respondBy: '2026-11-23T07:00:00Z', opensAt: null };
  const { code, lines } = await run(['evaluate', 'decide'], { input: jsonl([{ ...ASKED, expect: EXPECT }, flat]) });
  expect(code).toBe(0);
  expect(lines[0]).toEqual({ group: 'all', compared: 2, right: 2, share: 1 });
  expect(lines.find(({ group }) => group === 'severity')).toMatchObject({ compared: 1 });
  expect(lines.find(({ group }) => group === 'respondBy')).toMatchObject({ compared: 2, right: 2 });
});

test('evaluate decide: 1 and a line for each field that differs; the page shows them', async () => {
  await withData(async (dir) => {
    const wrong = { route: 'not-<admin>', openNow: false, contactMethods: [{ method: 'phone', available: true }] };
    const gold = [
      { ...ASKED, expect: EXPECT },
      { ...ASKED, id: 'bad', expect: wrong },
    ];
    writeFileSync(`${dir}/gold`, jsonl(gold));
    const args = ['evaluate', 'decide', '--file', `${dir}/gold`, '--report', `${dir}/page.html`];
    const { code, lines } = await run(args);
    expect(code).toBe(1);
    expect(lines[0]).toMatchObject({ group: 'all', compared: 2, right: 1 });
    const misses = lines.filter((line) => 'miss' in line);
    expect(misses.map(({ miss, field, decided }) => [miss, field, decided])).toEqual([
      ['bad', 'route', 'open'],
      ['bad', 'openNow', true],
      ['bad', 'contact phone', false],
    ]);
    expect(lines).toContainEqual({
      confusion: 'route',
      field: 'route',
      expected: 'not-<admin>',
      decided: 'open',
      count: 1,
    });
    const page = readFileSync(`${dir}/page.html`, 'utf8');
    expect(page).toContain('Confusion: route');
    expect(page).toContain('not-&#60;admin&#62;');
    expect(page).not.toContain('<admin>');
  });
});

test('check: nothing is wrong with the book, and the contradictions of its sources are told', async () => {
  const { code, lines } = await run(['check']);
  expect(lines.filter((line) => 'problem' in line)).toEqual([]);
  expect(code).toBe(0);
  const told = lines.filter((line) => 'contradiction' in line);
  expect(told.length).toBeGreaterThan(6);
  for (const line of told) expect(line).toMatchObject({ won: expect.any(String), why: expect.any(String) });
  expect(lines).toContainEqual({ calendar: 'cn', years: ['2025', '2026'], supplied: [] });
});

test('check --values: every value with its source', async () => {
  const { lines } = await run(['check', '--values']);
  const hours = lines.find(({ path }) => path === 'o365-21vianet.respond.A.hours');
  expect(hours).toMatchObject({ value: 1, source: { words: 'Initial Response: 1 hour or less.' } });
});

test('evaluate: a line that is not labelled is bad use', async () => {
  for (const kind of ['ask', 'decide']) expect((await run(['evaluate', kind], { input: '{}' })).code).toBe(2);
});

test('evaluate ask: scores; below the floors it ends with 1', async () => {
  await withData(async (dir) => {
    const input = jsonl([
      { ...QUESTION, topic: 'ww.who-can-get-support' },
      { ...QUESTION, id: 8, topic: 'ww.nothing' },
    ]);
    const floors = (first: number) => {
      writeFileSync(`${dir}/floors`, JSON.stringify({ first, three: 0, refused: 0, wronglyRefused: 1 }));
      return run(['evaluate', 'ask', '--floors', `${dir}/floors`, '--report', `${dir}/page.html`], { input });
    };
    const fell = await floors(0.9);
    expect(fell.code).toBe(1);
    expect(fell.lines[0]).toMatchObject({ group: 'all', questions: 2, first: 0.5 });
    expect((await floors(0.5)).code).toBe(0);
    expect(readFileSync(`${dir}/page.html`, 'utf8')).toContain('<svg');
    const { code, err } = await run(['evaluate', 'ask', '--floors', `${dir}/none`], { input });
    expect([code, err]).toEqual([2, expect.stringContaining('none')]);
  });
});
