import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DUTIES, sourcesSchema, type Offering } from '#knowledge/offering.ts';
import { createPhrases, readMessages } from '#knowledge/phrases.ts';
import { readRoles } from '#knowledge/rules.ts';
import { LANGUAGES, OFFERINGS } from '#knowledge/schema.ts';
import { REASONS } from '#src/policy/reason.ts';
import { rules } from './place.ts';

const knowledge = fileURLToPath(new URL('../../knowledge', import.meta.url));
const sources = sourcesSchema.parse(parse(readFileSync(join(knowledge, 'sources.yaml'), 'utf8')));

interface Found {
  path: string;
  leaf: Record<string, unknown>;
}

function leavesOf(node: unknown, path: string): Found[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('value' in node) return [{ path, leaf: { ...node } }];
  return Object.entries(node).flatMap(([key, child]) => leavesOf(child, `${path}.${key}`));
}

describe('where the values come from', () => {
  const leaves = OFFERINGS.flatMap((id) => leavesOf(rules.offerings[id] satisfies Offering, id));

  test.each(leaves)('$path', ({ leaf }) => {
    const { source } = leaf as { source?: { doc: string; words: string } };
    if (source === undefined) expect(leaf).toMatchObject({ assumption: true, reason: expect.any(String) });
    else expect(Object.keys(sources)).toContain(source.doc);
  });

  test('every page of the source list is used', () => {
    const used = new Set([
      ...leaves.map(({ leaf }) => (leaf.source as { doc: string } | undefined)?.doc),
      'chinese-days',
    ]);
    // 21Vianet's own pages stand in the reasons of assumptions.
    expect(Object.keys(sources).filter((doc) => !used.has(doc) && doc !== '21vbluecloud')).toEqual([]);
  });
});

describe('the words of the policy', () => {
  const phrases = createPhrases(readMessages(knowledge).messages);
  const values = { wanted: 'A', granted: 'B', opensAt: '09:00' };
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
