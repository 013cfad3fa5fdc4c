import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { checkBook, readContradictions } from '#knowledge/check-book.ts';
import { readExcerpts } from '#knowledge/excerpts.ts';
import { valuesOf } from '#knowledge/values.ts';
import { rules } from './place.ts';

const folder = mkdtempSync(join(tmpdir(), 'sources-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The findings on a book in which `from` stands as `to` in one file. */
function findingsWith(file: string, from: string, to: string) {
  const path = join(folder, 'book', file);
  if (!existsSync(path)) cpSync(BOOK_FOLDER, join(folder, 'book'), { recursive: true });
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  try {
    return checkBook(join(folder, 'book'));
  } finally {
    writeFileSync(path, text);
  }
}

const o365 = 'offerings/o365-21vianet.yaml';
const worldwide = 'offerings/worldwide.yaml';
const phones = 'phone-numbers.json';
const decided = 'contradictions.yaml';

describe('check names', () => {
  test.each([
    ['a number of no country', phones, '"countryCode": "BZ"', '"countryCode": "QX"', phones, 'QX'],
    [
      'one role’s id given to another',
      'roles.json',
      'f023fd81-a637-4b56-95fd-791ac0226033',
      '62e90394-69f5-4237-9190-012177145e10',
      'roles.json',
      'Service Support Administrator',
    ],
    [
      'an address that its document doesn’t name',
      worldwide,
      'value: "https://admin.microsoft.com"',
      'value: "https://admin.example.com"',
      worldwide,
      'links.portal',
    ],
    [
      'words that are not in the document',
      o365,
      'words: "Initial Response: 1 hour or less."',
      'words: "Initial Response: 2 hours or less."',
      o365,
      'respond.A.hours.source',
    ],
    [
      'a document that nobody knows',
      o365,
      'source: { doc: 000_260c8e65dbcc1220.txt, words: "Initial Response: 1 hour',
      'source: { doc: 009.txt, words: "Initial Response: 1 hour',
      o365,
      'respond.A.hours.source',
    ],
    [
      'a document that says otherwise',
      o365,
      'also: [{ value: 1, doc: 002_dadfcd0cd8595d44.txt, words: "初期対応: 1 時間以内。" }]',
      'also: [{ value: 2, doc: 002_dadfcd0cd8595d44.txt, words: "初期対応: 1 時間以内。" }]',
      o365,
      'respond.A.hours',
    ],
    [
      'a number changed away from what the other document says',
      o365,
      'days: { value: 3',
      'days: { value: 5',
      o365,
      'respond.C.days',
    ],
    [
      'another number on the page of telephone numbers',
      phones,
      '"+86 4000 890 365"',
      '"+86 4000 890 366"',
      o365,
      'phone.support',
    ],
    [
      'other hours on the page of telephone numbers',
      phones,
      '"phone Mon-Fri 09:00-21:00; online 24x7"',
      '"phone Mon-Fri 10:00-21:00; online 24x7"',
      o365,
      'hours.technical.opens',
    ],
    [
      'a country whose number differs from the seed',
      phones,
      '"1800 197 503"',
      '"1800 197 504"',
      worldwide,
      'countryNumbers.AU',
    ],
    [
      'a country without technical support at all hours',
      phones,
      '"24x7"',
      '"Mon-Fri 09:00-17:00"',
      worldwide,
      'hours.technical.perDay',
    ],
    [
      'a decision on a value that is gone',
      decided,
      'worldwide.links.portal:',
      'worldwide.links.portals:',
      decided,
      'address-of-the-admin-center',
    ],
    [
      'a decision that the file does not follow',
      o365,
      'closes: { value: "24:00"',
      'closes: { value: "23:00"',
      decided,
      'technical-hours-of-21vianet',
    ],
    [
      'a winner without a statement',
      decided,
      '  won: support-contact-info',
      '  won: 003_7de95b2450e3c124.txt',
      decided,
      'billing-hours-of-21vianet',
    ],
  ])('%s', (...row) => {
    const [, file, from, to, where, field] = row;
    expect(findingsWith(file, from, to)).toContainEqual(expect.objectContaining({ file: where, field }));
  });

  test('each contradiction of the seeds, were it not decided', () => {
    const text = readFileSync(join(BOOK_FOLDER, decided), 'utf8');
    const cut = (id: string) => text.slice(text.indexOf(`${id}:`), text.indexOf('\n  why:', text.indexOf(`${id}:`)));
    for (const [id, field] of [
      ['partner-bought', 'who.allThroughPartner'],
      ['name-of-level-c', 'severity.levels.C'],
      ['technical-hours-of-21vianet', 'hours.technical.closes'],
      ['address-of-the-admin-center', 'links.portal'],
      ['technical-hours-in-japan', 'hours.technical.perDay'],
    ] as const) {
      const [decides = ''] = /decides: .*/.exec(cut(id)) ?? [];
      const findings = findingsWith(decided, decides, 'decides: {}');
      expect(findings).toContainEqual(
        expect.objectContaining({ field, problem: expect.stringContaining('doesn’t decide it') }),
      );
    }
  });
});

test('facts.md section 9: every known contradiction is there, and its winner', () => {
  const winners = Object.entries(readContradictions(BOOK_FOLDER)).map(([id, { won }]) => [id, won.slice(0, 3)]);
  expect(winners).toEqual([
    ['partner-bought', '000'],
    ['name-of-level-c', '000'],
    ['technical-hours-of-21vianet', '000'],
    ['billing-hours-of-21vianet', 'sup'],
    ['number-of-21vianet', '000'],
    ['numbers-in-china', '000'],
    ['address-of-the-admin-center', '000'],
    ['address-of-the-admin-center-of-21vianet', 'adm'],
    ['technical-hours-in-japan', '000'],
    ['billing-hours-worldwide', '000'],
  ]);
});

/** Where the seeds lie beside a checkout, if they do. */
const SEEDS = join(BOOK_FOLDER, '..', '..', 'shared', 'seeds');
const kept = readdirSync(join(BOOK_FOLDER, 'excerpts')).filter((name) => /^\d{3}_/.test(name));
const evenly = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe.skipIf(!existsSync(SEEDS))('the excerpts against the seeds themselves', () => {
  test.each(kept)('%s', (name) => {
    const seed = readFileSync(join(SEEDS, name), 'utf8');
    const [, hash = '', ...passages] = readFileSync(join(BOOK_FOLDER, 'excerpts', name), 'utf8')
      .trim()
      .split('\n');
    expect(hash).toBe(`# ${createHash('sha256').update(seed).digest('hex')}`);
    expect(passages.length).toBeGreaterThan(8);
    for (const passage of passages) expect(evenly(seed)).toContain(evenly(passage));
  });
});

test('every passage that is kept is one that something rests on', () => {
  const quotes = [
    ...valuesOf(rules).flatMap(({ source, also }) => [...(source === undefined ? [] : [source]), ...also]),
    ...Object.values(readContradictions(BOOK_FOLDER)).flatMap(({ statements }) => statements),
  ];
  const excerpts = readExcerpts(BOOK_FOLDER);
  expect(quotes.filter(({ doc, words }) => excerpts.holds(doc, words) !== true)).toEqual([]);
  const idle = kept.flatMap((name) => {
    const [, , ...passages] = readFileSync(join(BOOK_FOLDER, 'excerpts', name), 'utf8')
      .trim()
      .split('\n');
    const used = (passage: string) =>
      quotes.some(({ doc, words }) => doc === name && evenly(passage).includes(evenly(words)));
    return passages.filter((passage) => !used(passage)).map((passage) => `${name.slice(0, 3)}: ${passage}`);
  });
  expect(idle).toEqual([]);
});
