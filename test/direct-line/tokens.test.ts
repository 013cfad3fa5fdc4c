import { Buffer } from 'node:buffer';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ChatTokens } from '#src/chat/tokens.ts';
import { z } from 'zod';
import { Client, openedSchema, openHouse, tokenSchema, type House } from './house.ts';

let house: House;
let closed: House;
beforeAll(async () => {
  house = await openHouse({ EMBED_ORIGINS: 'https://admin.contoso.com,https://other.contoso.com' });
  closed = await openHouse({}, { production: true });
});
afterAll(() => Promise.all([house.stop(), closed.stop()]));
afterEach(() => {
  house.clock.ahead = 0;
});

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const headerOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
const first = () => house.config.signingKeys[0]!;
const errorOf = async (response: Response) => JSON.stringify(await response.json());

describe('POST /chat/token', () => {
  test('answers with exactly token, expiresIn, userId and conversationId; all ids are new and unguessable', async () => {
    const client = new Client(house);
    const minted = tokenSchema.parse(
      await (await client.mint({ as: 'cn-admin', locale: 'zh-CN', timeZone: 'Asia/Shanghai' })).json(),
    );
    expect(minted.expiresIn).toBe(1800);
    expect(minted.userId).toMatch(/^dl_[\w-]{22}$/);
    expect(minted.conversationId).toMatch(/^[\w-]{22}$/);
    const { conv, user, person, locale, zone } = claimsOf(minted.token);
    expect({ conv, user, person, locale, zone }).toEqual({
      conv: minted.conversationId,
      user: minted.userId,
      person: 'sample:cn-admin',
      locale: 'zh-CN',
      zone: 'Asia/Shanghai',
    });
    expect(headerOf(minted.token)).toEqual({ alg: 'HS256', kid: first().kid, typ: 'JWT' });
    const again = tokenSchema.parse(await (await client.mint({ as: 'cn-admin' })).json());
    expect(again.conversationId).not.toBe(minted.conversationId);
    expect(again.userId).not.toBe(minted.userId);
  });

  test('nobody who is not signed in is taken for another', async () => {
    const bodies = [{}, {}, { as: 'anonymous' }, undefined];
    const people = await Promise.all(
      bodies.map(async (body) => {
        const init =
          body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
        const response = await fetch(`${house.url}/chat/token`, { method: 'POST', ...init });
        return claimsOf(tokenSchema.parse(await response.json()).token)['person'];
      }),
    );
    for (const person of people) expect(person).toMatch(/^anonymous:[\w-]{22}$/);
    expect(new Set(people).size).toBe(4);
  });

  test('an unknown sample person is refused, with the ids there are; in production all are', async () => {
    const wrong = await new Client(house).mint({ as: 'root' });
    expect(wrong.status).toBe(400);
    expect(await errorOf(wrong)).toContain('anonymous, user, cn-admin');
    for (const as of ['user', 'root', 'anonymous']) expect((await new Client(closed).mint({ as })).status).toBe(403);
    expect((await new Client(closed).mint({})).status).toBe(200);
  });

  test.each([
    [[], 400],
    [{ as: 5 }, 400],
    [{ page: 'x' }, 400],
    [{ resume: 'x' }, 403],
    [{ resume: '' }, 403],
    [{ locale: 'x'.repeat(65) }, 400],
  ])('%j is answered with %i', async (body, status) => {
    expect((await new Client(house).mint(body)).status).toBe(status);
  });

  test('what the page says of itself is kept short, and counts for nothing', async () => {
    const page = { url: `https://admin.contoso.com/${'x'.repeat(3_000)}`, title: '標題'.repeat(1_000) };
    const body = { page, person: 'sample:user', isAdmin: true, user: 'dl_admin', conv: 'mine' };
    const { token, userId } = tokenSchema.parse(await (await new Client(house).mint(body)).json());
    const claims = claimsOf(token);
    expect(claims['page']).toEqual({ url: page.url.slice(0, 500), title: page.title.slice(0, 500) });
    expect(claims['person']).toMatch(/^anonymous:/);
    expect(claims['user']).toBe(userId);
    expect(JSON.stringify(claims)).not.toContain('isAdmin');
  });

  test('a stranger’s page gets none', async () => {
    expect((await new Client(house).mint({}, { origin: 'https://evil.test' })).status).toBe(403);
    expect((await new Client(house).mint({}, { origin: 'https://admin.contoso.com' })).status).toBe(200);
  });
});

describe('taking up a conversation again', () => {
  test('the same conversation and person, also with a token that has ended', async () => {
    const client = await Client.begin(house, { as: 'user' });
    await client.start();
    await client.say('before the break');
    house.clock.ahead = 3_600_000;
    expect((await client.call(`/conversations/${client.conversation}`)).status).toBe(403);
    const resumed = tokenSchema.parse(await (await client.mint({ resume: client.token, locale: 'ja-JP' })).json());
    expect([resumed.conversationId, resumed.userId]).toEqual([client.conversation, client.user]);
    expect(claimsOf(resumed.token)).toMatchObject({
      person: 'sample:user',
      locale: 'ja-JP',
      began: claimsOf(client.token)['began'],
    });
    client.token = resumed.token;
    const response = await client.call('/conversations', { method: 'POST', json: {} });
    expect(response.status).toBe(200);
    const texts = (await client.all()).map(({ text }) => text);
    expect(texts.filter((text) => text === 'welcome')).toHaveLength(1);
    expect(texts).toContain('before the break');
  });

  test('not after 24 hours, and no token reaches beyond them', async () => {
    const client = await Client.begin(house);
    const hour = 3_600_000;
    house.clock.ahead = 24 * hour - 600_000;
    const late = tokenSchema.parse(await (await client.mint({ resume: client.token })).json());
    expect(late.expiresIn).toBeGreaterThan(595);
    expect(late.expiresIn).toBeLessThanOrEqual(600);
    client.token = late.token;
    const refreshed: unknown = await (await client.call('/tokens/refresh', { method: 'POST' })).json();
    expect(refreshed).toMatchObject({ expires_in: late.expiresIn });
    house.clock.ahead = 24 * hour + 2_000;
    expect((await client.mint({ resume: late.token })).status).toBe(403);
    expect((await client.call('/tokens/refresh', { method: 'POST' })).status).toBe(403);
  });

  test('not with a stream’s token, a tampered one, or from another page than it was given to', async () => {
    const client = new Client(house);
    const minted = await client.mint({}, { origin: 'https://admin.contoso.com' });
    const { token, conversationId } = tokenSchema.parse(await minted.json());
    Object.assign(client, { token, conversation: conversationId });
    expect((await client.mint({ resume: token }, { origin: 'https://other.contoso.com' })).status).toBe(403);
    expect((await client.mint({ resume: token }, { origin: 'https://admin.contoso.com' })).status).toBe(200);
    expect((await client.mint({ resume: `${token.slice(0, -3)}AAA` })).status).toBe(403);
    const { streamUrl } = await client.start();
    expect((await client.mint({ resume: new URL(streamUrl).searchParams.get('t') })).status).toBe(403);
    const elsewhere = { headers: { origin: 'https://other.contoso.com' } };
    expect((await client.call(`/conversations/${conversationId}/activities`, elsewhere)).status).toBe(403);
    const here = { headers: { origin: 'https://admin.contoso.com' } };
    expect((await client.call(`/conversations/${conversationId}/activities`, here)).status).toBe(200);
  });
});

describe('refresh', () => {
  test('a token that lives gets a new one; one that ended a second ago does not', async () => {
    const client = await Client.begin(house);
    await client.start();
    const old = client.token;
    house.clock.ahead = 1_790_000;
    const response = await client.call('/tokens/refresh', { method: 'POST' });
    const { token } = z.looseObject({ token: z.string() }).parse(await response.json());
    expect(response.status).toBe(200);
    house.clock.ahead = 1_802_000;
    expect((await client.call('/tokens/refresh', { method: 'POST', token: old })).status).toBe(403);
    expect((await client.call(`/conversations/${client.conversation}`, { token: old })).status).toBe(403);
    expect((await client.call(`/conversations/${client.conversation}`, { token })).status).toBe(200);
  });
});

const forge = async (
  change: (claims: Record<string, unknown>) => Record<string, unknown>,
  secret?: Uint8Array,
  header: object = {},
) => {
  const client = await Client.begin(house);
  await client.start();
  const jwt = new SignJWT(change(claimsOf(client.token))).setProtectedHeader({
    alg: 'HS256',
    kid: first().kid,
    ...header,
  });
  return { client, token: await jwt.sign(secret ?? first().secret) };
};
const statusOf = async (client: Client, token: string | null) => {
  const paths = [`/conversations/${client.conversation}`, `/conversations/${client.conversation}/activities`];
  const answers = [
    ...paths.map((path) => client.call(path, { token })),
    client.post({ type: 'message', text: 'forged' }, { token }),
    client.call('/tokens/refresh', { method: 'POST', token }),
  ];
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(new Set(statuses).size).toBe(1);
  return statuses[0];
};

const same = (claims: Record<string, unknown>) => claims;

const key = (kid: string, byte: number) => ({ kid, secret: new Uint8Array(Buffer.alloc(32, byte)) });

describe('forged tokens', () => {
  test('signed as ours they pass, so that the rest is proved', async () => {
    const { client, token } = await forge((claims) => claims);
    const answers = [
      client.call(`/conversations/${client.conversation}`, { token }),
      client.post({ type: 'message', text: 'x' }, { token }),
    ];
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
  });

  test.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ['a user id that is not ours', (claims) => ({ ...claims, user: 'admin' })],
    ['a user id with a line break', (claims) => ({ ...claims, user: 'dl_aaaaaaaaaaaaaaaaaaaaaa\n' })],
    ['a conversation with a bar', (claims) => ({ ...claims, conv: 'a|b' })],
    ['no end', ({ exp: _exp, ...claims }) => claims],
    ['an end in words', (claims) => ({ ...claims, exp: '9999999999' })],
    ['no person', ({ person: _person, ...claims }) => claims],
    ['another audience', (claims) => ({ ...claims, aud: 'stream' })],
    ['several audiences', (claims) => ({ ...claims, aud: ['chat'] })],
    ['another issuer', (claims) => ({ ...claims, iss: 'frontdesk/' })],
    ['an end a second ago', (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 1 })],
  ])('%s', async (_name, change) => {
    const { client, token } = await forge(change);
    expect(await statusOf(client, token)).toBe(403);
  });

  test('keys and algorithms', async () => {
    const cases = [
      await forge(same, Buffer.alloc(32, 7)),
      await forge(same, first().secret, { kid: 'unknown' }),
      await forge(same, first().secret, { kid: undefined }),
      await forge(same, first().secret, { kid: '../../etc/passwd' }),
      await forge(same, first().secret, { alg: 'HS512' }),
    ];
    for (const { client, token } of cases) expect(await statusOf(client, token)).toBe(403);
  });

  test('none, RSA, cut, mended and made up', async () => {
    const client = await Client.begin(house);
    await client.start();
    const [head = '', body = '', signature = ''] = client.token.split('.');
    const { privateKey } = await generateKeyPair('RS256');
    const none = (alg: string) =>
      `${Buffer.from(JSON.stringify({ alg, kid: first().kid })).toString('base64url')}.${body}.`;
    const person = Buffer.from(JSON.stringify({ ...claimsOf(client.token), person: 'sample:cn-admin' })).toString(
      'base64url',
    );
    const forged = [
      new UnsecuredJWT(claimsOf(client.token)).encode(),
      none('none'),
      none('NONE'),
      await new SignJWT(claimsOf(client.token)).setProtectedHeader({ alg: 'RS256', kid: first().kid }).sign(privateKey),
      `${head}.${person}.${signature}`,
      `${head}.${body}.`,
      `${head}.${body}`,
      `${client.token}.x`,
      `${client.token}x`,
      `${head}.bnVsbA.${signature}`,
      'x',
      '...',
      'a'.repeat(7_000),
    ];
    const statuses = [];
    for (const token of forged) statuses.push(await statusOf(client, token));
    expect(statuses).toEqual(forged.map(() => 403));
    expect(await statusOf(client, null)).toBe(401);
    for (const authorization of [
      '',
      'Bearer',
      'Bearer ',
      'Basic eA==',
      client.token,
      `Bearer ${client.token} ${client.token}`,
    ]) {
      const response = await client.call(`/conversations/${client.conversation}`, {
        token: null,
        headers: { authorization },
      });
      expect([authorization, response.status]).toEqual([authorization, 401]);
    }
    const inAddress = await client.call(`/conversations/${client.conversation}/activities?t=${client.token}`, {
      method: 'POST',
      json: { type: 'message', text: 'x' },
      token: null,
    });
    expect(inAddress.status).toBe(401);
    expect((await client.all()).map(({ text }) => text)).toEqual(['welcome']);
  });

  test('keys are replaced without cutting anybody off: all verify, the first signs, a removed one is refused', async () => {
    const at = (signingKeys: ReturnType<typeof key>[]) => new ChatTokens({ ...house.config, signingKeys }, Date.now);
    const before = at([key('a', 1)]);
    const minted = await before.chat(before.begin());
    const token = minted?.token ?? '';
    expect(await at([key('b', 2), key('a', 1)]).read('chat', token)).toMatchObject({ visit: {} });
    const after = at([key('b', 2), key('a', 1)]);
    expect(headerOf((await after.chat(after.begin()))?.token ?? '')['kid']).toBe('b');
    expect(await at([key('b', 2)]).read('chat', token)).toBe('invalid');
    expect(await at([key('a', 2)]).read('chat', token)).toBe('invalid');
  });
});

describe('one token, one conversation', () => {
  test('another’s conversation can’t be told from one that never was', async () => {
    const [mine, theirs] = [await Client.begin(house), await Client.begin(house)];
    await mine.start();
    await theirs.start();
    await theirs.say('canary-of-theirs');
    const answersFor = async (conversation: string) => {
      const path = `/conversations/${conversation}`;
      const form = new FormData();
      form.append('file', new File(['hello'], 'a.txt'));
      const answers = await Promise.all([
        mine.call(path),
        mine.call(`${path}/activities`),
        mine.post({ type: 'message', text: 'intruder' }, { conversation }),
        mine.call(`${path}/upload`, { method: 'POST', body: form }),
      ]);
      return Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]));
    };
    const [existing, made] = [await answersFor(theirs.conversation), await answersFor('AAAAAAAAAAAAAAAAAAAAAA')];
    expect(existing.map(([status]) => status)).toEqual([403, 403, 403, 403]);
    expect(existing).toEqual(made);
    expect(JSON.stringify(await theirs.all())).not.toContain('intruder');
  });

  test('the own conversation that was never opened is unknown', async () => {
    const client = await Client.begin(house);
    expect((await client.call(`/conversations/${client.conversation}`)).status).toBe(404);
    expect((await client.call(`/conversations/${client.conversation}/activities`)).status).toBe(404);
    expect((await client.post({ type: 'message', text: 'x' })).status).toBe(404);
  });
});

describe('without a token', () => {
  test('a local server lets a client in as somebody unknown', async () => {
    const client = new Client(house);
    const response = await client.call('/conversations', {
      method: 'POST',
      json: { user: { id: 'dl_admin' } },
      token: null,
    });
    expect(response.status).toBe(201);
    const { token, conversationId } = openedSchema.parse(await response.json());
    expect(claimsOf(token)['person']).toMatch(/^anonymous:/);
    expect(claimsOf(token)['user']).not.toBe('dl_admin');
    Object.assign(client, { token, conversation: conversationId });
    await client.say('hello');
    expect((await client.all()).map(({ text }) => text)).toContain('1: hello');
  });

  test('production does not', async () => {
    const client = new Client(closed);
    const send = (headers: Record<string, string> = {}) =>
      client.call('/conversations', { method: 'POST', json: {}, token: null, headers });
    expect((await send()).status).toBe(401);
    const known = await Client.begin(closed);
    const { streamUrl } = await known.start();
    expect(streamUrl).toMatch(/^wss:\/\/desk\.contoso\.com\/v3\/directline\/conversations\//);
  });
});
