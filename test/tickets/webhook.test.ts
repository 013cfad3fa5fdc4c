import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { ask } from '../../src/outside/tickets/ask.ts';
import { webhook } from '../../src/outside/tickets/webhook/system.ts';
import { again, filed, FIRST, NUMBER, words } from './place.ts';

/** The signed webhook against a receiver that checks it with the code that the README shows. */

const SECRET = 'a-secret-that-only-both-know-0123456789';
const headers = z.object({ timestamp: z.string(), signature: z.string(), 'idempotency-key': z.string() });
type Verify = (body: string, headers: IncomingHttpHeaders, secret: string, now: number) => boolean;

let verify: Verify;
let server: Server;
let url: string;
const received: { body: string; headers: IncomingHttpHeaders }[] = [];
let answer: { status: number; body: string; headers?: Record<string, string> };
let now = Date.parse('2026-11-30T10:00:00Z');

beforeAll(async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = /```js\n(import \{ createHmac[^]*?)```/.exec(readme)?.[1] ?? '';
  const module: unknown = await import(`data:text/javascript,${encodeURIComponent(example)}`);
  verify = (module as { isFromFrontdesk: Verify }).isFromFrontdesk;
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ body, headers: request.headers });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?for=frontdesk`;
});
beforeEach(() => {
  received.length = 0;
  answer = { status: 202, body: '' };
});
afterAll(() => server.close());

const system = () => webhook({ url, secret: SECRET, words, ask, clock: () => now });
const about = () => ({ ticket: { system: 'webhook', id: NUMBER, number: 'T-7' } as const, request: filed() });
const event = z.looseObject({ id: z.string(), type: z.string(), change: z.unknown().optional() });

test('what happens is told, signed, with a key by which a repeat is known', async () => {
  const one = system();
  expect(await one.file(filed(), FIRST)).toEqual({
    kind: 'done',
    value: { system: 'webhook', id: NUMBER, number: NUMBER },
  });
  await one.file(filed(), again());
  await one.addInformation(about(), '打印机也坏了。', { ...FIRST, key: `ticket:${NUMBER}:2` });
  await one.changeSeverity(about(), 'A', { ...FIRST, key: `ticket:${NUMBER}:3` });
  await one.close(about(), { ...FIRST, key: `ticket:${NUMBER}:4` });
  await one.reopen(about(), { ...FIRST, key: `ticket:${NUMBER}:5` });
  const told = received.map(({ body }) => event.parse(JSON.parse(body)));
  expect(told.map(({ id, type, change }) => [id, type, change])).toEqual([
    [`ticket:${NUMBER}:1`, 'request.filed', undefined],
    [`ticket:${NUMBER}:1`, 'request.filed', undefined],
    [`ticket:${NUMBER}:2`, 'request.updated', { kind: 'information-added', text: '打印机也坏了。' }],
    [`ticket:${NUMBER}:3`, 'request.updated', { kind: 'severity-changed', severity: 'A' }],
    [`ticket:${NUMBER}:4`, 'request.closed', undefined],
    [`ticket:${NUMBER}:5`, 'request.updated', { kind: 'reopened' }],
  ]);
  for (const { body, headers: sent } of received) {
    expect(verify(body, sent, SECRET, now)).toBe(true);
    expect(headers.parse(sent)['idempotency-key']).toBe(event.parse(JSON.parse(body)).id);
    // Keys of people and of conversations stay in the house.
    expect(body).not.toMatch(/dl_person|submissionId|"conversation"/);
  }
});

test('a receiver sees what was changed, what is old, and what somebody else signed', async () => {
  await system().file(filed(), FIRST);
  const { body, headers: sent } = received[0]!;
  expect(verify(body, sent, SECRET, now)).toBe(true);
  expect(verify(body.replace('"B"', '"A"'), sent, SECRET, now)).toBe(false);
  expect(verify(body, sent, `${SECRET}x`, now)).toBe(false);
  expect(verify(body, { ...sent, timestamp: String(Number(sent['timestamp']) + 60) }, SECRET, now)).toBe(false);
  expect(verify(body, { ...sent, signature: 'v1=00' }, SECRET, now)).toBe(false);
  expect(verify(body, {}, SECRET, now)).toBe(false);
  expect([verify(body, sent, SECRET, now + 299_000), verify(body, sent, SECRET, now + 301_000)]).toEqual([true, false]);
  expect(verify(body, sent, SECRET, now - 301_000)).toBe(false);
  now += 600_000;
  await system().file(filed(), again());
  expect(verify(received[1]!.body, received[1]!.headers, SECRET, now)).toBe(true);
});

test.each([
  [
    'its own number and address',
    '{"number":"T-7","url":"https://tickets.contoso.example/7"}',
    { number: 'T-7', url: 'https://tickets.contoso.example/7' },
  ],
  ['an address that is none', '{"number":"T-7","url":"javascript:alert(1)"}', { number: NUMBER }],
  ['a page', '<html></html>', { number: NUMBER }],
] as const)('it may answer with %s', async (_name, body, ticket) => {
  answer = { status: 200, body };
  expect(await system().file(filed(), FIRST)).toEqual({
    kind: 'done',
    value: { system: 'webhook', id: NUMBER, ...ticket },
  });
});

test.each([
  [503, {}, { kind: 'later', reason: 'unreachable' }],
  [429, { 'retry-after': '9' }, { kind: 'later', reason: 'throttled', afterMs: 9_000 }],
  [400, {}, { kind: 'refused', reason: 'refused-400' }],
  [401, {}, { kind: 'later', reason: 'unauthorized' }],
  [302, { location: 'https://evil.example/' }, { kind: 'later', reason: 'redirected' }],
])('%i', async (status, more, outcome) => {
  answer = { status, body: '', headers: more };
  expect(await system().file(filed(), FIRST)).toEqual(outcome);
});
