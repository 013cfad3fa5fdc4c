import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readContradictions } from '#knowledge/check-book.ts';
import { DUTIES, sourcesSchema } from '#knowledge/offering.ts';
import { createPhrases, readMessages } from '#knowledge/phrases.ts';
import { readRoles } from '#knowledge/rules.ts';
import { LANGUAGES, OFFERINGS } from '#knowledge/schema.ts';
import { valuesOf } from '#knowledge/values.ts';
import { REASONS } from '#src/policy/reason.ts';
import { rules } from './place.ts';

const knowledge = fileURLToPath(new URL('../../knowledge', import.meta.url));
const sources = sourcesSchema.parse(parse(readFileSync(join(knowledge, 'sources.yaml'), 'utf8')));

describe('where the values come from', () => {
  const values = valuesOf(rules);

  test('every value has a source or is an assumption with its reason', () => {
    expect(values.length).toBeGreaterThan(200);
    expect(values.filter(({ source, reason }) => (source === undefined) === (reason === undefined))).toEqual([]);
  });

  test('every page of the source list is used', () => {
    const statements = Object.values(readContradictions(knowledge)).flatMap((one) => one.statements);
    const years = Object.values(rules.calendars).flatMap((one) => Object.values(one.years).map(({ source }) => source));
    const cited = [...values.flatMap(({ source, also }) => [source, ...also]), ...statements, ...years];
    const used = new Set([...cited.map((one) => one?.doc), ...citedByTickets()]);
    expect(Object.keys(sources).filter((doc) => !used.has(doc))).toEqual([]);
  });
});

/** The maps to ticket systems rest on pages, too. */
function citedByTickets(): string[] {
  const folder = join(knowledge, 'tickets');
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(/\bdoc: ([\w-]+)/g)].map(([, doc = '']) => doc));
}

describe('the words of the policy', () => {
  const phrases = createPhrases(readMessages(knowledge).messages);
  const values = { wanted: 'A', granted: 'B', agreement: 'agreement', opensAt: '09:00', respondBy: '15:00' };
  const keys = [...REASONS, ...DUTIES.map((duty) => `duty-${duty}`)].map((code) => `policy.${code}`);

  test.each(LANGUAGES)('%s has them all, and no others', (language) => {
    const file = JSON.parse(readFileSync(join(knowledge, `phrases/${language}/policy.json`), 'utf8'));
    expect(Object.keys(file).toSorted()).toEqual(keys.toSorted());
    for (const key of keys) expect(phrases.text(language, key, values)).not.toMatch(/[{}]/);
  });
});

test('roles: Global Reader and License Administrator may not open requests', () => {
  const mayOpen = new Map(readRoles(knowledge).map(({ name, m365 }) => [name, m365]));
  expect(mayOpen.get('Global Reader')).toBe(false);
  expect(mayOpen.get('License Administrator')).toBe(false);
  expect(mayOpen.get('Service Support Administrator')).toBe(true);
  expect(new Set(readRoles(knowledge).map(({ templateId }) => templateId)).size).toBe(mayOpen.size);
});

test('every file in offerings/ is an offering', () => {
  const files = readdirSync(join(knowledge, 'offerings')).map((name) => name.replace('.yaml', ''));
  expect(files.toSorted()).toEqual([...OFFERINGS].toSorted());
});
