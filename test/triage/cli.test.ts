import { expect, test } from 'vitest';
import { runEvaluateTriage } from '#src/cli/evaluate-triage.ts';
import { runTriage } from '#src/cli/triage.ts';
import { shippedModel } from './model.ts';

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
