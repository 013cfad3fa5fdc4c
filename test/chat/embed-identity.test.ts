import { afterEach, expect, test, vi } from 'vitest';
import { fetchAssertion } from '../../src/chat/page/embed/identity.ts';

/** What the host's page hears of its own back end: null ends the conversation of whoever was signed in. */

afterEach(() => vi.unstubAllGlobals());

async function hears(answer: () => Partial<Response>): Promise<string | null | undefined> {
  vi.stubGlobal('location', { href: 'https://admin.contoso.com/users', origin: 'https://admin.contoso.com' });
  vi.stubGlobal('fetch', async () => answer());
  return fetchAssertion('/frontdesk-identity');
}

const json = (status: number, body: unknown): Response => Response.json(body, { status });

test.each<[string, () => Partial<Response>, string | null | undefined]>([
  ['an assertion', () => json(200, { assertion: 'a.b.c' }), 'a.b.c'],
  ['nobody', () => json(200, { assertion: null }), null],
  ['401, as most back ends say it', () => json(401, { error: 'sign in' }), null],
  ['403', () => json(403, {}), null],
  ['the way to a sign-in page', () => ({ type: 'opaqueredirect', status: 0, ok: false }), null],
  ['a failure', () => json(500, {}), undefined],
  ['a page in place of the answer', () => new Response('<html>'), undefined],
  ['something else', () => json(200, { assertion: 7 }), undefined],
  [
    'nothing at all',
    () => {
      throw new TypeError('network');
    },
    undefined,
  ],
])('%s', async (_name, answer, heard) => {
  expect(await hears(answer)).toBe(heard);
});
