import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readTriageCheck, readTriageCurve } from '#knowledge/triage-model.ts';
import { runEvaluateTriage } from '#src/cli/evaluate-triage.ts';
import { runTriage } from '#src/cli/triage.ts';
import { KNOWLEDGE, shippedModel } from './model.ts';

test('triage answers each line as the contract says, and names a bad one', async () => {
  const results: string[] = [];
  const told: string[] = [];
  const lines = [
    '{"id":"1","text":"Nobody in the company can send mail"}',
    '',
    'no json',
    '{"id":"2","text":"你好","lang":"zh-CN"}',
  ];
  const out = { result: (line: string) => results.push(line), tell: (line: string) => told.push(line) };
  const code = await runTriage(lines, shippedModel(), out);
  expect(code).toBe(2);
  expect(told).toHaveLength(1);
  const [first, second] = results.map((line): unknown => JSON.parse(line));
  expect(Object.keys(Object(first))).toEqual([
    'id',
    'lang',
    'category',
    'product',
    'severity',
    'confidence',
    'evidence',
  ]);
  expect(first).toMatchObject({ id: '1', lang: 'en', category: 'technical', product: 'exchange', severity: 'A' });
  expect(second).toMatchObject({ id: '2', lang: 'zh-CN', category: 'chitchat', product: '', severity: '' });
});

test('evaluate ends with 1 below the floors, with 2 for a line that is no label', async () => {
  const gold = JSON.stringify({
    id: '1',
    text: '全社員がメールを使えません',
    lang: 'ja',
    category: 'chitchat',
    severity: '',
  });
  const lines: string[] = [];
  const floors = { severityF1: 0, categoryF1: 0.9, recallA: 0, bCalledA: 1 };
  const options = { model: shippedModel(), floors };
  expect(await runEvaluateTriage([gold], options, (line) => lines.push(line))).toBe(1);
  expect(lines.some((line) => line.startsWith('{"miss":"1"'))).toBe(true);
  expect(await runEvaluateTriage(['{}'], { model: shippedModel() }, () => {})).toBe(2);
});

test('the report tells scores and confusions of each language, calibration, the learning curve, and the misses with their signals', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'triage-report-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const report = join(dir, 'report.html');
  const gold = readTriageCheck(KNOWLEDGE).map((line) => JSON.stringify(line));
  const lines: string[] = [];
  const curve = readTriageCurve(KNOWLEDGE);
  const code = await runEvaluateTriage(gold, { model: shippedModel(), report, curve }, (line) => lines.push(line));
  expect(code).toBe(0);
  const page = readFileSync(report, 'utf8');
  for (const group of ['all', 'en', 'zh-CN', 'ja']) {
    const { severityF1, recallA, bCalledA } = lines
      .map((line): Record<string, unknown> => Object(JSON.parse(line)))
      .find((line) => line['group'] === group) ?? { severityF1: 'none' };
    for (const value of [severityF1, recallA, bCalledA]) expect(page).toContain(`<td>${Number(value).toFixed(3)}</td>`);
    expect(page).toContain(`<h2>${group}: said (across) for what it is (down)</h2>`);
  }
  expect(page).toContain('aria-label="Calibration plot"');
  expect(page).toContain(`texts trained on, up to ${curve.at(-1)?.texts}`);
  const misses = lines.filter((line) => line.startsWith('{"miss"'));
  expect(page).toContain(`<h2>Misses (${misses.length} of ${gold.length})</h2>`);
  expect(page).toMatch(/<td class="text">[\w-]+: “/u);
});
