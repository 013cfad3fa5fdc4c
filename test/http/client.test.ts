import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { clientAddress } from '#src/http/client.ts';
import { createLog } from '#src/http/log.ts';
import { addressKey } from '#src/http/rates.ts';

const from = (forwarded: string | undefined): IncomingMessage => {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: '10.0.0.1' });
  return Object.assign(new IncomingMessage(socket), { headers: { 'x-forwarded-for': forwarded } });
};

describe('the client behind proxies', () => {
  test.each<[string | undefined, number, string]>([
    ['1.2.3.4', 0, '10.0.0.1'],
    [undefined, 1, '10.0.0.1'],
    ['1.2.3.4', 1, '1.2.3.4'],
    ['6.6.6.6, 1.2.3.4', 1, '1.2.3.4'],
    ['6.6.6.6, 1.2.3.4, 10.0.0.9', 2, '1.2.3.4'],
    ['1.2.3.4', 2, '10.0.0.1'],
    ['1.2.3.4:50123', 1, '1.2.3.4'],
    ['[2001:db8::1]:443', 1, '2001:db8::1'],
    ['<script>', 1, '10.0.0.1'],
    ['', 1, '10.0.0.1'],
  ])('%j through %i proxies is %s', (forwarded, proxies, address) => {
    expect(clientAddress(from(forwarded), proxies)).toBe(address);
  });
});

test.each([
  ['1.2.3.4', '1.2.3.4'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s is counted as %s', (address, key) => expect(addressKey(address)).toBe(key));

test('a log line holds listed words and numbers; ids are hashed alike, free text is withheld', () => {
  const lines: string[] = [];
  const log = createLog({ LOG_LEVEL: 'info' }, { write: (line) => void lines.push(line) });
  const error = Object.assign(new Error('canary text'), { code: 'EPIPE' });
  log.info('one', { status: 404, route: '/things/:id', person: 'u1', text: 'canary', token: 'canary', error });
  log.warn('two', {
    person: 'u1',
    reason: 'canary words',
    step: 'canary@contoso.com',
    code: '+8613812345678',
    topic: '13812345678',
  });
  log.debug('three', { status: 1 });
  expect(lines.length).toBe(2);
  expect(lines.join('')).not.toMatch(/canary|13812345678|"u1"/);
  const hash = /"person":"([0-9a-f]{12})"/;
  expect(hash.exec(lines[0]!)?.[1]).toBe(hash.exec(lines[1]!)?.[1]);
  expect(lines[0]).toMatch(/"status":404,"route":"\/things\/:id".*"code":"EPIPE"/);
});
