import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { checkBook } from '#knowledge/check-book.ts';
import { readRules } from '#knowledge/rules.ts';

const knowledge = fileURLToPath(new URL('../../knowledge', import.meta.url));
const folders: string[] = [];

/** A copy of the rules with one file edited. */
function edited(file: string, from: string, to: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'rules-'));
  folders.push(dir);
  for (const part of ['offerings', 'calendars', 'phone-numbers.json']) {
    cpSync(join(knowledge, part), join(dir, part), { recursive: true });
  }
  const text = readFileSync(join(dir, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
  writeFileSync(join(dir, file), text.replace(from, to));
  return dir;
}

afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});

const o365 = 'offerings/o365-21vianet.yaml';

test.each([
  [
    'a value without a source',
    o365,
    'zone: { value: Asia/Shanghai, source:',
    'zone: { value: Asia/Shanghai, from:',
    'zone',
  ],
  [
    'a clock that does not exist',
    o365,
    'closes: { value: "24:00"',
    'closes: { value: "25:00"',
    'hours.technical.closes',
  ],
  ['a word where a number belongs', o365, 'hours: { value: 1,', 'hours: { value: one,', 'respond.A.hours'],
  ['a calendar that is not there', o365, 'calendar: { value: cn', 'calendar: { value: jp', 'calendar'],
  ['a misspelt field', o365, '\npin:', '\npins:', ''],
  ['another offering in the file', o365, 'id: o365-21vianet', 'id: worldwide', 'id'],
  ['a zone that is none', o365, 'zone: { value: Asia/Shanghai', 'zone: { value: Asia/Shanghia', 'zone'],
  [
    'hours that close before they open',
    o365,
    'opens: { value: "09:00", source',
    'opens: { value: "24:00", source',
    'hours.technical',
  ],
  ['a range of days that runs backwards', 'calendars/cn.yaml', '02-15..02-23', '02-23..02-15', 'years.2026.holidays'],
  [
    'a day that does not exist',
    'calendars/cn.yaml',
    '04-04..04-06, 05-01',
    '04-04..04-31, 05-01',
    'years.2025.holidays',
  ],
  [
    'a worked day that is a holiday',
    'calendars/cn.yaml',
    'workdays: [01-04',
    'workdays: [01-03',
    'years.2026.workdays',
  ],
  [
    'a worked day that is no weekend',
    'calendars/cn.yaml',
    'workdays: [01-04',
    'workdays: [01-05',
    'years.2026.workdays',
  ],
  ['a day that is none', 'calendars/cn.yaml', '05-01..05-02', '5-1', 'unknownYears.holidays'],
])('%s is named with its file and field', (...row) => {
  const [, file, from, to, field] = row;
  expect(() => readRules(edited(file, from, to))).toThrow(`${file}: ${field}`);
});

/** An operator's folder with one file. */
function year(text: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'calendars-'));
  folders.push(dir);
  writeFileSync(join(dir, 'cn-2027.yaml'), text);
  return dir;
}

describe('years that an operator supplies', () => {
  const source = 'source: { doc: State Council notice, words: 2027 年部分节假日安排 }';
  const good = `id: cn\nyears:\n  "2027":\n    holidays: [01-01..01-03]\n    workdays: [01-09]\n    ${source}\n`;

  test('are added, win over ours, and are told apart', () => {
    const own = good.replace('"2027"', '"2026"').replace('01-09', '01-10');
    const { cn } = readRules(knowledge, year(good)).calendars;
    expect(cn).toMatchObject({ supplied: ['2027'], years: { 2026: { workdays: expect.arrayContaining(['02-14']) } } });
    expect(cn?.years['2027']?.workdays).toEqual(['01-09']);
    expect(readRules(knowledge, year(own)).calendars['cn']?.years['2026']?.workdays).toEqual(['01-10']);
    expect(checkBook(knowledge, year(good))).toEqual([]);
  });

  test.each([
    ['another calendar', good.replace('id: cn', 'id: jp'), 'id: there is no calendar jp'],
    ['a year without a source', good.replace(source, ''), 'years.2027.source'],
    ['a day that does not exist', good.replace('01-01..', '02-30..'), 'years.2027.holidays'],
    ['a year that is none', good.replace('"2027"', '"27"'), 'years.27'],
    ['no calendar at all', '[]', 'expected object'],
  ])('%s is refused with file and field', (_what, text, problem) => {
    const dir = year(text);
    expect(() => readRules(knowledge, dir)).toThrow(/cn-2027\.yaml/);
    expect(() => readRules(knowledge, dir)).toThrow(problem);
  });

  test('a folder that is not there is named', () => {
    expect(() => readRules(knowledge, '/nowhere/at/all')).toThrow('/nowhere/at/all');
  });
});

test('a changed number is a changed rule', () => {
  const rules = readRules(edited(o365, 'days: { value: 3', 'days: { value: 5'));
  expect(rules.offerings['o365-21vianet'].respond?.C).toMatchObject({ kind: 'business-days', days: { value: 5 } });
});
