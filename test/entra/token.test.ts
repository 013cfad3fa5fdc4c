import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Authority } from '../../src/outside/entra/authority.ts';
import { placeOfIssuer } from '../../src/outside/entra/issuer.ts';
import { verifyToken, type Expected } from '../../src/outside/entra/token.ts';
import { CLIENT, OTHER_TENANT, openEntra, PERSON, STRANGER, TENANT, type Entra, type Signing } from './issuer.ts';

let entra: Entra;
let clock: number;
let failures: string[];
let authority: Authority;

beforeAll(async () => {
  entra = await openEntra();
});
beforeEach(() => {
  Object.assign(entra, { mood: 'well', metadata: {}, keyIssuer: `${entra.login}/{tenantid}/v2.0` });
  entra.asked.length = 0;
  clock = entra.now * 1_000;
  failures = [];
  authority = authorityOf(TENANT);
});
afterAll(() => entra.close());

const authorityOf = (tenant: string): Authority =>
  new Authority({ login: entra.login, tenant, clock: () => clock, failed: (why) => failures.push(why), callMs: 500 });
const verify = (token: string, expected: Partial<Expected> = {}, by = authority) =>
  verifyToken(token, by, { audience: CLIENT, nonce: 'n-1', now: clock, ...expected });
const why = async (token: string, expected: Partial<Expected> = {}, by = authority) => {
  const verified = await verify(token, expected, by);
  return verified.ok ? 'ok' : verified.why;
};
const NONCE = { nonce: 'n-1' };

test('a token of the tenant for this app: who it is, and their roles', async () => {
  const verified = await verify(entra.token(NONCE));
  expect(verified).toMatchObject({ ok: true, claims: { oid: PERSON, tid: TENANT, roles: ['Frontdesk.Agent'] } });
});

test('one without a roles claim has no roles', async () => {
  expect(await verify(entra.token({ ...NONCE, roles: undefined }))).toMatchObject({ ok: true, claims: { roles: [] } });
});

describe('refused, each for its one difference', () => {
  test.each([
    ['nonce', 'of another sign-in', { nonce: 'n-2' }],
    ['nonce', 'left out', { nonce: undefined }],
    ['issuer', 'another tenant', { iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, ...NONCE }],
    ['issuer', 'a prefix of ours', { iss: 'http://127.0.0.1/', ...NONCE }],
    ['issuer', 'version 1', { iss: `https://sts.windows.net/${TENANT}/`, ...NONCE }],
    ['audience', 'another app', { aud: OTHER_TENANT, ...NONCE }],
    ['audience', 'several apps', { aud: [CLIENT, OTHER_TENANT], ...NONCE }],
    ['tenant', 'another tenant under our issuer', { tid: OTHER_TENANT, ...NONCE }],
    ['claims', 'no tenant', { tid: undefined, ...NONCE }],
    ['claims', 'no person', { oid: undefined, ...NONCE }],
    ['claims', 'a person that is no id', { oid: 'admin', ...NONCE }],
    ['claims', 'roles as a word', { roles: 'Frontdesk.Admin', ...NONCE }],
    ['claims', 'without an end', { exp: undefined, ...NONCE }],
  ])('%s: %s', async (reason, _what, change) => {
    expect(await why(entra.token(change))).toBe(reason);
  });

  test.each<[string, string, Signing]>([
    ['signature', 'unsigned', { alg: 'none' }],
    ['signature', 'signed with the public key as a shared secret', { alg: 'HS256' }],
    ['signature', 'another algorithm than Entra uses', { alg: 'PS256' }],
    ['signature', 'a key that was never published, under a published id', { key: STRANGER }],
    ['signature', 'an unknown key id', { kid: 'made-up' }],
  ])('%s: %s', async (reason, _what, how) => {
    expect(await why(entra.token(NONCE, how))).toBe(reason);
  });

  test('malformed: no token, or one of any length', async () => {
    for (const text of ['', 'x', 'a.b.c', 'x'.repeat(40_000)]) expect(await why(text)).toBe('malformed');
  });

  test('a token whose claims were changed after signing', async () => {
    const [head = '', , tail = ''] = entra.token(NONCE).split('.');
    const [, body = ''] = entra.token({ ...NONCE, roles: ['Frontdesk.Admin'] }).split('.');
    expect(await why([head, body, tail].join('.'))).toBe('signature');
  });
});

test('times: a minute of difference between clocks is nothing, more is', async () => {
  const token = entra.token(NONCE);
  const at = (seconds: number) => why(token, { now: (entra.now + seconds) * 1_000 });
  expect([await at(-59), await at(3_600 + 59)]).toEqual(['ok', 'ok']);
  expect([await at(-61), await at(3_600 + 61)]).toEqual(['expired', 'expired']);
});

describe('keys', () => {
  test('are asked for once, however many tokens come at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => verify(entra.token(NONCE))));
    expect(entra.asked).toHaveLength(2);
  });

  test('rotation: a new key is found when its first token comes; the old one counts no more', async () => {
    const old = entra.token(NONCE);
    await verify(old);
    entra.rotate();
    clock += 31_000;
    expect(await why(entra.token(NONCE))).toBe('ok');
    expect(await why(old)).toBe('signature');
  });

  test('made-up key ids don’t make us ask again and again', async () => {
    await verify(entra.token(NONCE));
    for (let n = 0; n < 20; n += 1) await why(entra.token(NONCE, { kid: `made-up-${n}` }));
    expect(entra.asked).toHaveLength(2);
    clock += 31_000;
    for (let n = 0; n < 20; n += 1) await why(entra.token(NONCE, { kid: `made-up-${n}` }));
    expect(entra.asked).toHaveLength(4);
  });

  test.each(['down', 'slow', 'nonsense'] as const)(
    '%s: what was known counts for a day, then nobody is believed',
    async (mood) => {
      const hours = (count: number) => {
        clock = entra.now * 1_000 + count * 3_600_000;
      };
      const token = () => entra.token({ ...NONCE, exp: clock / 1_000 + 600, iat: clock / 1_000, nbf: clock / 1_000 });
      expect(await why(token())).toBe('ok');
      entra.mood = mood;
      hours(2);
      expect(await why(token())).toBe('ok');
      const { length } = entra.asked;
      expect(await why(token())).toBe('ok');
      expect(entra.asked).toHaveLength(length);
      hours(25);
      expect(await why(token())).toBe('unavailable');
      entra.mood = 'well';
      clock += 31_000;
      expect(await why(token())).toBe('ok');
      expect(failures).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/^(status-503|slow|malformed)$/)));
    },
  );

  test('down from the start: unavailable, not refused', async () => {
    entra.mood = 'down';
    expect(await why(entra.token(NONCE))).toBe('unavailable');
  });

  test('a clock that was set back makes old keys no younger', async () => {
    await verify(entra.token(NONCE));
    clock -= 3_600_000;
    await why(entra.token(NONCE));
    expect(entra.asked).toHaveLength(4);
  });

  test.each([
    [
      'another issuer',
      { issuer: `https://login.microsoftonline.com/${OTHER_TENANT}/v2.0` },
      'metadata-of-another-issuer',
    ],
    ['keys over another protocol', { jwks_uri: 'ftp://127.0.0.1/keys' }, 'metadata-not-https'],
    ['no addresses', { token_endpoint: 1 }, 'malformed'],
  ])('metadata with %s is not believed', async (_what, metadata, reason) => {
    Object.assign(entra, { metadata });
    expect(await why(entra.token(NONCE))).toBe('unavailable');
    expect(failures).toEqual([reason]);
  });

  test('a key of another issuer’s signs nothing for ours', async () => {
    entra.keyIssuer = `${entra.login}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`;
    expect(await why(entra.token(NONCE))).toBe('unavailable');
    expect(failures).toEqual(['no-keys']);
  });
});

const anyTenant = (tid: string, iss = `${entra.login}/${tid}/v2.0`) => entra.token({ nonce: undefined, tid, iss });
const whyAnywhere = async (token: string, tenants?: readonly string[]) => {
  const expected = { audience: CLIENT, now: clock, ...(tenants && { tenants }) };
  const verified = await verifyToken(token, authorityOf('organizations'), expected);
  return verified.ok ? 'ok' : verified.why;
};

describe('an authority for all organizations', () => {
  test('takes any tenant’s token, or those of some tenants, and each only under its own issuer', async () => {
    expect(await whyAnywhere(anyTenant(OTHER_TENANT))).toBe('ok');
    expect(await whyAnywhere(anyTenant(OTHER_TENANT), [OTHER_TENANT])).toBe('ok');
    expect(await whyAnywhere(anyTenant(OTHER_TENANT), [TENANT])).toBe('tenant');
    expect(await whyAnywhere(anyTenant(OTHER_TENANT, entra.issuer))).toBe('issuer');
  });
});

test.each([
  ['https://login.microsoftonline.com/', 'https://login.microsoftonline.com'],
  ['https://login.partner.microsoftonline.cn/', 'https://login.partner.microsoftonline.cn'],
])('an issuer names its cloud and its tenant: %s', (start, login) => {
  expect(placeOfIssuer(`${start}${TENANT}/v2.0`)).toEqual({ login, tenant: TENANT });
  for (const other of ['common', 'organizations', 'contoso.onmicrosoft.com', `${TENANT}/x`])
    expect(placeOfIssuer(`${start}${other}/v2.0`)).toBeNull();
});
