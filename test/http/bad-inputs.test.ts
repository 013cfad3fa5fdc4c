import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryOf, post, raw, start, type Started } from './started.ts';

let server: Started;
let before: { rss: number; pid: number };

beforeAll(async () => {
  server = await start({ LOG_LEVEL: 'error' });
  await fetch(`${server.url}/echo`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
  before = await memoryOf(server);
});
afterAll(() => server.stop());

const json = ['Content-Type: application/json'];
const nested = (open: string, close: string, n: number) => open.repeat(n) + close.repeat(n);
const manyKeys = `{${Array.from({ length: 100_000 }, (_, n) => `"${n}":1`).join(',')}}`.slice(0, 250_000);
const keys2001 = `{${Array.from({ length: 2_001 }, (_, n) => `"k${n}":1`).join(',')}}`;
const bomb = gzipSync(Buffer.alloc(20_000_000, 'a'));
const get = (path: string, more: readonly string[] = [], method = 'GET') =>
  [`${method} ${path} HTTP/1.1`, 'Host: x', ...more, '', ''].join('\r\n');
const encoded = (encoding: string, bytes: Buffer) => post('/echo', bytes, [...json, `Content-Encoding: ${encoding}`]);
const typed = (type: string, body = '{"a":1}') => post('/echo', body, type === '' ? [] : [`Content-Type: ${type}`]);

/** promises.md, list A: its number, what is sent, what must come back. Bodies that are good JSON but no activity are 200 here. */
const INPUTS: readonly [name: string, parts: readonly (string | Buffer)[], status: number, end?: boolean][] = [
  ['1 empty body', post('/echo', ''), 200],
  ['2 {}', post('/echo', '{}'), 200],
  ['3 type 5', post('/echo', '{"type":5}'), 200],
  ['4 []', post('/echo', '[]'), 200],
  ['5 null', post('/echo', 'null'), 200],
  ['6 "x"', post('/echo', '"x"'), 200],
  ['7 cut', post('/echo', '{"a":'), 400],
  ['8 format string', post('/echo', '{"answer":"a|"%20x'), 400],
  ['9 duplicate keys', post('/echo', '{"type":"message","type":"x"}'), 200],
  ['10 BOM', post('/echo', Buffer.from('\uFEFF{"a":1}')), 400],
  ['11 UTF-16', post('/echo', Buffer.from('{"a":1}', 'utf16le')), 400],
  ['11 UTF-16 with BOM', post('/echo', Buffer.from('\uFEFF{"a":1}', 'utf16le')), 400],
  ['12 bad UTF-8', post('/echo', Buffer.from([0x22, 0xc3, 0x28, 0x22])), 400],
  ['13 NUL bytes', post('/echo', Buffer.from('{"a":"\0"}')), 400],
  ['13 NUL escaped', post('/echo', '{"a":"\\u0000"}'), 200],
  ['14 256 KB exactly', post('/echo', `"${'a'.repeat(262_142)}"`), 200],
  ['14 256 KB and one', post('/echo', `"${'a'.repeat(262_143)}"`), 413],
  ['15 10 MB', post('/echo', Buffer.alloc(10_000_000, 0x20)), 413],
  [
    '16 chunked, too long',
    [
      get('/echo', [...json, 'Transfer-Encoding: chunked'], 'POST'),
      ...Array.from({ length: 20 }, () => `4000\r\n${'a'.repeat(0x4000)}\r\n`),
    ],
    413,
  ],
  ['16 chunked, cut', [get('/echo', [...json, 'Transfer-Encoding: chunked'], 'POST'), '5\r\n{"a":'], 400, true],
  ['16 chunk size not hex', [get('/echo', [...json, 'Transfer-Encoding: chunked'], 'POST'), 'zz\r\n'], 400],
  ['17 longer than its body', [get('/echo', [...json, 'Content-Length: 100'], 'POST'), '{"a":1}'], 400, true],
  ['17 length not a number', [get('/echo', [...json, 'Content-Length: abc'], 'POST'), '{}'], 400],
  ['17 negative length', [get('/echo', [...json, 'Content-Length: -5'], 'POST'), '{}'], 400],
  [
    '18 both CL and TE',
    [get('/echo', [...json, 'Content-Length: 5', 'Transfer-Encoding: chunked'], 'POST'), '0\r\n\r\n'],
    400,
  ],
  ['18 two lengths', [get('/echo', [...json, 'Content-Length: 5', 'Content-Length: 6'], 'POST'), '{"a"}'], 400],
  ['19 gzip garbage', encoded('gzip', Buffer.from('not gzip')), 415],
  ['20 gzip cut', encoded('gzip', gzipSync('{"a":1}').subarray(0, 12)), 415],
  ['21 gzip bomb', encoded('gzip', bomb), 415],
  ['22 deflate', encoded('deflate', deflateSync('{}')), 415],
  ['22 br', encoded('br', brotliCompressSync('{}')), 415],
  ['22 gzip, gzip', encoded('gzip, gzip', gzipSync(gzipSync('{}'))), 415],
  ['23 no content-type', typed(''), 415],
  ['23 text/plain', typed('text/plain'), 415],
  ['23 text/csv', typed('text/csv'), 415],
  ['23 urlencoded', typed('application/x-www-form-urlencoded', 'a=1'), 415],
  [
    '23 multipart',
    typed(
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n1\r\n--x--',
    ),
    415,
  ],
  ['23 multipart, no boundary', typed('multipart/form-data'), 415],
  ['23 other charset', typed('application/json; charset=utf-16'), 415],
  ['23 utf-8 said', typed('application/json; charset="UTF-8"'), 200],
  ['24 deep arrays', post('/echo', nested('[', ']', 100_000)), 400],
  ['24 deep objects', post('/echo', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`), 400],
  ['24 depth 64', post('/echo', nested('[', ']', 64)), 200],
  ['24 depth 65', post('/echo', nested('[', ']', 65)), 400],
  ['25 many keys', post('/echo', `${manyKeys.slice(0, manyKeys.lastIndexOf(','))}}`), 400],
  ['25 2001 keys', post('/echo', keys2001), 400],
  ['26 1e400', post('/echo', '{"a":1e400}'), 400],
  ['26 -0 and 2^53+1', post('/echo', '[-0,9007199254740993]'), 200],
  ['27 GET', [get('/echo')], 405],
  ...['PUT', 'PATCH', 'DELETE', 'TRACE'].map((method): [string, string[], number] => [
    `27 ${method}`,
    [get('/echo', [], method)],
    405,
  ]),
  ['27 OPTIONS', [get('/echo', [], 'OPTIONS')], 204],
  ['27 OPTIONS *', [get('*', [], 'OPTIONS')], 400],
  ['27 unknown method', [get('/echo', [], 'BREW')], 400],
  ['28 /%00', [get('/%00')], 400],
  ['28 param with NUL', [get('/things/%00')], 400],
  ['28 broken percent', [get('/%E0%A4%A')], 400],
  ['28 broken percent in a parameter', [get('/things/%E0%A4%A')], 400],
  ['28 /..%2f', [get('/..%2fetc')], 404],
  ['28 //evil', [get('//evil')], 404],
  ['28 backslash', [get('/\\evil')], 404],
  ['28 absolute form', [get('http://evil/echo')], 400],
  ['28 9 000 characters', [get(`/${'a'.repeat(9_000)}`)], 400],
  ['28 parameter of 600 characters', [get(`/things/${'a'.repeat(600)}`)], 404],
  ['28 ;x', [get('/echo;x')], 404],
  ['28 __proto__', [get('/things/__proto__?q=constructor&__proto__=1')], 200],
  ['29 16 KB of headers', [get('/things/1', [`X-A: ${'a'.repeat(17_000)}`])], 431],
  [
    '29 1 000 headers',
    [
      get(
        '/things/1',
        Array.from({ length: 1_000 }, (_, n) => `X${n}: 1`),
      ),
    ],
    431,
  ],
  ['29 bare CR in a value', [get('/things/1', ['X-A: a\rEvil: 1'])], 400],
  ['29 NUL in a value', [get('/things/1', ['X-A: a\0b'])], 400],
  ['29 Host with a space', [`GET /things/1 HTTP/1.1\r\nHost: a b\r\n\r\n`], 400],
  ['29 Host that is no host', [`GET /things/1 HTTP/1.1\r\nHost: [\r\n\r\n`], 400],
  ['29 Host with port 99999', [`GET /things/1 HTTP/1.1\r\nHost: a:99999\r\n\r\n`], 400],
  ['29 no Host', ['GET /things/1 HTTP/1.1\r\n\r\n'], 400],
  ['29 not HTTP', ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n'], 400],
  ['29 HTTP/2 preface', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], 400],
  ['30 upgrade to nothing', [get('/nowhere', ['Connection: Upgrade', 'Upgrade: websocket'])], 404],
  ['30 upgrade h2c is ignored', [get('/things/1', ['Connection: Upgrade', 'Upgrade: h2c'])], 200],
  ['30 upgrade with a broken address', [get('/%00', ['Connection: Upgrade', 'Upgrade: websocket'])], 400],
];

describe('list A', () => {
  test.each(INPUTS)('%s', async (_name, parts, status, end = false) => {
    const answer = await raw(server.port, parts, { end });
    expect({ status: answer.status, text: answer.text.slice(0, 400) }).toMatchObject({ status });
    expect(answer.ms).toBeLessThan(1_000);
    if (status < 400) return;
    const body = answer.text.split('\r\n\r\n')[1] ?? '';
    expect(Object.keys(JSON.parse(body).error)).toEqual(['code', 'message']);
    expect(body).not.toMatch(/ at \S+ \(|at \S+:\d|node_modules|\/src\/|Unexpected|SyntaxError|position/);
  });

  test('dangerous keys are dropped at every level, also when escaped', async () => {
    const body = '{"__proto__":{"x":1},"a":[{"constructor":1,"pro\\u0074otype":2,"ok":3}],"\\u005f_proto__":1}';
    const answer = await raw(server.port, post('/echo', body));
    expect(answer.text.split('\r\n\r\n')[1]).toBe('{"got":{"a":[{"ok":3}]}}');
  });

  test('30 a hundred pipelined requests are answered in order', async () => {
    const all = Array.from({ length: 100 }, (_, n) => get(`/things/${n}`, n === 99 ? ['Connection: close'] : [])).join(
      '',
    );
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
    let seed = 42;
    const random = (n: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
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
