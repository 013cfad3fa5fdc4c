import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readTriageModel, writeTriageModel } from '#knowledge/triage-model.ts';
import { KNOWLEDGE } from './model.ts';

const FILES = ['triage-model.json', 'triage-weights.bin'];

function copied(): string {
  const dir = mkdtempSync(join(tmpdir(), 'triage-model-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const name of FILES) cpSync(join(KNOWLEDGE, name), join(dir, name));
  return dir;
}

test('what is read and written again is the same, byte for byte, and under 3 MB', () => {
  const dir = copied();
  writeTriageModel(dir, readTriageModel(dir));
  for (const name of FILES) {
    expect(readFileSync(join(dir, name)).equals(readFileSync(join(KNOWLEDGE, name)))).toBe(true);
  }
  const sizes = FILES.map((name) => statSync(join(dir, name)).size);
  expect(sizes.reduce((a, b) => a + b)).toBeLessThanOrEqual(3_000_000);
});

test('weights of another training are refused, by name', () => {
  const dir = copied();
  const path = join(dir, 'triage-weights.bin');
  const bytes = readFileSync(path);
  bytes[1000] = (bytes[1000] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  expect(() => readTriageModel(dir)).toThrow(
    'triage-weights.bin is not the one that triage-model.json was written with',
  );
});
