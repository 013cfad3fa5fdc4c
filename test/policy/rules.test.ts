import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
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
  ['a day that is none', 'calendars/cn.yaml', '05-01..05-02', '5-1', 'unknownYears.holidays'],
])('%s is named with its file and field', (...row) => {
  const [, file, from, to, field] = row;
  expect(() => readRules(edited(file, from, to))).toThrow(`${file}: ${field}`);
});

test('a changed number is a changed rule', () => {
  const rules = readRules(edited(o365, 'days: { value: 3', 'days: { value: 5'));
  expect(rules.offerings['o365-21vianet'].respond?.C).toMatchObject({ kind: 'business-days', days: { value: 5 } });
});
