import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readMessages } from '#knowledge/phrases.ts';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import {
  CLIENT,
  openEntra,
  OTHER_TENANT,
  PERSON,
  STRANGER,
  TENANT,
  type Entra,
  type Signing,
} from '../entra/issuer.ts';
import { Client, openHouse, type House } from '../direct-line/house.ts';

/** The chat in a tab of Teams, by tokens of a local issuer: what is believed, and what is not. */
let entra: Entra;
let house: House;
/** Any tenant of the cloud may come. */
let open: House;

const settings = (): Record<string, string> => ({
  TEAMS_SSO_APP_ID: CLIENT,
  TEAMS_SSO_AUTHORITY: entra.login,
  TEAMS_SSO_TENANTS: TENANT,
});

beforeAll(async () => {
  entra = await openEntra();
  house = await openHouse(settings());
  open = await openHouse({ ...settings(), TEAMS_SSO_TENANTS: 'any' });
});
beforeEach(() => Object.assign(entra, { mood: 'well', now: Math.floor(Date.now() / 1_000) }));
afterAll(async () => {
  await house.stop();
  await open.stop();
  await entra.close();
});

/** As Entra gives it to Teams for a tab. */
const tokenOf = (change: Record<string, unknown> = {}, how: Signing = {}): string =>
  entra.token({ scp: 'access_as_user', azp: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346', roles: undefined, ...change }, how);

const codeOf = async (response: Response): Promise<string> => {
  const body = z.object({ error: z.object({ code: z.string() }) }).safeParse(await response.json());
  return `${response.status} ${body.data?.error.code ?? ''}`;
};
const mint = (body: object, headers: Record<string, string> = {}, at = house) => new Client(at).mint(body, headers);

describe('a token of Teams’ single sign-on', () => {
  test('is believed: the same person as in the chat with the bot, whatever conversation', async () => {
    const one = await Client.begin(house, { signOn: tokenOf() });
    const other = await Client.begin(house, { signOn: tokenOf() });
    const key = `msteams:${TENANT}:${PERSON}`;
    expect([one, other].map(({ token }) => decodeJwt(token)['person'])).toEqual([key, key]);
    expect(one.conversation).not.toBe(other.conversation);
    expect(decodeJwt(one.token)['vouched']).toMatchObject({
      host: 'teams',
      cloud: 'worldwide',
      tenant: TENANT,
      objectId: PERSON,
      name: '佐藤 美咲',
      roles: null,
    });
  });

  test('goes on with the person’s conversation, and not with somebody else’s', async () => {
    const first = await Client.begin(house, { signOn: tokenOf() });
    const again = await Client.begin(house, { signOn: tokenOf(), resume: first.token });
    expect(again.conversation).toBe(first.conversation);
    const oid = '0b9f5a54-4a24-4ea1-8d2c-5d2f3f6b3a11';
    const next = await Client.begin(house, { signOn: tokenOf({ oid }), resume: first.token });
    expect(next.conversation).not.toBe(first.conversation);
    const unknown = await Client.begin(house);
    const known = await Client.begin(house, { signOn: tokenOf(), resume: unknown.token });
    expect(known.conversation).not.toBe(unknown.conversation);
  });

  test('of another tenant is believed where any may come, as a person of that tenant', async () => {
    const change = { tid: OTHER_TENANT, iss: `${entra.login}/${OTHER_TENANT}/v2.0` };
    const { token } = await Client.begin(open, { signOn: tokenOf(change) });
    expect(decodeJwt(token)['person']).toBe(`msteams:${OTHER_TENANT}:${PERSON}`);
  });

  const HOUR = 3_600;
  test.each<[string, Record<string, unknown>, Signing?]>([
    ['expired', { exp: Math.floor(Date.now() / 1_000) - 120 }],
    ['not yet good', { nbf: Math.floor(Date.now() / 1_000) + HOUR }],
    ['for another app', { aud: '11111111-2222-4333-8444-555555555555' }],
    ['for two apps', { aud: [CLIENT, 'other'] }],
    ['for nobody', { aud: undefined }],
    ['of another tenant', { tid: OTHER_TENANT, iss: 'LOGIN/OTHER/v2.0' }],
    ['of another tenant that names ours', { tid: TENANT, iss: 'LOGIN/OTHER/v2.0' }],
    ['of our tenant that names another', { tid: OTHER_TENANT }],
    ['of another issuer', { iss: 'https://login.example.com/x/v2.0' }],
    ['of the older form', { iss: `https://sts.windows.net/${TENANT}/`, ver: '1.0' }],
    ['without a person', { oid: undefined }],
    ['with half a person', { oid: 'ceo' }],
    ['for signing in, not for a tab', { scp: undefined }],
    ['for something else', { scp: 'User.Read access_as_users' }],
    ['signed by somebody else', {}, { key: STRANGER }],
    ['signed by nobody', {}, { alg: 'none' }],
    ['signed with the public key', {}, { alg: 'HS256' }],
    ['signed with an unknown key', {}, { kid: 'unknown' }],
  ])('%s is refused', async (_name, change, how) => {
    const named = JSON.parse(JSON.stringify(change).replace('LOGIN', entra.login).replace('OTHER', OTHER_TENANT));
    const undefinedOnes = Object.fromEntries(Object.entries(change).filter(([, value]) => value === undefined));
    const response = await mint({ signOn: tokenOf({ ...named, ...undefinedOnes }, how) });
    expect(await codeOf(response)).toBe('401 sign-on-refused');
  });

  test.each(['', 'x', 'a.b.c', 'e'.repeat(30_000)])('that is none is refused: %.10s', async (signOn) => {
    expect(await codeOf(await mint({ signOn }))).toBe('401 sign-on-refused');
  });

  test('cut, or changed by one letter, is refused', async () => {
    const token = tokenOf();
    const [head = '', body = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...claims, oid: OTHER_TENANT })).toString('base64url');
    for (const forged of [
      `${head}.${body}.`,
      `${head}.${changed}.${signature}`,
      `${head}.${body}.${signature.slice(2)}`,
    ])
      expect(await codeOf(await mint({ signOn: forged }))).toBe('401 sign-on-refused');
  });

  test('is taken from our own page only, and not beside another claim', async () => {
    const signOn = tokenOf();
    expect(await codeOf(await mint({ signOn }, { origin: 'https://evil.example' }))).toMatch(/^403/);
    expect(await codeOf(await mint({ signOn, as: 'user' }))).toBe('400 bad-token-request');
    expect(await codeOf(await mint({ signOn, assertion: 'x' }))).toBe('400 bad-token-request');
  });

  test('a page that embeds the chat can’t bring one of its own', async () => {
    const embedding = await openHouse({ ...settings(), EMBED_ORIGINS: 'https://portal.contoso.com' });
    const response = await mint({ signOn: tokenOf() }, { origin: 'https://portal.contoso.com' }, embedding);
    expect(await codeOf(response)).toBe('403 host-origin');
    await embedding.stop();
  });

  test('is good with today’s keys, not with those that were taken back', async () => {
    const before = tokenOf();
    entra.rotate();
    const fresh = await openHouse(settings());
    expect((await mint({ signOn: tokenOf() }, {}, fresh)).status).toBe(200);
    expect(await codeOf(await mint({ signOn: before }, {}, fresh))).toBe('401 sign-on-refused');
    entra.rotate();
    await fresh.stop();
  });
});

describe('where the keys can’t be had', () => {
  test('nobody is called a forger: it is said to come again', async () => {
    const cold = await openHouse(settings());
    entra.mood = 'down';
    const response = await mint({ signOn: tokenOf() }, {}, cold);
    expect(await codeOf(response)).toBe('503 sign-on-keys');
    expect((await mint({}, {}, cold)).status).toBe(200);
    await cold.stop();
  });

  test('what was known goes on to count', async () => {
    expect((await mint({ signOn: tokenOf() })).status).toBe(200);
    entra.mood = 'down';
    expect((await mint({ signOn: tokenOf() })).status).toBe(200);
  });
});

test('where nobody set it up, no token is good', async () => {
  const off = await openHouse();
  expect(await codeOf(await mint({ signOn: tokenOf() }, {}, off))).toBe('401 sign-on-off');
  await off.stop();
});

test('China: its people are known as people of that cloud', async () => {
  const china = await openHouse({ ...settings(), TEAMS_CLOUD: 'china' });
  const { token } = await Client.begin(china, { signOn: tokenOf() });
  expect(decodeJwt(token)['vouched']).toMatchObject({ cloud: 'china', offering: null });
  await china.stop();
});

test.each(LANGUAGES)('what the tab “my requests” asks in %s is what the bot reads', (language) => {
  const { messages } = readMessages(BOOK_FOLDER);
  expect(messages[language].get('page.chat.open.status')).toBe(messages[language].get('welcome.status'));
});
