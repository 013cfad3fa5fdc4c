import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { meaningOf, render } from '#src/cli/render.ts';
import { logRow } from '../storage/samples.ts';
import { run, withData } from './run.ts';
import { within } from '../patience.ts';

const PROBLEM = 'Outlook on the web shows a blank page for two people since this morning';

test('the whole way to a request, by numbers and words; it is in the store afterwards', async () => {
  await withData(async (dataDir) => {
    const env = { DATA_DIR: dataDir };
    // "no" sends away the article that may be offered first; where none is, the question is asked again.
    const input = [PROBLEM, 'no', 'C', 'email', '1', '/quit', 'never said'].join('\n');
    const { code, out } = await run(['chat', '--as', 'admin-direct'], { input, env });
    expect(code).toBe(0);
    const number = /SR-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(out)?.[0] ?? 'none';
    expect(out).toMatch(/ {2}1\. .*\(submit\)/);
    expect(out).toContain(`Description: ${PROBLEM}`);
    const listed = await run(['requests', 'list'], { env });
    expect(listed.lines).toEqual([
      expect.objectContaining({ number, state: 'open', severity: 'C', person: 'sample:admin-direct', route: 'open' }),
    ]);
    expect(out).not.toContain('never said');
  });
});

test.each([
  ['the language of the person', ['--as', 'cn-admin'], /您好/],
  ['the language that was asked for', ['--lang', 'ja'], /こんにちは/],
  ['English for a visitor', [], /Hello/],
])('greets in %s, and ends with the input', async (_what, args, words) => {
  await withData(async (dataDir) => {
    const { code, out, ms } = await run(['chat', ...args], { env: { DATA_DIR: dataDir } });
    expect(code).toBe(0);
    expect(out).toMatch(words);
    expect(ms).toBeLessThan(within(10_000));
  });
});

test.each([
  [['--as', 'nobody'], 'cn-admin-premium'],
  [['--as', '__proto__'], 'cn-admin-premium'],
  [['--lang', 'de'], 'zh-CN'],
])('%s is refused with what there is', async (args, there) => {
  await withData(async (dataDir) => {
    const { code, out, err } = await run(['chat', ...args], { env: { DATA_DIR: dataDir } });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(there);
  });
});

test('Ctrl+C leaves no terminal hanging', async () => {
  await withData(async (dataDir) => {
    const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.js');
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
    const child = spawn(process.execPath, [cli, 'chat'], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    await once(child.stdout, 'data');
    const began = performance.now();
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(performance.now() - began).toBeLessThan(within(3_000));
  });
});

test('control characters of what somebody wrote never reach the terminal', () => {
  const text = 'red \u001b[31m and \u001b]0;title\u0007 and \u009b2J\u0000\r\nend';
  expect(render(logRow({ conversation: 'c', seq: 1, role: 'bot', body: { type: 'message', text } }))?.text).toBe(
    'red [31m and ]0;title and 2J\nend',
  );
});

test('what is no message, or of another shape, shows nothing', () => {
  for (const body of [{ type: 'typing' }, { type: 'event', text: 'x' }, { text: 5 }, {}])
    expect(render(logRow({ conversation: 'c', seq: 1, role: 'bot', body }))).toBeNull();
});

test('of a card only what the text does not say; Markdown as plain text', () => {
  const fact = {
    type: 'Container',
    items: [
      { type: 'TextBlock', text: 'Level' },
      { type: 'TextBlock', text: 'B' },
    ],
  };
  const body = [{ type: 'TextBlock', text: 'Said already' }, fact, { type: 'Input.Text', id: 'p', label: 'Phone' }];
  const actions = [
    { type: 'Action.Submit', title: 'Yes', data: { choice: 'yes' } },
    { type: 'Action.OpenUrl', title: 'More', url: 'https://a.test/' },
  ];
  const said = {
    type: 'message',
    text: 'Said already, **bold** and [here](https://b.test/)',
    textFormat: 'markdown',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { body, actions } }],
    channelData: { choices: ['yes'] },
  };
  expect(render(logRow({ conversation: 'c', seq: 1, role: 'bot', body: said }))).toEqual({
    text: 'Said already, bold and here (https://b.test/)\n\nLevel: B\n- Phone\n\n  1. Yes (yes)\n\nMore: https://a.test/',
    choices: ['yes'],
  });
});

test('a number stands for a choice, unless it is one, or there is no such choice', () => {
  expect(meaningOf('2', ['a', 'b'])).toBe('b');
  expect(meaningOf(' 1 ', ['a', 'b'])).toBe('a');
  expect(meaningOf('3', ['a', 'b'])).toBe('3');
  expect(meaningOf('0', ['a', 'b'])).toBe('0');
  expect(meaningOf('5', ['1', '2', '3', '4', '5'])).toBe('5');
  expect(meaningOf('2 people', ['a', 'b'])).toBe('2 people');
});
