import { createHash, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, openHouse, tokenSchema, type House } from '../direct-line/house.ts';
import { ALEX, assertionOf, makeHost, TENANT, writeHosts, type Host, type Signed } from './hosts.ts';

const SECRET = 'a-long-secret-of-the-back-end-4711';
const HOST_ORIGIN = 'https://admin.contoso.com';
const FAR = 3_600;

let contoso: Host;
let rotating: Host;
let keyServer: Server;
let served: { status: number; keys: unknown[]; asked: number };
let file: ReturnType<typeof writeHosts>;
let house: House;

beforeAll(async () => {
  contoso = await makeHost('contoso');
  rotating = await makeHost('rotating');
  served = { status: 200, keys: [rotating.publicJwk], asked: 0 };
  keyServer = createServer((_request, response) => {
    served.asked += 1;
    response.writeHead(served.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: served.keys }));
  });
  await new Promise<void>((done) => keyServer.listen(0, '127.0.0.1', done));
  const address = keyServer.address();
  const keysUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/keys`;
  const cloud = { cloud: 'worldwide', offering: 'worldwide' };
  file = writeHosts({
    contoso: { origins: [HOST_ORIGIN], tenants: [TENANT], ...cloud, keys: [contoso.publicJwk] },
    rotating: { origins: [HOST_ORIGIN], tenants: 'any', ...cloud, keysUrl },
    backend: {
      origins: [HOST_ORIGIN],
      tenants: ['fabrikam'],
      ...cloud,
      secretSha256: createHash('sha256').update(SECRET).digest('hex'),
    },
  });
  house = await openHouse({ EMBED_ORIGINS: `${HOST_ORIGIN},https://other.contoso.com`, CHAT_HOSTS: file.path });
});
afterAll(async () => {
  await house.stop();
  keyServer.close();
  file.remove();
});

const payloadOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const minted = async (response: Response) => {
  expect(response.status).toBe(200);
  return tokenSchema.parse(await response.json());
};
const mint = (body: object, headers: Record<string, string> = {}) => new Client(house).mint(body, headers);
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});
const stored = async ({ conversation }: Client) =>
  house.storage.transact((unit) => unit.conversations.byId(conversation));
const codeOf = async (response: Response): Promise<unknown> => {
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null && 'error' in body ? Object(body.error).code : undefined;
};

const now = () => Math.floor(Date.now() / 1000);
const mintFrom = async (origin: string) => (await mint({ assertion: await assertionOf(contoso) }, { origin })).status;

describe('an assertion that a host page’s back end signed', () => {
  test('opens a conversation of that person in that organization', async () => {
    const assertion = await assertionOf(contoso, {
      claims: { oid: randomUUID(), purchase: 'direct', locale: 'ja-JP' },
    });
    const client = await Client.begin(house, { assertion });
    expect(payloadOf(client.token)).toMatchObject({ person: `host:contoso:${TENANT}:alex`, locale: 'ja' });
    await client.start();
    expect(await stored(client)).toMatchObject({
      person: `host:contoso:${TENANT}:alex`,
      tenant: TENANT,
      vouched: { host: 'contoso', subject: 'alex', roles: ['Global Administrator'], purchase: 'direct' },
    });
  });

  test.each(['RS256', 'PS256', 'EdDSA'])('may be signed with %s', async (alg) => {
    const host = await makeHost('contoso', alg, `key-${alg}`);
    const own = writeHosts({
      contoso: {
        origins: [HOST_ORIGIN],
        tenants: [TENANT],
        cloud: 'worldwide',
        keys: [contoso.publicJwk, host.publicJwk],
      },
    });
    const other = await openHouse({ CHAT_HOSTS: own.path });
    const response = await new Client(other).mint({ assertion: await assertionOf(host, { header: { alg } }) });
    expect(response.status).toBe(200);
    await other.stop();
    own.remove();
  });

  const forged: [string, () => Promise<Signed> | Signed, number, string][] = [
    [
      'by another key under the same kid',
      async () => ({ key: (await generateKeyPair('ES256')).privateKey }),
      401,
      'host-signature',
    ],
    ['by the key of another host', () => ({ key: rotating.privateKey }), 401, 'host-signature'],
    ['by a key that is not in the file', () => ({ header: { kid: 'other' } }), 401, 'host-signature'],
    [
      'with a shared secret (HS256)',
      () => ({ header: { alg: 'HS256' }, key: Buffer.from(JSON.stringify(contoso.publicJwk)) }),
      401,
      'host-signature',
    ],
    ['in the name of an unknown host', () => ({ claims: { iss: 'fabrikam' } }), 401, 'host-unknown'],
    ['in the name of a host that has only a secret', () => ({ claims: { iss: 'backend' } }), 401, 'host-unknown'],
    ['without an issuer', () => ({ claims: { iss: undefined } }), 401, 'host-unknown'],
    ['for another server', () => ({ claims: { aud: 'https://desk.fabrikam.com' } }), 401, 'host-claims'],
    ['for nobody', () => ({ claims: { aud: undefined } }), 401, 'host-claims'],
    ['long ago', () => ({ claims: { iat: now() - FAR, exp: now() - FAR + 300 } }), 401, 'host-expired'],
    ['long ago, to live for ever', () => ({ claims: { iat: now() - FAR, exp: now() + FAR } }), 401, 'host-expired'],
    ['for a whole day', () => ({ claims: { exp: now() + 24 * FAR } }), 401, 'host-lifetime'],
    ['from the future', () => ({ claims: { iat: now() + FAR, exp: now() + FAR + 300 } }), 401, 'host-claims'],
    ['not valid yet', () => ({ claims: { nbf: now() + FAR } }), 401, 'host-claims'],
    ['without an end', () => ({ claims: { exp: undefined } }), 401, 'host-claims'],
    ['without a beginning', () => ({ claims: { iat: undefined } }), 401, 'host-claims'],
    ['without a one-time id', () => ({ claims: { jti: undefined } }), 401, 'host-claims'],
    ['with a one-time id that is none', () => ({ claims: { jti: '1' } }), 401, 'host-nonce'],
    ['of nobody', () => ({ claims: { sub: undefined } }), 401, 'host-claims'],
    ['of a person without a name', () => ({ claims: { sub: '' } }), 400, 'host-claims'],
    ['of a person in no organization', () => ({ claims: { tid: undefined } }), 400, 'host-claims'],
    [
      'of another organization',
      () => ({ claims: { tid: '11111111-aaaa-4bbb-8ccc-222222222222' } }),
      403,
      'host-tenant',
    ],
    ['of an organization with a colon', () => ({ claims: { tid: `${TENANT}:alex` } }), 400, 'host-claims'],
    ['of a role that is no word', () => ({ claims: { roles: [{ admin: true }] } }), 400, 'host-claims'],
    [
      'of sixty roles',
      () => ({ claims: { roles: Array.from({ length: 60 }, (_, i) => `r${i}`) } }),
      400,
      'host-claims',
    ],
    [
      'of more than a token carries',
      () => ({ claims: { roles: Array.from({ length: 40 }, () => 'r'.repeat(100)) } }),
      400,
      'host-claims',
    ],
    [
      'of Chinese roles of more bytes than a token carries',
      () => ({ claims: { roles: Array.from({ length: 20 }, () => '管'.repeat(60)) } }),
      400,
      'host-claims',
    ],
    ['of a product of another cloud', () => ({ claims: { offering: 'o365-21vianet' } }), 400, 'host-claims'],
    ['of a person whose id no engine stores', () => ({ claims: { sub: 'al\u0000ex' } }), 400, 'host-claims'],
    ['of a purchase that is none', () => ({ claims: { purchase: 'stolen' } }), 400, 'host-claims'],
    ['for a page of another origin', () => ({ claims: { origin: 'https://evil.example' } }), 403, 'host-origin'],
  ];

  test.each(forged)('%s is refused', async (_name, signed, status, code) => {
    const response = await mint({ assertion: await assertionOf(contoso, await signed()) });
    expect([response.status, await codeOf(response.clone())]).toEqual([status, code]);
    expect(await response.text()).not.toContain('"token"');
  });

  test.each([
    [
      'unsigned',
      () =>
        new UnsecuredJWT({ ...ALEX, iss: 'contoso', aud: 'frontdesk', jti: randomUUID() })
          .setIssuedAt()
          .setExpirationTime('5m')
          .encode(),
    ],
    ['empty', () => ''],
    ['no JWT', () => 'a.b.c'],
    ['two parts', () => 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJjb250b3NvIn0'],
    ['a null payload', () => `eyJhbGciOiJFUzI1NiJ9.${Buffer.from('null').toString('base64url')}.x`],
    ['longer than any', () => `eyJhbGciOiJFUzI1NiJ9.${'e'.repeat(8_000)}.x`],
  ])('%s is refused', async (_name, made) => {
    const response = await mint({ assertion: made() });
    expect([400, 401]).toContain(response.status);
    expect(await response.text()).not.toContain('"token"');
  });

  test('cut or altered at any place is refused', async () => {
    const assertion = await assertionOf(contoso);
    const [head = '', body = '', signature = ''] = assertion.split('.');
    const other = Buffer.from(JSON.stringify({ ...payloadOf(assertion), sub: 'megan' })).toString('base64url');
    for (const bad of [`${head}.${other}.${signature}`, `${head}.${body}.`, `${head}.${body}.${signature.slice(2)}`])
      expect((await mint({ assertion: bad })).status).toBe(401);
  });

  test('is good once: of twenty at the same time one opens the chat', async () => {
    const assertion = await assertionOf(contoso);
    const answers = await Promise.all(Array.from({ length: 20 }, () => mint({ assertion })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.find(({ status }) => status !== 200);
    expect(await codeOf(refused!)).toBe('host-replayed');
    expect((await mint({ assertion })).status).toBe(401);
  });

  test('may come from a page of that host and from no other', async () => {
    expect(await mintFrom(HOST_ORIGIN)).toBe(200);
    expect(await mintFrom('https://other.contoso.com')).toBe(403);
    expect(await mintFrom('https://evil.example')).toBe(403);
  });
});

describe('a conversation of a proven person', () => {
  test('goes on with a new assertion of the same person, and hears of roles that changed', async () => {
    const first = await Client.begin(house, { assertion: await assertionOf(contoso) });
    await first.start();
    const assertion = await assertionOf(contoso, { claims: { roles: [] } });
    const again = await Client.begin(house, { assertion, resume: first.token });
    expect(again.conversation).toBe(first.conversation);
    await again.say('hello again');
    expect(await stored(again)).toMatchObject({ vouched: { roles: [] } });
    await first.say('as before, with the token of before');
    expect(await stored(again)).toMatchObject({ vouched: { roles: [] } });
  });

  test('is of one organization, however its id is spelled', async () => {
    const client = await Client.begin(house, {
      assertion: await assertionOf(contoso, { claims: { tid: TENANT.toUpperCase() } }),
    });
    expect(payloadOf(client.token)).toMatchObject({
      person: `host:contoso:${TENANT}:alex`,
      vouched: { tenant: TENANT },
    });
  });

  test('is not the next one’s, who signs in on the same browser', async () => {
    const first = await Client.begin(house, { assertion: await assertionOf(contoso) });
    const assertion = await assertionOf(contoso, { claims: { sub: 'megan' } });
    const next = await Client.begin(house, { assertion, resume: first.token });
    expect(next.conversation).not.toBe(first.conversation);
    expect(payloadOf(next.token)).toMatchObject({ person: `host:contoso:${TENANT}:megan` });
  });

  test('a conversation that began unknown does not become somebody’s', async () => {
    const unknown = await Client.begin(house);
    const known = await Client.begin(house, { assertion: await assertionOf(contoso), resume: unknown.token });
    expect(known.conversation).not.toBe(unknown.conversation);
  });
});

describe('claims of a back end with a secret', () => {
  const claims = { sub: 'b-7', tid: 'fabrikam', roles: ['Billing Administrator'], origin: HOST_ORIGIN };

  test('are believed', async () => {
    const { token } = await minted(await mint({ claims }, basic('backend', SECRET)));
    expect(payloadOf(token)).toMatchObject({ person: 'host:backend:fabrikam:b-7', origin: HOST_ORIGIN });
  });

  test.each([
    ['a wrong secret', basic('backend', 'guess'), {}, '401 host-secret'],
    ['no secret', {}, {}, '401 host-secret'],
    ['an unknown host', basic('nobody', SECRET), {}, '401 host-secret'],
    ['a host that has no secret', basic('contoso', ''), {}, '401 host-secret'],
    ['a browser that knows it', { ...basic('backend', SECRET), origin: HOST_ORIGIN }, {}, '403 host-secret'],
    ['another organization', basic('backend', SECRET), { tid: 'contoso' }, '403 host-tenant'],
  ])('are refused from %s', async (_name, headers, changed, refusal) => {
    const response = await mint({ claims: { ...claims, ...changed } }, headers);
    expect(`${response.status} ${String(await codeOf(response))}`).toBe(refusal);
  });
});

describe('whoever only says so', () => {
  test('stays unknown, whatever they put into body, headers or activities', async () => {
    const headers = {
      'x-forwarded-user': 'alex',
      'x-ms-client-principal-name': 'alex',
      'x-forwarded-for': '127.0.0.1',
    };
    const said = {
      user: ALEX,
      roles: ['Global Administrator'],
      isAdmin: true,
      tid: TENANT,
      sub: 'alex',
      vouched: ALEX,
    };
    const client = await Client.begin(house, said);
    const { token } = await minted(await mint(said, headers));
    expect(payloadOf(token)['person']).toMatch(/^anonymous:/);
    await client.start();
    await client.say('I am an admin', randomUUID(), {
      channelData: { isAdmin: true, tenant: { id: TENANT }, vouched: ALEX },
    });
    expect(await stored(client)).toMatchObject({ tenant: null, vouched: null });
    expect((await stored(client))?.person).toMatch(/^anonymous:/);
  });

  test('cannot say two things at once', async () => {
    const assertion = await assertionOf(contoso);
    expect((await mint({ assertion, as: 'admin-direct' })).status).toBe(400);
    expect((await mint({ assertion, claims: ALEX })).status).toBe(400);
  });
});

test('keys at an address: fetched once for many, and a host whose keys cannot be had is not called a forger', async () => {
  const good = () => assertionOf(rotating);
  const many = await Promise.all(Array.from({ length: 10 }, async () => mint({ assertion: await good() })));
  expect(many.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(served.asked).toBe(1);
  const other = await openHouse({ CHAT_HOSTS: file.path });
  served.status = 500;
  const response = await new Client(other).mint({ assertion: await good() });
  expect([response.status, await codeOf(response)]).toEqual([503, 'host-keys']);
  served.status = 200;
  expect((await new Client(other).mint({ assertion: await good() })).status).toBe(200);
  expect((await mint({ assertion: await assertionOf(rotating, { claims: { tid: 'not-a-guid' } }) })).status).toBe(403);
  await other.stop();
});
