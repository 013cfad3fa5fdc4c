import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INTERNALS, listA, randomFrom, request, type Target } from './bad-inputs.ts';
import { memoryOf, post, raw, start, type Started } from './started.ts';
import { within } from '../patience.ts';

let server: Started;
let before: { rss: number; pid: number };

beforeAll(async () => {
  server = await start({ LOG_LEVEL: 'error' });
  await fetch(`${server.url}/echo`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
  before = await memoryOf(server);
});
afterAll(() => server.stop());

/** The door alone: its route answers any JSON with 200. */
const DOOR: Target = { json: '/echo', page: '/things/1', named: '/things/' };

describe('list A', () => {
  test.each(listA(DOOR))('$name', async ({ parts, expected, end }) => {
    const status = typeof expected === 'number' ? expected : 200;
    const answer = await raw(server.port, parts, { end });
    expect({ status: answer.status, text: answer.text.slice(0, 400) }).toMatchObject({ status });
    expect(answer.ms).toBeLessThan(within(1_000));
    if (status < 400) return;
    const body = answer.text.split('\r\n\r\n')[1] ?? '';
    expect(Object.keys(JSON.parse(body).error)).toEqual(['code', 'message']);
    expect(body).not.toMatch(INTERNALS);
  });

  test('dangerous keys are dropped at every level, also when escaped', async () => {
    const body = '{"__proto__":{"x":1},"a":[{"constructor":1,"pro\\u0074otype":2,"ok":3}],"\\u005f_proto__":1}';
    const answer = await raw(server.port, post('/echo', body));
    expect(answer.text.split('\r\n\r\n')[1]).toBe('{"got":{"a":[{"ok":3}]}}');
  });

  test('30 a hundred pipelined requests are answered in order', async () => {
    const all = Array.from({ length: 100 }, (_, n) =>
      request(`/things/${n}`, n === 99 ? ['Connection: close'] : []),
    ).join('');
    const { connect } = await import('node:net');
    const text = await new Promise<string>((resolve) => {
      let seen = '';
      const socket = connect(server.port, '127.0.0.1', () => socket.write(all));
      socket.on('data', (chunk) => (seen += chunk.toString())).on('close', () => resolve(seen));
    });
    expect([...text.matchAll(/"id":"(\d+)"/g)].map((match) => Number(match[1]))).toEqual(
      Array.from({ length: 100 }, (_, n) => n),
    );
  });

  test('a thousand mutated requests: same process, memory flat', async () => {
    const random = randomFrom(42);
    const base = Buffer.concat(
      post('/echo', '{"type":"message","text":"hello","from":{"id":"u1"},"n":[1,2,3]}').map((part) =>
        Buffer.from(part),
      ),
    );
    const mutate = () => {
      const bytes = Buffer.from(base);
      for (let n = random(6); n >= 0; n--) bytes[random(bytes.length)] = random(256);
      return bytes.subarray(0, 20 + random(bytes.length - 19));
    };
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => raw(server.port, [mutate()], { end: true })));
      for (const { status } of answers) expect([0, 200, 400, 404, 405, 413, 415, 417, 431, 505]).toContain(status);
      for (const { text } of answers) expect(text).not.toMatch(/node_modules|\/src\/|canary/);
    }
    const now = await memoryOf(server);
    expect(now.pid).toBe(before.pid);
    expect(now.rss - before.rss).toBeLessThan(50_000_000);
  });
});
