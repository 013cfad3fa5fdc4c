import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { deskSignIn } from '../../src/desk-sign-in.ts';
import { securityHeaders } from '#src/http/headers.ts';
import {
  CLIENT,
  openEntra,
  OTHER_TENANT,
  PERSON,
  SECRET,
  STRANGER,
  type Entra,
  type Signing,
} from '../entra/issuer.ts';
import { openDesk, own, START, type Desk } from './desk.ts';

/** The desk in a tab of Teams: signed in by the token that Teams gives, kept in a cookie that frames may have. */
let entra: Entra;
let desk: Desk;

beforeAll(async () => {
  entra = await openEntra();
  const env = {
    DESK_OIDC_ISSUER: entra.issuer,
    DESK_OIDC_CLIENT_ID: CLIENT,
    DESK_OIDC_CLIENT_SECRET: SECRET,
    PUBLIC_URL: 'http://localhost:3978',
    RATE_SIGN_IN: '10000',
  };
  desk = await openDesk(env, (config, clock) => deskSignIn(config, clock, () => undefined));
});
beforeEach(() => {
  desk.clock.now = START;
  Object.assign(entra, { now: START / 1_000, mood: 'well' });
});
afterAll(async () => {
  await desk.end();
  await entra.close();
});

const tokenOf = (change: Record<string, unknown> = {}, how: Signing = {}) =>
  entra.token({ scp: 'access_as_user', ...change }, how);

const bodySchema = z.looseObject({ error: z.object({ code: z.string() }).optional() });

async function signIn(token: unknown, headers: Record<string, string> = own(desk.url)) {
  const response = await fetch(`${desk.url}/desk/session/teams`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  });
  const body = bodySchema.parse(await response.json());
  const [setCookie = ''] = response.headers.getSetCookie();
  return { status: response.status, body, setCookie, cookie: setCookie.split(';')[0] ?? '' };
}
const me = async (cookie: string) => (await fetch(`${desk.url}/desk/api/me`, { headers: { cookie } })).status;

describe('in a tab of Teams', () => {
  test('an agent is in at once, with a cookie that frames of that site alone send along', async () => {
    const { status, body, setCookie, cookie } = await signIn(tokenOf());
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: PERSON, name: '佐藤 美咲', role: 'agent' });
    expect(setCookie).toMatch(
      /^frontdesk-desk-tab=.*; Path=\/; Max-Age=\d+; HttpOnly; SameSite=None; Secure; Partitioned$/,
    );
    expect(await me(cookie)).toBe(200);
  });

  test('renewed and signed out it stays the same kind of cookie, and ends for every copy', async () => {
    const { cookie } = await signIn(tokenOf({ roles: ['Frontdesk.Supervisor'] }));
    desk.clock.now += 120_000;
    const renewed = await fetch(`${desk.url}/desk/api/me`, { headers: { cookie } });
    const [again = ''] = renewed.headers.getSetCookie();
    expect(again).toMatch(/^frontdesk-desk-tab=\S+; .*SameSite=None; Secure; Partitioned$/);
    const out = await fetch(`${desk.url}/desk/session`, { method: 'DELETE', headers: { ...own(desk.url), cookie } });
    expect([out.status, out.headers.getSetCookie()[0]]).toEqual([
      204,
      'frontdesk-desk-tab=; Path=/; Max-Age=0; HttpOnly; SameSite=None; Secure; Partitioned',
    ]);
    expect([await me(cookie), await me(again.split(';')[0] ?? '')]).toEqual([401, 401]);
  });

  test('a change from another page is refused, though its frame’s cookie comes along', async () => {
    const { cookie } = await signIn(tokenOf());
    const put = (headers: Record<string, string>) =>
      fetch(`${desk.url}/desk/api/me/presence`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', cookie, ...headers },
        body: JSON.stringify({ state: 'on-duty' }),
      });
    expect((await put({ 'x-frontdesk': '1', origin: 'https://teams.microsoft.com' })).status).toBe(403);
    expect((await put({ origin: desk.url })).status).toBe(403);
    expect((await put(own(desk.url))).status).toBe(200);
  });

  test.each<[string, Record<string, unknown>, Signing?]>([
    ['expired', { exp: START / 1_000 - 120 }],
    ['for another app', { aud: '11111111-2222-4333-8444-555555555555' }],
    ['of another tenant', { tid: OTHER_TENANT, iss: 'LOGIN/OTHER/v2.0' }],
    ['of our tenant that names another', { tid: OTHER_TENANT }],
    ['that is the id token of a sign-in', { scp: undefined, nonce: 'x' }],
    ['signed by somebody else', {}, { key: STRANGER }],
    ['signed by nobody', {}, { alg: 'none' }],
    ['signed with the public key', {}, { alg: 'HS256' }],
  ])('a token %s opens nothing', async (_name, change, how) => {
    const { iss } = change;
    const named =
      typeof iss === 'string' ? { iss: iss.replace('LOGIN', entra.login).replace('OTHER', OTHER_TENANT) } : {};
    const { status, body, setCookie } = await signIn(tokenOf({ ...change, ...named }, how));
    expect([status, body.error?.code, setCookie]).toEqual([401, 'sign-on-refused', '']);
  });

  test('somebody without a role is told which one is needed, and that is kept', async () => {
    for (const roles of [undefined, [], ['Something.Else']]) {
      const { status, body, setCookie } = await signIn(tokenOf({ roles }));
      expect([status, body.error?.code, setCookie]).toEqual([403, 'sign-on-role', '']);
    }
    const entries = await desk.storage.transact((unit) => unit.audit.list(3));
    expect(entries.map(({ action, actor }) => [action, actor])).toContainEqual(['desk.sign-in-refused', PERSON]);
  });

  test.each([undefined, '', 5, 'x'.repeat(40_000)])('no token at all: %.10s', async (token) => {
    expect((await signIn(token)).status).toBe(400);
  });

  test('keys that can’t be had are nobody’s fault who signs in', async () => {
    const env = {
      DESK_OIDC_ISSUER: entra.issuer,
      DESK_OIDC_CLIENT_ID: CLIENT,
      DESK_OIDC_CLIENT_SECRET: SECRET,
      PUBLIC_URL: 'http://localhost:3978',
    };
    const cold = await openDesk(env, (config, clock) => deskSignIn(config, clock, () => undefined));
    entra.mood = 'down';
    const response = await fetch(`${cold.url}/desk/session/teams`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...own(cold.url) },
      body: JSON.stringify({ token: tokenOf() }),
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    await cold.end();
  });
});

const ancestors = (policy: Readonly<Record<string, string>>) =>
  /frame-ancestors ([^;]+)/.exec(policy['content-security-policy'] ?? policy['Content-Security-Policy'] ?? '')?.[1];

test('the desk’s page may be framed by Teams and by nobody else', () => {
  const { 'tab-page': tab, page } = securityHeaders(desk.config);
  expect(ancestors(tab)).toBe(
    `'self' https://teams.microsoft.com https://*.cloud.microsoft https://*.office.com https://teams.microsoftonline.cn`,
  );
  expect(ancestors(page)).toBe(`'none'`);
});
