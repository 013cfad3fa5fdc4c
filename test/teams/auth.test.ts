import { constants, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { openConnector, pause, teamsActivity } from '../conversations/teams.ts';
import type { Connector } from '../conversations/teams.ts';
import { hmac, ISSUER, openIssuer, rsa, tokenOf } from './issuer.ts';
import type { Issuer } from './issuer.ts';

const APP = '7d0c0f3a-8f1e-4c55-9d1d-2f6d3c1e9a10';
const LOCKED = { MicrosoftAppId: APP, MicrosoftAppPassword: 'A-long-enough-secret~of.an.app-1' };

let issuer: Issuer;
let house: House;
let connector: Connector;

beforeAll(async () => {
  [issuer, connector] = await Promise.all([openIssuer(), openConnector()]);
  house = await openHouse({ ...LOCKED, ToBotFromChannelOpenIdMetadataUrl: issuer.metadata });
}, 180_000);

afterAll(async () => {
  await house?.end();
  await connector?.close();
  await issuer?.close();
});

type Part = Record<string, unknown>;
const now = (): number => Math.floor(Date.now() / 1000);
const claims = (more: Part = {}): Part => ({
  iss: ISSUER,
  aud: APP,
  nbf: now() - 60,
  exp: now() + 3_600,
  serviceurl: connector.url,
  ...more,
});
const header = (more: Part = {}): Part => ({ alg: 'RS256', kid: 'k1', typ: 'JWT', ...more });
const good = (): string => tokenOf(header(), claims(), rsa(issuer.privateKey));
const claiming = (more: Part): string => tokenOf(header(), claims(more), rsa(issuer.privateKey));
const headed = (more: Part): string => tokenOf(header(more), claims(), rsa(issuer.privateKey));
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = (): string => issuer.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const pkcs1 = (): string => issuer.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();

async function arrive(authorization: string | undefined, part: Part = {}, to: House = house) {
  const person = { as: 'admin-direct', conversation: `a:${randomUUID()}`, locale: 'en-US', serviceUrl: connector.url };
  const answer = await fetch(`${to.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    body: JSON.stringify(teamsActivity(person, { type: 'message', text: 'help', ...part })),
  });
  return { status: answer.status, body: await answer.text() };
}

const counted = (table: 'conversations' | 'activities'): number => {
  const database = new Database(join(house.dataDir, 'frontdesk.db'), { readonly: true });
  try {
    return Number(database.prepare(`select count(*) from ${table}`).pluck().get());
  } finally {
    database.close();
  }
};

const bearer = (token: () => string) => (): string => `Bearer ${token()}`;
const tampered = (token: string): string => {
  const [head, , signature] = token.split('.');
  return `${head}.${Buffer.from(JSON.stringify(claims({ serviceurl: 'https://evil.example/' }))).toString('base64url')}.${signature}`;
};

/** promises.md list C, "Bot JWT": what is shown, and with which activity. */
const FORGED: readonly [name: string, authorization: () => string | undefined, part?: Part][] = [
  ['nothing', () => undefined],
  ['an empty header', () => ''],
  ['Bearer only', () => 'Bearer'],
  ['Bearer and a space', () => 'Bearer '],
  ['another scheme', () => `Basic ${good()}`],
  ['the scheme in lower case', () => `bearer ${good()}`],
  ['no scheme', () => good()],
  ['two tokens', () => `Bearer ${good()} ${good()}`],
  ['two tokens, by comma', () => `Bearer ${good()}, Bearer ${good()}`],
  ['alg none', bearer(() => tokenOf(header({ alg: 'none' }), claims(), () => ''))],
  ['alg NONE', bearer(() => tokenOf(header({ alg: 'NONE' }), claims(), () => ''))],
  ['alg none with a signature', bearer(() => headed({ alg: 'none' }))],
  ['alg absent', bearer(() => headed({ alg: undefined }))],
  ['alg a number', bearer(() => headed({ alg: 5 }))],
  ['HS256 with the public key (SPKI)', bearer(() => tokenOf(header({ alg: 'HS256' }), claims(), hmac(spki())))],
  ['HS256 with the public key (PKCS1)', bearer(() => tokenOf(header({ alg: 'HS256' }), claims(), hmac(pkcs1())))],
  ['HS256 with an empty secret', bearer(() => tokenOf(header({ alg: 'HS256' }), claims(), hmac('')))],
  [
    'ES256',
    bearer(() =>
      tokenOf(header({ alg: 'ES256' }), claims(), (text) => sign('sha256', Buffer.from(text), curve.privateKey)),
    ),
  ],
  [
    'PS256',
    bearer(() =>
      tokenOf(
        header({ alg: 'PS256' }),
        claims(),
        rsa(issuer.privateKey, 'sha256', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
      ),
    ),
  ],
  ['another key of that name', bearer(() => tokenOf(header(), claims(), rsa(other.privateKey)))],
  ['a key that nobody knows', bearer(() => tokenOf(header({ kid: 'k9' }), claims(), rsa(other.privateKey)))],
  ['no key named', bearer(() => headed({ kid: undefined }))],
  ['a key named by a path', bearer(() => headed({ kid: '../../dev/null' }))],
  ['a key named __proto__', bearer(() => headed({ kid: '__proto__' }))],
  [
    'its own key (jwk)',
    bearer(() =>
      tokenOf(
        header({ kid: undefined, jwk: other.publicKey.export({ format: 'jwk' }) }),
        claims(),
        rsa(other.privateKey),
      ),
    ),
  ],
  ['its own keys (jku)', bearer(() => tokenOf(header({ jku: connector.url }), claims(), rsa(other.privateKey)))],
  ['its own keys (x5u)', bearer(() => tokenOf(header({ x5u: connector.url }), claims(), rsa(other.privateKey)))],
  ['something critical', bearer(() => headed({ crit: ['exp'] }))],
  ['expired six minutes ago', bearer(() => claiming({ exp: now() - 360 }))],
  ['no end', bearer(() => claiming({ exp: undefined }))],
  ['an end in words', bearer(() => claiming({ exp: 'tomorrow' }))],
  ['an end as text', bearer(() => claiming({ exp: String(now() + 3_600) }))],
  ['valid from in an hour', bearer(() => claiming({ nbf: now() + 3_600 }))],
  ['for another bot', bearer(() => claiming({ aud: randomUUID() }))],
  ['for several bots', bearer(() => claiming({ aud: [APP, randomUUID()] }))],
  ['for one bot, in a list', bearer(() => claiming({ aud: [APP] }))],
  ['for nobody', bearer(() => claiming({ aud: undefined }))],
  ['for the bot in capitals', bearer(() => claiming({ aud: APP.toUpperCase() }))],
  ['from another issuer', bearer(() => claiming({ iss: 'https://evil.example' }))],
  ['from the issuer with a slash', bearer(() => claiming({ iss: `${ISSUER}/` }))],
  ['from nobody', bearer(() => claiming({ iss: undefined }))],
  ['from the issuer in a list', bearer(() => claiming({ iss: [ISSUER] }))],
  [
    'from the Emulator’s issuer',
    bearer(() =>
      claiming({ iss: 'https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/', ver: '1.0', appid: APP }),
    ),
  ],
  [
    'from any tenant, as the Emulator',
    bearer(() =>
      claiming({ iss: `https://sts.windows.net/${randomUUID()}/`, tid: randomUUID(), ver: '1.0', appid: APP }),
    ),
  ],
  ['from the channel’s issuer, with a tenant', bearer(() => claiming({ tid: randomUUID() }))],
  ['in the shape of a skill', bearer(() => claiming({ ver: '1.0', appid: randomUUID() }))],
  ['for no service', bearer(() => claiming({ serviceurl: undefined }))],
  ['for another service', bearer(() => claiming({ serviceurl: 'https://smba.trafficmanager.net/amer/' }))],
  ['for a channel that the key does not speak for', bearer(good), { channelId: 'slack' }],
  ['for AseChannel', bearer(good), { channelId: 'AseChannel' }],
  ['for the Emulator’s channel', bearer(good), { channelId: 'emulator' }],
  ['a payload changed', bearer(() => tampered(good()))],
  ['a signature cut', bearer(() => good().slice(0, -10))],
  ['no signature', bearer(() => good().replace(/[^.]+$/, ''))],
  ['four parts', bearer(() => `${good()}.x`)],
  ['two parts', bearer(() => good().split('.').slice(0, 2).join('.'))],
  ['no base64', bearer(() => '!!.??.##')],
  ['a payload of null', bearer(() => tokenOf(header(), null, rsa(issuer.privateKey)))],
  ['a payload of text', bearer(() => tokenOf(header(), 'x', rsa(issuer.privateKey)))],
  ['9 KB of nothing', bearer(() => 'a'.repeat(9_000))],
];

describe('only the channel speaks as the channel', () => {
  test.each(FORGED)('%s: 401, always the same', async (_name, authorization, part) => {
    expect(await arrive(authorization(), part)).toEqual({
      status: 401,
      body: '{"error":{"code":"unauthorized","message":"This activity is not signed by the channel."}}',
    });
  });

  test('100 KB of a token don’t get past the headers', async () => {
    expect((await arrive(`Bearer ${'a'.repeat(100_000)}`)).status).toBe(431);
  });

  test('after all that nothing was stored and nobody was called', () => {
    expect(counted('conversations')).toBe(0);
    expect(connector.received).toEqual([]);
  });

  test.each([
    ['as the channel makes it', () => good(), {}],
    ['the same once more', () => good(), {}],
    ['expired four minutes ago: clocks differ', () => claiming({ exp: now() - 240 }), {}],
    ['valid from in four minutes', () => claiming({ nbf: now() + 240 }), {}],
    ['without a start', () => claiming({ nbf: undefined }), {}],
    ['RS512', () => tokenOf(header({ alg: 'RS512' }), claims(), rsa(issuer.privateKey, 'sha512')), {}],
    ['another channel that the key speaks for', () => good(), { channelId: 'webchat' }],
  ])('%s: 200', async (_name, token, part) => {
    expect((await arrive(`Bearer ${token()}`, part)).status).toBe(200);
  });

  test('a request that is replayed as it was is taken, since Teams delivers again, and nothing comes of it; an ended token opens nothing', async () => {
    const before = counted('activities');
    const heard = { id: randomUUID(), conversation: { id: `a:${randomUUID()}`, conversationType: 'personal' } };
    const token = claiming({ exp: now() - 240 });
    expect((await arrive(`Bearer ${token}`, heard)).status).toBe(200);
    // What was said, and the answer.
    await expect.poll(() => counted('activities')).toBeGreaterThan(before + 1);
    const after = counted('activities');
    for (let again = 0; again < 3; again += 1) expect((await arrive(`Bearer ${token}`, heard)).status).toBe(200);
    const ended = claiming({ exp: now() - 360 });
    expect((await arrive(`Bearer ${ended}`, heard)).status).toBe(401);
    expect((await arrive(`Bearer ${ended}`, { ...heard, id: randomUUID() })).status).toBe(401);
    expect(counted('activities')).toBe(after);
  });

  test('its keys were asked for once, whoever knocked', () => {
    expect(issuer.sink.seen.map(({ path }) => path)).toEqual(['/openid', '/keys']);
  });

  test('a key that came with the last look is taken while the issuer is away', async () => {
    await issuer.sink.close();
    expect((await arrive(`Bearer ${good()}`)).status).toBe(200);
  });
});

/** A server whose clock goes two hours forward at a signal, and 26 at each one after that. */
const CLOCK = `let shift = 0; const real = Date.now; process.on('SIGUSR2', () => { shift += shift ? 26 * 3600e3 : 7200e3; });
globalThis.Date = class extends Date { constructor(...given) { given.length ? super(...given) : super(real() + shift); }
static now() { return real() + shift; } };`;

describe('keys', () => {
  test('are changed while it runs: a new one is found an hour after the last look, not sooner; known ones outlast an outage of days', async () => {
    const rotating = await openIssuer();
    const locked = await openHouse({
      ...LOCKED,
      ToBotFromChannelOpenIdMetadataUrl: rotating.metadata,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(CLOCK)}`,
    });
    const later = { exp: now() + 500_000 };
    try {
      const first = tokenOf(header(), claims(later), rsa(rotating.privateKey));
      expect((await arrive(`Bearer ${first}`, {}, locked)).status).toBe(200);
      const next = tokenOf(header({ kid: 'k2' }), claims(later), rsa(rotating.rotate('k2')));
      for (let knock = 0; knock < 3; knock += 1) expect((await arrive(`Bearer ${next}`, {}, locked)).status).toBe(401);
      expect(rotating.sink.seen, 'whoever makes keys up makes nobody ask').toHaveLength(2);
      process.kill(locked.pid, 'SIGUSR2');
      await expect.poll(async () => (await arrive(`Bearer ${next}`, {}, locked)).status).toBe(200);
      expect((await arrive(`Bearer ${first}`, {}, locked)).status).toBe(200);
      expect(rotating.sink.seen).toHaveLength(4);

      // A day later they should be looked at anew, and can't be.
      await rotating.sink.close();
      process.kill(locked.pid, 'SIGUSR2');
      await pause(500);
      const made = tokenOf(header({ kid: 'k3' }), claims(later), rsa(other.privateKey));
      await expect.poll(async () => (await arrive(`Bearer ${made}`, {}, locked)).status).toBe(401);
      for (const known of [first, next, first]) expect((await arrive(`Bearer ${known}`, {}, locked)).status).toBe(200);
      for (let day = 0; day < 2; day += 1) {
        process.kill(locked.pid, 'SIGUSR2');
        await pause(500);
      }
      // Not for ever.
      await expect.poll(async () => (await arrive(`Bearer ${first}`, {}, locked)).status).toBe(401);
    } finally {
      await locked.end();
      await rotating.close();
    }
  }, 180_000);

  test('can’t be had at the first knock: 401, and as soon as they can be had 200', async () => {
    let down = true;
    const away = await openIssuer();
    const { openSink } = await import('./sink.ts');
    const front = await openSink((_request, response) => {
      if (down) return void response.writeHead(503).end();
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jwks_uri: `${away.sink.url}/keys` }));
    });
    const locked = await openHouse({ ...LOCKED, ToBotFromChannelOpenIdMetadataUrl: `${front.url}/openid` });
    try {
      const next = away.rotate('k2');
      const token = tokenOf(header({ kid: 'k2' }), claims(), rsa(next));
      expect((await arrive(`Bearer ${token}`, {}, locked)).status).toBe(401);
      down = false;
      expect((await arrive(`Bearer ${token}`, {}, locked)).status).toBe(200);
      const older = tokenOf(header(), claims(), rsa(away.privateKey));
      expect((await arrive(`Bearer ${older}`, {}, locked)).status).toBe(200);
    } finally {
      await locked.end();
      await front.close();
      await away.close();
    }
  }, 180_000);
});
