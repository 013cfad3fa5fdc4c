import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OFFERINGS } from '#knowledge/schema.ts';
import { openDesk, own, production, signIn, START, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.clock.now = START;
});
afterAll(() => desk.end());

const me = (cookie: string, headers: Record<string, string> = {}) =>
  fetch(`${desk.url}/desk/api/me`, { headers: { cookie, ...headers } });
const after = (seconds: number) => {
  desk.clock.now = START + seconds * 1_000;
};

test('the cookie: not for scripts, not for other sites, not for longer than an idle session', async () => {
  const { response, setCookie } = await signIn(desk.url, 'agent-1');
  expect(await response.json()).toEqual({ id: 'agent-1', name: 'agent-1', role: 'agent', queues: OFFERINGS });
  const [, ...flags] = setCookie.split('; ');
  expect(flags).toEqual(['Path=/', 'Max-Age=1800', 'HttpOnly', 'SameSite=Strict']);
});

test('signing out ends every copy of the cookie, the renewed ones too, and nobody else’s', async () => {
  const { cookie } = await signIn(desk.url, 'agent-1');
  const other = (await signIn(desk.url, 'agent-1')).cookie;
  after(120);
  const renewed = (await me(cookie)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect(renewed).not.toBe(cookie);
  const out = await fetch(`${desk.url}/desk/session`, { method: 'DELETE', headers: { ...own(desk.url), cookie } });
  expect(out.status).toBe(204);
  expect(out.headers.getSetCookie()).toEqual([expect.stringMatching(/^frontdesk-desk=; .*Max-Age=0/)]);
  expect([await me(cookie), await me(renewed), await me(other)].map(({ status }) => status)).toEqual([401, 401, 200]);
});

test('signing in gives a fresh session, and the one that the browser had is over', async () => {
  const first = await signIn(desk.url, 'agent-1');
  const second = await signIn(desk.url, 'supervisor', { ...own(desk.url), cookie: first.cookie });
  expect(await (await me(second.cookie)).json()).toMatchObject({ id: 'supervisor', role: 'supervisor' });
  expect((await me(first.cookie)).status).toBe(401);
});

describe('time', () => {
  test('over after 30 idle minutes', async () => {
    const { cookie } = await signIn(desk.url, 'agent-1');
    after(1_799);
    expect((await me(cookie)).status).toBe(200);
    after(1_801);
    expect((await me(cookie)).status).toBe(401);
  });

  test('kept alive by use, but not by what a page asks by itself', async () => {
    const { cookie } = await signIn(desk.url, 'agent-1');
    after(59);
    expect((await me(cookie)).headers.getSetCookie()).toEqual([]);
    after(600);
    expect((await me(cookie, { 'x-frontdesk-background': '1' })).headers.getSetCookie()).toEqual([]);
    expect((await me(cookie)).headers.getSetCookie()).toEqual([expect.stringContaining('Max-Age=1800')]);
  });

  test('over after 12 hours, however much it is used', async () => {
    let { cookie } = await signIn(desk.url, 'agent-1');
    for (let at = 1_200; at < 43_200; at += 1_200) {
      after(at);
      cookie = (await me(cookie)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    }
    after(43_199);
    expect((await me(cookie)).status).toBe(200);
    after(43_201);
    expect((await me(cookie)).status).toBe(401);
  });
});

/** A session's token, right but for `change`. */
const forge = (change: { issuer?: string; audience?: string; kid?: string; secret?: Uint8Array; alg?: string }) => {
  const key = desk.config.signingKeys[0]!;
  const { issuer = 'frontdesk-local', audience = 'desk', kid = key.kid, secret = key.secret, alg = 'HS256' } = change;
  const seconds = START / 1_000;
  return new SignJWT({ name: 'x', role: 'supervisor', queues: OFFERINGS, auth_time: seconds })
    .setProtectedHeader({ alg, kid })
    .setJti('forged')
    .setSubject('agent-1')
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 1_800)
    .sign(secret);
};

describe('forgeries', () => {
  test('the same by our own hand is taken, so the others fail for their one difference', async () => {
    expect((await me(`frontdesk-desk=${await forge({})}`)).status).toBe(200);
  });

  test.each([
    ['a chat token', { audience: 'chat' }],
    ['another mode', { issuer: 'frontdesk-production' }],
    ['an unknown key', { kid: 'other' }],
    ['another secret', { secret: new Uint8Array(32).fill(7) }],
    ['another algorithm', { alg: 'HS512', secret: new Uint8Array(64).fill(7) }],
  ])('%s', async (_what, change) => {
    expect((await me(`frontdesk-desk=${await forge(change)}`)).status).toBe(401);
  });

  test('a token cut short, or with a changed role', async () => {
    const token = await forge({});
    const [head = '', body = '', tail = ''] = token.split('.');
    const claims = Buffer.from(body, 'base64url').toString().replace('agent-1', 'agent-2');
    const changed = [head, Buffer.from(claims).toString('base64url'), tail].join('.');
    for (const each of [token.slice(0, -4), changed, `${head}.${body}.`, `${head}.${body}`]) {
      expect((await me(`frontdesk-desk=${each}`)).status).toBe(401);
    }
  });
});

test.each([
  ['nobody', { as: 'nobody' }, 403],
  ['a name out of the prototype', { as: '__proto__' }, 403],
  ['a number', { as: 1 }, 400],
  ['nothing', {}, 400],
  ['a list', [], 400],
])('signing in as %s is refused', async (_what, body, status) => {
  const sent = { method: 'POST', headers: own(desk.url), body: JSON.stringify(body) };
  const response = await fetch(`${desk.url}/desk/session`, sent);
  expect(response.status).toBe(status);
  expect(response.headers.getSetCookie()).toEqual([]);
});

test('in production no sample agent signs in, and the refusal says what is missing', async () => {
  const real = await openDesk(production());
  const headers = { ...own(real.url), origin: 'https://desk.contoso.com' };
  const { response, setCookie } = await signIn(real.url, 'agent-1', headers);
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ error: { code: 'sign-in-elsewhere' } });
  expect(setCookie).toBe('');
  await real.end();
});

test('password spraying is slowed down', async () => {
  const slow = await openDesk({ RATE_SIGN_IN: '5' });
  const statuses: number[] = [];
  for (let n = 0; n < 7; n += 1) statuses.push((await signIn(slow.url, 'nobody')).response.status);
  expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429]);
  await slow.end();
});
