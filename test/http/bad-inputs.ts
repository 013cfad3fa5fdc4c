import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { post } from './started.ts';

/** Where the bad inputs go. */
export interface Target {
  /** A path that takes JSON by POST, and nothing by GET. */
  readonly json: string;
  /** Headers that let the sender in. */
  readonly headers?: readonly string[];
  /** Methods that this path does know, and what they answer. */
  readonly methods?: Readonly<Record<string, number>>;
  /** A path that answers a GET with 200. */
  readonly page: string;
  /** The beginning of a GET path whose last part is a parameter. */
  readonly named: string;
}

/** `read`: the body is good JSON, so the route itself answers. `named`: likewise for a parameter. */
export type Expected = number | 'read' | 'named';

export interface BadInput {
  readonly name: string;
  readonly parts: readonly (string | Buffer)[];
  readonly expected: Expected;
  /** The sender closes its side at the end. */
  readonly end: boolean;
}

type Row = readonly [name: string, parts: readonly (string | Buffer)[], expected: Expected, end?: boolean];

/** What no answer may hold: stacks, paths, words of the parser or of the database. */
export const INTERNALS =
  / at \S+ \(|at \S+:\d|node_modules|\/src\/|\/bot\/|Unexpected|SyntaxError|TypeError|position|sqlite|SELECT |ECONN|ZodError/i;

/** A request without a body, as it goes over the wire. */
export const request = (path: string, more: readonly string[] = [], method = 'GET'): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: x', ...more, '', ''].join('\r\n');

const typeJson = ['Content-Type: application/json'];
const nested = (open: string, close: string, n: number) => open.repeat(n) + close.repeat(n);
const manyKeys = `{${Array.from({ length: 100_000 }, (_, n) => `"${n}":1`).join(',')}}`.slice(0, 250_000);
const keys2001 = `{${Array.from({ length: 2_001 }, (_, n) => `"k${n}":1`).join(',')}}`;
const bomb = gzipSync(Buffer.alloc(20_000_000, 'a'));

/** promises.md, list A: its number, what is sent, what must come back. */
export function listA({ json, headers = [], methods = {}, page, named }: Target): BadInput[] {
  const get = request;
  const send = (body: string | Buffer, more: readonly string[] = typeJson) => post(json, body, [...headers, ...more]);
  const encoded = (encoding: string, bytes: Buffer) => send(bytes, [...typeJson, `Content-Encoding: ${encoding}`]);
  const typed = (type: string, body = '{"a":1}') => send(body, type === '' ? [] : [`Content-Type: ${type}`]);
  const rows: readonly Row[] = [
    ['1 empty body', send(''), 'read'],
    ['2 {}', send('{}'), 'read'],
    ['3 type 5', send('{"type":5}'), 'read'],
    ['4 []', send('[]'), 'read'],
    ['5 null', send('null'), 'read'],
    ['6 "x"', send('"x"'), 'read'],
    ['7 cut', send('{"a":'), 400],
    ['8 format string', send('{"answer":"a|"%20x'), 400],
    ['9 duplicate keys', send('{"type":"message","type":"x"}'), 'read'],
    ['10 BOM', send(Buffer.from('\uFEFF{"a":1}')), 400],
    ['11 UTF-16', send(Buffer.from('{"a":1}', 'utf16le')), 400],
    ['11 UTF-16 with BOM', send(Buffer.from('\uFEFF{"a":1}', 'utf16le')), 400],
    ['12 bad UTF-8', send(Buffer.from([0x22, 0xc3, 0x28, 0x22])), 400],
    ['13 NUL bytes', send(Buffer.from('{"a":"\0"}')), 400],
    ['13 NUL escaped', send('{"a":"\\u0000"}'), 'read'],
    ['14 256 KB exactly', send(`"${'a'.repeat(262_142)}"`), 'read'],
    ['14 256 KB and one', send(`"${'a'.repeat(262_143)}"`), 413],
    ['15 10 MB', send(Buffer.alloc(10_000_000, 0x20)), 413],
    [
      '16 chunked, too long',
      [
        get(json, [...headers, ...typeJson, 'Transfer-Encoding: chunked'], 'POST'),
        ...Array.from({ length: 20 }, () => `4000\r\n${'a'.repeat(0x4000)}\r\n`),
      ],
      413,
    ],
    [
      '16 chunked, cut',
      [get(json, [...headers, ...typeJson, 'Transfer-Encoding: chunked'], 'POST'), '5\r\n{"a":'],
      400,
      true,
    ],
    [
      '16 chunk size not hex',
      [get(json, [...headers, ...typeJson, 'Transfer-Encoding: chunked'], 'POST'), 'zz\r\n'],
      400,
    ],
    [
      '17 longer than its body',
      [get(json, [...headers, ...typeJson, 'Content-Length: 100'], 'POST'), '{"a":1}'],
      400,
      true,
    ],
    ['17 length not a number', [get(json, [...headers, ...typeJson, 'Content-Length: abc'], 'POST'), '{}'], 400],
    ['17 negative length', [get(json, [...headers, ...typeJson, 'Content-Length: -5'], 'POST'), '{}'], 400],
    [
      '18 both CL and TE',
      [get(json, [...headers, ...typeJson, 'Content-Length: 5', 'Transfer-Encoding: chunked'], 'POST'), '0\r\n\r\n'],
      400,
    ],
    [
      '18 two lengths',
      [get(json, [...headers, ...typeJson, 'Content-Length: 5', 'Content-Length: 6'], 'POST'), '{"a"}'],
      400,
    ],
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
    ['23 utf-8 said', typed('application/json; charset="UTF-8"'), 'read'],
    ['24 deep arrays', send(nested('[', ']', 100_000)), 400],
    ['24 deep objects', send(`${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`), 400],
    ['24 depth 64', send(nested('[', ']', 64)), 'read'],
    ['24 depth 65', send(nested('[', ']', 65)), 400],
    ['25 many keys', send(`${manyKeys.slice(0, manyKeys.lastIndexOf(','))}}`), 400],
    ['25 2001 keys', send(keys2001), 400],
    ['26 1e400', send('{"a":1e400}'), 400],
    ['26 -0 and 2^53+1', send('[-0,9007199254740993]'), 'read'],
    ...['GET', 'PUT', 'PATCH', 'DELETE', 'TRACE'].map((method): Row => [
      `27 ${method}`,
      [get(json, headers, method)],
      methods[method] ?? 405,
    ]),
    ['27 OPTIONS', [get(json, [], 'OPTIONS')], 204],
    ['27 OPTIONS *', [get('*', [], 'OPTIONS')], 400],
    ['27 unknown method', [get(json, [], 'BREW')], 400],
    ['28 /%00', [get('/%00')], 400],
    ['28 param with NUL', [get(`${named}%00`)], 400],
    ['28 broken percent', [get('/%E0%A4%A')], 400],
    ['28 broken percent in a parameter', [get(`${named}%E0%A4%A`)], 400],
    ['28 /..%2f', [get('/..%2fetc')], 404],
    ['28 //evil', [get('//evil')], 404],
    ['28 backslash', [get('/\\evil')], 404],
    ['28 absolute form', [get(`http://evil${json}`)], 400],
    ['28 9 000 characters', [get(`/${'a'.repeat(9_000)}`)], 400],
    ['28 parameter of 600 characters', [get(`${named}${'a'.repeat(600)}`)], 404],
    ['28 ;x', [get(`${json};x`)], 404],
    ['28 __proto__', [get(`${named}__proto__?q=constructor&__proto__=1`)], 'named'],
    ['29 16 KB of headers', [get(page, [`X-A: ${'a'.repeat(17_000)}`])], 431],
    [
      '29 1 000 headers',
      [
        get(
          page,
          Array.from({ length: 1_000 }, (_, n) => `X${n}: 1`),
        ),
      ],
      431,
    ],
    ['29 bare CR in a value', [get(page, ['X-A: a\rEvil: 1'])], 400],
    ['29 NUL in a value', [get(page, ['X-A: a\0b'])], 400],
    ['29 Host with a space', [`GET ${page} HTTP/1.1\r\nHost: a b\r\n\r\n`], 400],
    ['29 Host that is no host', [`GET ${page} HTTP/1.1\r\nHost: [\r\n\r\n`], 400],
    ['29 Host with port 99999', [`GET ${page} HTTP/1.1\r\nHost: a:99999\r\n\r\n`], 400],
    ['29 no Host', [`GET ${page} HTTP/1.1\r\n\r\n`], 400],
    ['29 not HTTP', ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n'], 400],
    ['29 HTTP/2 preface', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], 400],
    ['30 upgrade to nothing', [get('/nowhere', ['Connection: Upgrade', 'Upgrade: websocket'])], 404],
    ['30 upgrade h2c is ignored', [get(page, ['Connection: Upgrade', 'Upgrade: h2c'])], 200],
    ['30 upgrade with a broken address', [get('/%00', ['Connection: Upgrade', 'Upgrade: websocket'])], 400],
  ];
  return rows.map(([name, parts, expected, end = false]) => ({ name, parts, expected, end }));
}

/** The same numbers in every run with the same seed; each below `n`. */
export function randomFrom(seed: number): (n: number) => number {
  let state = seed;
  return (n) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
}
