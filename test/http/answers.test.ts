import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { errorOf, raw, start, type Started } from './started.ts';

const EMBEDDER = 'https://admin.contoso.com';
let server: Started;
beforeAll(async () => {
  server = await start({ EMBED_ORIGINS: EMBEDDER, RATE_MINT: '5', METRICS_TOKEN: 'm3trics-T0ken-x9Qw2' });
});
afterAll(() => server.stop());

const call = (path: string, init: RequestInit = {}) => fetch(server.url + path, init);
const send = (path: string, headers: Record<string, string> = {}) =>
  call(path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', ...headers } });
/** fetch forbids some headers and merges others; node:http sends them as they are. */
const plain = (path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const out = request(server.url + path, { method, headers }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }));
    });
    out.on('error', reject).end();
  });

/** The directives of a policy that let something come from memory. */
const fromMemory = (policy: string) => policy.split(';').filter((each) => each.includes('blob:'));
const headersOf = async (path: string) => (await call(path)).headers;

const preflight = (path: string, origin: string) =>
  plain(path, { Origin: origin, 'Access-Control-Request-Method': 'POST' }, 'OPTIONS');

const statuses = async (n: number) =>
  (await Promise.all(Array.from({ length: n }, () => send('/message')))).map((r) => r.status);

const open = async (query: string) => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws${query}`);
  const outcome = await Promise.race([
    once(socket, 'open').then(() => 'open'),
    new Promise((resolve) => socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode))),
  ]);
  return { socket, outcome };
};

describe('one form of error', () => {
  test.each([
    ['/nowhere', 404, 'not-found'],
    ['/throws', 500, 'internal'],
    ['/rejects', 500, 'internal'],
    ['/refuses', 409, 'taken'],
  ])('%s', async (path, status, code) => {
    const response = await call(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await errorOf(response)).toBe(code);
  });

  test('what was thrown stays in the house, and its words even out of the log', async () => {
    expect(await (await call('/throws')).text()).not.toMatch(/canary|passwd|SELECT/);
    expect(server.output()).toContain('"msg":"route-failed"');
    expect(server.output()).not.toMatch(/canary|passwd|SELECT/);
  });

  test('405 says what is allowed', async () => {
    const response = await call('/echo', { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'OPTIONS, POST']);
  });
});

describe('answers', () => {
  test('HEAD has the headers of GET and no body, streams too', async () => {
    const [head, get] = [await call('/things/7?q=a%20b', { method: 'HEAD' }), await call('/things/7?q=a%20b')];
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect(await get.json()).toEqual({ id: '7', q: 'a b' });
    expect([(await call('/large', { method: 'HEAD' })).status, (await (await call('/large')).bytes()).length]).toEqual([
      200, 2_000,
    ]);
  });

  test('parameters of 512 characters arrive, decoded', async () => {
    const id = `${'a'.repeat(510)}|ü`;
    expect(await (await call(`/things/${encodeURIComponent(id)}`)).json()).toMatchObject({ id });
  });

  test('the security headers of each kind', async () => {
    const policy = async (path: string) => (await headersOf(path)).get('content-security-policy');
    expect(await policy('/things/1')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(await policy('/page')).toMatch(/default-src 'none';script-src 'self';.*frame-ancestors 'none'$/);
    expect((await headersOf('/page')).get('x-frame-options')).toBe('DENY');
    const frame = (await policy('/frame')) ?? '';
    expect(frame).toMatch(/frame-ancestors 'self' https:\/\/teams\.microsoft\.com .*https:\/\/admin\.contoso\.com$/);
    expect(frame).not.toMatch(/127\.0\.0\.1|unsafe-eval|script-src[^;]*unsafe/);
    expect((await headersOf('/frame')).get('x-frame-options')).toBeNull();
    // The files that a person picks are read and shown from memory; nothing else may come from there, least of all a script.
    expect(fromMemory(frame).map((each) => each.split(' ')[0])).toEqual(['img-src', 'connect-src', 'worker-src']);
    expect(fromMemory((await policy('/page')) ?? '')).toEqual([]);
    for (const path of ['/things/1', '/page', '/frame', '/file.js', '/nowhere', '/throws'])
      expect((await headersOf(path)).get('x-content-type-options')).toBe('nosniff');
    expect((await headersOf('/file.js')).get('cache-control')).toBe('max-age=60');
    expect((await headersOf('/things/1')).get('server')).toBeNull();
  });
});

describe('other origins', () => {
  test('a page of EMBED_ORIGINS may call what is meant for it', async () => {
    const asked = await preflight('/shared/1', EMBEDDER);
    expect(asked.status).toBe(204);
    expect(asked.headers['access-control-allow-origin']).toBe(EMBEDDER);
    expect(asked.headers['access-control-allow-methods']).toBe('GET, HEAD, POST');
    expect(asked.headers['access-control-allow-headers']).toMatch(/authorization.*x-ms-bot-agent/);
    const called = await plain('/shared/1', { Origin: EMBEDDER });
    expect([called.status, called.headers['access-control-allow-origin'], called.headers['vary']]).toEqual([
      200,
      EMBEDDER,
      'Origin',
    ]);
  });

  test.each([
    'https://evil.example',
    'https://admin.contoso.com.evil.example',
    'https://xadmin.contoso.com',
    'http://admin.contoso.com',
    'https://admin.contoso.com:8443',
    'https://ADMIN.contoso.com',
    'null',
    '',
    'http://localhost:9',
  ])('%j may not', async (origin) => {
    expect((await preflight('/shared/1', origin)).status).toBe(403);
    const called = await plain('/shared/1', { Origin: origin });
    expect([called.status, called.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    expect((await send('/echo', { Origin: origin })).status).toBe(403);
  });

  test('what is not meant to be embedded is for our own pages only', async () => {
    expect((await preflight('/echo', EMBEDDER)).status).toBe(403);
    expect((await send('/echo', { Origin: EMBEDDER })).status).toBe(403);
    expect((await send('/echo', { Origin: server.url })).status).toBe(200);
    expect((await send('/echo')).status).toBe(200);
  });

  test('a strange name that points at us (DNS rebinding) is no page of ours', async () => {
    const host = `evil.example:${server.port}`;
    const body = '{}';
    const head = `POST /echo HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n`;
    expect((await raw(server.port, [head, body])).status).toBe(403);
  });

  test('X-Forwarded-For is not believed', async () => {
    expect(JSON.parse((await plain('/shared/1', { 'X-Forwarded-For': '1.2.3.4' })).text)).toEqual({ ip: '127.0.0.1' });
  });
});

describe('rates', () => {
  test('the sixth token of five gets 429 and is told when to come back', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => send('/mint')));
    expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = all.find(({ status }) => status === 429)!;
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await errorOf(refused)).toBe('too-many');
  });

  test('a hundred submits of one person at once pass; a flood does not', async () => {
    expect(new Set(await statuses(100))).toEqual(new Set([200]));
    expect(await statuses(150)).toContain(429);
  });
});

describe('metrics', () => {
  test('count by closed lists, for this machine', async () => {
    const text = await (await call('/metrics')).text();
    expect(text).toMatch(/frontdesk_http_answer_seconds_count\{class="2xx"\} \d+/);
    expect(text).toMatch(/frontdesk_pending_turns 3\n[^]*frontdesk_jobs 2\n[^]*frontdesk_dead_letters 1/);
  });

  test('behind a proxy nobody is local: a token is needed', async () => {
    const proxied = { 'X-Forwarded-For': '1.2.3.4' };
    expect((await plain('/metrics', proxied)).status).toBe(404);
    expect((await plain('/metrics', { ...proxied, Authorization: 'Bearer wrong' })).status).toBe(404);
    expect((await plain('/metrics', { ...proxied, Authorization: 'Bearer m3trics-T0ken-x9Qw2' })).status).toBe(200);
  });
});

describe('WebSockets', () => {
  test('open, talk, and refuse in the one form', async () => {
    const { socket, outcome } = await open('?t=ok');
    expect(outcome).toBe('open');
    socket.send('hi');
    expect(String((await once(socket, 'message'))[0])).toBe('hi');
    socket.close();
    for (const [query, status] of [
      ['', 403],
      ['?t=throw', 500],
    ] as const) {
      const refused = await open(query);
      expect(refused.outcome).toBe(status);
      refused.socket.on('error', () => undefined).terminate();
    }
  });
});

test('health: live, ready, and the reason when storage fails', async () => {
  expect([(await call('/healthz')).status, (await call('/readyz')).status]).toEqual([200, 200]);
  expect(await (await call('/readyz')).text()).toBe('{"status":"ok"}');
  await send('/block');
  const stuck = await call('/healthz');
  expect([stuck.status, await errorOf(stuck)]).toEqual([503, 'event-loop-blocked']);
  await call('/break', { method: 'POST' });
  const broken = await call('/readyz');
  expect([broken.status, await errorOf(broken)]).toEqual([503, 'storage']);
});

test('the log holds no text, name, address or token of anybody', async () => {
  await call('/things/canary-mail@contoso.com?q=canary-token', { headers: { authorization: 'Bearer canary-secret' } });
  await call('/nowhere/canary-path', {
    headers: { authorization: 'Bearer canary-secret', 'user-agent': 'canary-agent' },
  });
  await send('/echo', { 'x-name': 'canary-name', 'content-type': 'text/canary' });
  expect(server.output()).toContain('"msg":"answered"');
  expect(server.output()).not.toMatch(/canary|127\.0\.0\.1/);
});
