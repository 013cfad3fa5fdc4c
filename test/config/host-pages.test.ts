import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '#src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-hosts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEY = { kty: 'EC', crv: 'P-256', kid: '1', x: 'canary-x', y: 'canary-y' };
const GOOD = { origins: ['https://admin.contoso.com'], tenants: ['contoso'], cloud: 'worldwide', keys: [KEY] };
const { keys: _, ...KEYLESS } = GOOD;

function read(content: string, env: Record<string, string> = {}) {
  const path = join(folder, 'hosts.json');
  writeFileSync(path, content);
  return readConfig({ DATA_DIR: folder, CHAT_HOSTS: path, ...env });
}

function problemOf(content: unknown, env: Record<string, string> = {}): string {
  try {
    read(typeof content === 'string' ? content : JSON.stringify(content), env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  throw new Error('this file was taken');
}

describe('the file of host pages', () => {
  test('is read, with the names of the hosts', () => {
    const { hostPages } = read(JSON.stringify({ contoso: GOOD, fabrikam: { ...GOOD, tenants: 'any' } }));
    expect(hostPages.map(({ id, tenants }) => [id, tenants])).toEqual([
      ['contoso', ['contoso']],
      ['fabrikam', 'any'],
    ]);
    expect(readConfig({ DATA_DIR: folder }).hostPages).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /CHAT_HOSTS.*not JSON/],
    ['a list', [GOOD], /CHAT_HOSTS/],
    ['a host without a way to prove itself', { contoso: KEYLESS }, /needs keys, keysUrl or secretSha256/],
    ['two ways to find the keys', { contoso: { ...GOOD, keysUrl: 'https://a.example/keys' } }, /one of them/],
    ['a private key', { contoso: { ...GOOD, keys: [{ ...KEY, d: 'canary-d' }] } }, /private key/],
    ['a shared secret as a key', { contoso: { ...GOOD, keys: [{ kty: 'oct', kid: '1', k: 'canary-k' }] } }, /contoso/],
    ['a secret in clear', { contoso: { ...KEYLESS, secretSha256: 'canary-secret' } }, /secretSha256/],
    ['a wildcard origin', { contoso: { ...GOOD, origins: ['https://*.contoso.com'] } }, /origins/],
    ['an origin with a path', { contoso: { ...GOOD, origins: ['https://a.example/x'] } }, /origins/],
    ['no origin', { contoso: { ...GOOD, origins: [] } }, /origins/],
    ['no tenant', { contoso: { ...GOOD, tenants: [] } }, /tenants/],
    ['a word that means nothing', { contoso: { ...GOOD, trusted: true } }, /trusted/],
    ['a host id with a colon', { 'a:b': GOOD }, /CHAT_HOSTS/],
  ])('%s stops the start, and no value is told', (_name, content, words) => {
    const problem = problemOf(content);
    expect(problem).toMatch(words);
    expect(problem).not.toContain('canary');
  });

  test('a file that is not there stops the start', () => {
    expect(() => readConfig({ DATA_DIR: folder, CHAT_HOSTS: join(folder, 'none.json') })).toThrow(/cannot be opened/);
  });

  test('an origin that may not embed the chat would never come to it', () => {
    expect(problemOf({ contoso: GOOD }, { EMBED_ORIGINS: 'https://other.contoso.com' })).toMatch(/EMBED_ORIGINS/);
    expect(
      read(JSON.stringify({ contoso: GOOD }), { EMBED_ORIGINS: 'https://admin.contoso.com' }).hostPages,
    ).toHaveLength(1);
  });
});
