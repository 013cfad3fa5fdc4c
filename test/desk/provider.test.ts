import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OFFERINGS } from '#knowledge/schema.ts';
import { deskSignIn } from '../../src/desk-sign-in.ts';
import { pageOf } from '#src/desk/attempt.ts';
import { grantOf } from '#src/desk/roles.ts';
import { CLIENT, openEntra, OTHER_TENANT, PERSON, SECRET, STRANGER, TENANT, type Entra } from '../entra/issuer.ts';
import { openDesk, own, START, type Desk } from './desk.ts';

let entra: Entra;
let desk: Desk;
let failures: string[];
const PUBLIC = 'http://localhost:3978';

beforeAll(async () => {
  entra = await openEntra();
  const env = {
    DESK_OIDC_ISSUER: entra.issuer,
    DESK_OIDC_CLIENT_ID: CLIENT,
    DESK_OIDC_CLIENT_SECRET: SECRET,
    PUBLIC_URL: PUBLIC,
    RATE_SIGN_IN: '10000',
  };
  failures = [];
  desk = await openDesk(env, (config, clock) => deskSignIn(config, clock, (why) => failures.push(why)));
});
beforeEach(() => {
  desk.clock.now = START;
  Object.assign(entra, { now: START / 1_000, mood: 'well', answer: undefined });
  failures.length = 0;
});
afterAll(async () => {
  await desk.end();
  await entra.close();
});

interface Got {
  status: number;
  location: string;
  cookie: string;
  setCookie: string;
  text: string;
}

async function get(path: string, cookie = '', headers: Record<string, string> = {}): Promise<Got> {
  const response = await fetch(desk.url + path, {
    redirect: 'manual',
    headers: { ...(cookie && { cookie }), ...headers },
  });
  const [setCookie = ''] = response.headers.getSetCookie();
  const location = response.headers.get('location') ?? '';
  return {
    status: response.status,
    location,
    setCookie,
    cookie: setCookie.split(';')[0] ?? '',
    text: await response.text(),
  };
}

const back = (query: URLSearchParams | Record<string, string>, cookie: string, headers: Record<string, string> = {}) =>
  get(`/desk/callback?${new URLSearchParams(query).toString()}`, cookie, headers);
const me = async (cookie: string) => {
  const response = await fetch(`${desk.url}/desk/api/me`, { headers: { cookie } });
  return response.status === 200 ? response.json() : response.status;
};
/** There and back; `claims` change the id token. */
async function signIn(claims: Record<string, unknown> = {}, to = '') {
  const begun = await get(`/desk/sign-in${to && `?to=${encodeURIComponent(to)}`}`);
  const query = entra.signIn(begun.location, claims);
  return { begun, query, came: await back(query, begun.cookie) };
}

test('there: the code flow with PKCE, state and nonce, and a cookie that comes back with a plain GET', async () => {
  const { location, setCookie, status } = await get('/desk/sign-in');
  const { origin, pathname, searchParams } = new URL(location);
  expect([status, origin, pathname]).toEqual([303, entra.login, `/${TENANT}/oauth2/v2.0/authorize`]);
  expect(Object.fromEntries(searchParams)).toEqual({
    client_id: CLIENT,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: `${PUBLIC}/desk/callback`,
    scope: 'openid profile',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
  expect(setCookie.split('; ').slice(1)).toEqual(['Path=/', 'Max-Age=900', 'HttpOnly', 'SameSite=Lax']);
  const again = new URL((await get('/desk/sign-in')).location).searchParams;
  for (const name of ['state', 'nonce', 'code_challenge']) expect(again.get(name)).not.toBe(searchParams.get(name));
});

test('and back: a session of the desk, with who it is, role and queues', async () => {
  const { came } = await signIn();
  expect([came.status, came.location]).toEqual([303, '/desk']);
  expect(came.setCookie).toMatch(/^frontdesk-desk=\S+; Path=\/; Max-Age=1800; HttpOnly; SameSite=Strict$/);
  expect(await me(came.cookie)).toEqual({ id: PERSON, name: '佐藤 美咲', role: 'agent', queues: OFFERINGS });
  const [entry] = await desk.storage.transact((unit) => unit.audit.list(1));
  expect(entry).toMatchObject({ actor: PERSON, action: 'desk.sign-in' });
});

test('signing out here ends every copy; the provider’s own sign-out is where /desk/sign-out leads', async () => {
  const { cookie } = (await signIn()).came;
  await fetch(`${desk.url}/desk/session`, { method: 'DELETE', headers: { ...own(PUBLIC), cookie } });
  expect(await me(cookie)).toBe(401);
  const { location } = await get('/desk/sign-out');
  expect(location).toBe(
    `${entra.login}/${TENANT}/oauth2/v2.0/logout?post_logout_redirect_uri=${encodeURIComponent(`${PUBLIC}/desk`)}`,
  );
});

test('what one can sign in with is told, and tells nothing else', async () => {
  const { text } = await get('/desk/api/sign-in');
  expect(JSON.parse(text)).toEqual({ samples: ['agent-1', 'agent-2', 'supervisor'], provider: true });
});

/** What tells a refusal: its status and its words; and that nothing else came. */
const refused = (got: Got, words: RegExp) => [got.status, got.setCookie, got.location, words.test(got.text)];
const of = (status: number) => [status, '', '', true];

describe('refused, in words and without a session', () => {
  test('a code that was used before: by this browser, and at the provider', async () => {
    const { begun, query } = await signIn();
    expect(refused(await back(query, begun.cookie), /used already/)).toEqual(of(400));
    const other = await get('/desk/sign-in');
    const state = new URL(other.location).searchParams.get('state') ?? '';
    expect(refused(await back({ code: query.get('code') ?? '', state }, other.cookie), /used already/)).toEqual(
      of(400),
    );
    expect(failures).toEqual(['token-invalid_grant']);
  });

  test('another browser’s answer: without our cookie, with another’s, with a wrong or no state', async () => {
    const mine = await get('/desk/sign-in');
    const other = await get('/desk/sign-in');
    const query = entra.signIn(mine.location);
    const code = query.get('code') ?? '';
    for (const [values, cookie] of [
      [query, ''],
      [query, other.cookie],
      [query, 'frontdesk-sign-in=eyJhbGciOiJub25lIn0.e30.'],
      [{ code }, mine.cookie],
      [{ code, state: 'x' }, mine.cookie],
      [{ state: query.get('state') ?? '' }, mine.cookie],
    ] as const)
      expect(refused(await back(values, cookie), /not begun in this browser/)).toEqual(of(400));
    expect((await back(query, mine.cookie)).status).toBe(303);
  });

  test('a session’s cookie is no attempt, and an attempt’s cookie no session', async () => {
    const { came, begun } = await signIn();
    const other = await get('/desk/sign-in');
    const swapped = came.cookie.replace('frontdesk-desk', 'frontdesk-sign-in');
    expect(refused(await back(entra.signIn(other.location), swapped), /not begun in this browser/)).toEqual(of(400));
    expect(await me(begun.cookie.replace('frontdesk-sign-in', 'frontdesk-desk'))).toBe(401);
  });

  test('after a quarter of an hour', async () => {
    const begun = await get('/desk/sign-in');
    desk.clock.now += 901_000;
    expect(refused(await back(entra.signIn(begun.location), begun.cookie), /more than 15 minutes/)).toEqual(of(400));
  });

  test.each([
    ['nonce', { nonce: 'another' }],
    ['issuer', { iss: `https://login.microsoftonline.com/${TENANT}/v2.0` }],
    ['audience', { aud: OTHER_TENANT }],
    ['tenant', { tid: OTHER_TENANT }],
    ['expired', { exp: START / 1_000 - 120 }],
  ])('a token whose %s is wrong', async (reason, claims) => {
    expect(
      refused((await signIn(claims)).came, new RegExp(`can’t be accepted \\(${reason}\\)|can&#39;t.*${reason}`)),
    ).toEqual(of(403));
    expect(failures).toEqual([reason]);
  });

  test.each([
    ['unsigned', { alg: 'none' }],
    ['signed with the public key as a secret', { alg: 'HS256' }],
    ['signed by a stranger', { key: STRANGER }],
  ] as const)('a token that is %s', async (_what, how) => {
    entra.answer = ({ nonce }) => ({ status: 200, body: { id_token: entra.token({ nonce }, how) } });
    expect(refused((await signIn()).came, /\(signature\)/)).toEqual(of(403));
  });

  test('nobody’s role: which one it takes, and who gives it; noted for the operator', async () => {
    for (const roles of [undefined, [], ['Other.Role'], ['Frontdesk.Agent.no-such-queue'], ['frontdesk.agent']]) {
      const { came } = await signIn({ roles });
      expect(refused(came, /sato@contoso\.example.*app role “Frontdesk\.Agent”.*Application Administrator/)).toEqual(
        of(403),
      );
    }
    const [entry] = await desk.storage.transact((unit) => unit.audit.list(1));
    expect(entry).toMatchObject({ actor: PERSON, action: 'desk.sign-in-refused', detail: { why: 'role' } });
  });

  test('the account’s name can’t write into the page', async () => {
    const { came } = await signIn({ roles: [], preferred_username: '<img src=x onerror=alert(1)>' });
    expect(came.text).not.toContain('<img');
    expect(came.text).toContain('&lt;img');
  });

  test.each([
    ['access_denied', 403, /cancelled/],
    ['server_error', 503, /can’t be reached/],
    ['invalid_request', 403, /\(invalid_request\)/],
    ['<script>', 403, /\(error\)/],
  ])('what the provider says: %s', async (error, status, words) => {
    const begun = await get('/desk/sign-in');
    const state = new URL(begun.location).searchParams.get('state') ?? '';
    expect(refused(await back({ error, state, error_description: '<script>canary' }, begun.cookie), words)).toEqual(
      of(status),
    );
    // Nobody gets to see it who did not begin it.
    expect(refused(await back({ error, state: 'x' }, begun.cookie), /not begun/)).toEqual(of(400));
  });

  test.each(['zh-CN,zh;q=0.9,en;q=0.8', 'ja', 'fr-FR,ja;q=0.5'])('in the browser’s language: %s', async (accepted) => {
    const { text } = await back({ code: 'x', state: 'x' }, '', { 'accept-language': accepted });
    expect(text).toMatch(
      accepted.startsWith('zh') ? /lang="zh-CN"[^]*您尚未登录/ : /lang="ja"[^]*サインインしていません/,
    );
  });
});

describe('the provider in trouble', () => {
  test.each(['down', 'nonsense'] as const)('%s at the token: said, and the next attempt works', async (mood) => {
    const begun = await get('/desk/sign-in');
    entra.mood = mood;
    const came = await back(entra.signIn(begun.location), begun.cookie);
    expect([came.status, came.setCookie]).toEqual([503, '']);
    expect(came.text).toContain('can’t be reached');
    entra.mood = 'well';
    expect((await signIn()).came.status).toBe(303);
  });

  test('a client secret that ended is the operator’s matter: said so, and logged', async () => {
    entra.answer = () => ({ status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000222' } });
    const { came } = await signIn();
    expect(came.status).toBe(500);
    expect(came.text).toContain('client secret has expired');
    expect(failures).toEqual(['token-invalid_client']);
  });

  test('a redirect or an answer without a token is not followed', async () => {
    for (const answer of [
      { status: 302, body: '' },
      { status: 200, body: { access_token: 'x' } },
    ]) {
      entra.answer = () => answer;
      expect((await signIn()).came.status).toBe(503);
    }
  });

  test('keys rotated between two sign-ins', async () => {
    await signIn();
    entra.rotate();
    desk.clock.now += 31_000;
    expect((await signIn()).came.status).toBe(303);
  });
});

test('without a provider the addresses lead to the desk', async () => {
  const bare = await openDesk();
  for (const path of ['/desk/sign-in', '/desk/callback?code=x&state=y', '/desk/sign-out']) {
    const response = await fetch(bare.url + path, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/desk']);
  }
  await bare.end();
});

describe('no open redirect', () => {
  test.each(['/desk', '/desk/conversations/1f0e', '/desk?request=SR-6AWW-0BR7&tab=queue'])('back to %s', async (to) => {
    expect((await signIn({}, to)).came.location).toBe(to);
  });
  test.each([
    'https://evil.test/desk', '//evil.test', '/\\evil.test', '/desk//evil.test', '/desk/../chat', '/desk/%2e%2e/chat',
    '/deskevil', '/desk\r\nSet-Cookie: a=b', 'javascript:alert(1)', '/desk@evil.test', '/chat', '/desk/api/me',
    '/desk/sign-out', '/desk/callback', `/desk/${'x'.repeat(400)}`, '',
  ])('not to %j', (to) => expect(pageOf(to)).toBe('/desk')); // prettier-ignore
});

const NAMES = { agent: 'Frontdesk.Agent', supervisor: 'Frontdesk.Supervisor', admin: 'Frontdesk.Admin' };
test.each([
  [['Frontdesk.Agent'], 'agent', OFFERINGS],
  [['Frontdesk.Agent.azure-21vianet'], 'agent', ['azure-21vianet']],
  [['Frontdesk.Agent.azure-21vianet', 'Frontdesk.Agent.worldwide'], 'agent', ['worldwide', 'azure-21vianet']],
  [['Frontdesk.Agent', 'Frontdesk.Agent.worldwide'], 'agent', OFFERINGS],
  [['Frontdesk.Supervisor'], 'supervisor', OFFERINGS],
  [['Frontdesk.Agent', 'Frontdesk.Supervisor.azure-21vianet'], 'supervisor', ['azure-21vianet']],
  [['Frontdesk.Admin', 'Frontdesk.Agent'], 'admin', OFFERINGS],
])('roles %j: %s', (claimed, role, queues) => {
  expect(grantOf(claimed, NAMES)).toEqual({ role, queues });
});
test.each([[[]], [['Frontdesk']], [['Frontdesk.Agents']], [['Frontdesk.Agent.']], [['Frontdesk.Agent.all']], [['']]])(
  'roles %j: none',
  (claimed) => {
    expect(grantOf(claimed, NAMES)).toBeNull();
  },
);
