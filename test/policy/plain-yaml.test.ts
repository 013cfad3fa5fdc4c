import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import * as yaml from 'yaml';
import { readYaml } from '#knowledge/plain-yaml.ts';

vi.mock('yaml', { spy: true });

const knowledge = fileURLToPath(new URL('../../knowledge', import.meta.url));
const files = ['offerings', 'calendars'].flatMap((part) =>
  readdirSync(join(knowledge, part)).map((name) => join(part, name)),
);

test.each(files)('%s is read as the yaml package reads it, without asking it', (file) => {
  const text = readFileSync(join(knowledge, file), 'utf8');
  vi.mocked(yaml.parse).mockClear();
  const read = readYaml(text);
  expect(yaml.parse).not.toHaveBeenCalled();
  expect(read).toEqual(yaml.parse(text));
});

test('the same look sees it asked where a text is beyond the plain reader', () => {
  vi.mocked(yaml.parse).mockClear();
  expect(readYaml('a: |\n  text\n  more')).toEqual({ a: 'text\nmore\n' });
  expect(yaml.parse).toHaveBeenCalledOnce();
});

/** The value, or that there was none to be had. */
function outcome(read: (text: string) => unknown, text: string): unknown {
  try {
    return { value: read(text) };
  } catch {
    return 'refused';
  }
}

test.each([
  'a: 1\nb: 1.50\nc: 010\nd: +5\ne: 1e3\nf: 0x1F\ng: ~\nh: null\ni: True\nj: .inf\nk: 09:00\nl: 01-01..05-02',
  'a: +86 4000 890 365\nb: (86) 400-089-0365\nc: 世纪互联\nd: it is, you know [so]\ne: 2026-11-20',
  'a: { b: "x: y, {z} \\" \\\\ \\n", c: [1, two, "3"], d: {}, e: [] }',
  'a: { b: one # two, c: d }',
  'a: one # comment\nb: 2',
  'a: x: y',
  'a:\n  b: 1\n c: 2',
  'a:\n  b: 1\n    c: 2',
  'a: one\n  two',
  'a:\nb: 1',
  "a: 'single'",
  'a: |\n  text\n  more',
  'a: &x 1\nb: *x',
  'a: 1\na: 2',
  'a: { b: 1, b: 2 }',
  'a: { b: 1,, c: 2 }',
  'a: { b: 1, }',
  'a: [1, 2',
  'a: [1 2]',
  'a: { b }',
  'a: "x" y',
  'a: "\\u4e16"',
  'a:\n- { b: 1 }',
  'a:\n  - { b: 1 }\n  - plain\n  - "q"',
  '- a',
  '',
  '# nothing',
  '---\na: 1',
  'a:\t1',
  '"a b": 1\n"2025": { x: 1 }',
  '__proto__: { a: 1 }',
  'a: -1\nb: - 1',
  'a: { b: http://x.example/y?z=1, c: d }',
  'a: {b: 1}\nb: {"c": 1}\nd: [ a,b ]',
  'a: ?x\nb: %y',
])('reads or refuses alike: %j', (text) => {
  expect(outcome(readYaml, text)).toEqual(outcome((source) => yaml.parse(source), text));
});

test('reads or refuses alike, whatever is thrown at it', () => {
  const space = ['\n', '\n  ', '\n    ', ' '];
  const signs = [
    '{ ',
    ' }',
    '[',
    ']',
    ', ',
    ',',
    '"',
    '\\',
    '- ',
    '# ',
    ' #',
    ': ',
    '.',
    '-',
    '+',
    "'",
    '|',
    '&',
    '*',
    '?',
    '!',
  ];
  const words = [
    'a: ',
    'b:',
    'c: ',
    '<<: ',
    '{}',
    '{ k: ',
    '1',
    '1e',
    '0x1',
    '2025',
    '09:00',
    'true',
    'null',
    '~',
    'x',
    '世',
  ];
  const piece = fc.constantFrom(...space, ...signs, ...words);
  const quiet = { logLevel: 'error' } as const;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = `a: ${pieces.join('')}`;
      expect(outcome(readYaml, text)).toEqual(outcome((source) => yaml.parse(source, quiet), text));
    }),
    { numRuns: 1500 },
  );
});
