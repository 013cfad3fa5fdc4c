import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { startInVain } from './start.ts';
import { within } from '../patience.ts';

/** "Refuses to start unsafe in production" (promises 26), with the real server from its first line. */

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'frontdesk-unsafe-'));
  folders.push(made);
  return made;
};
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

const secret = () => randomBytes(24).toString('base64url');
const GOOD = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://desk.contoso.com',
  ALLOWED_SERVICE_HOSTS: 'smba.trafficmanager.net',
  TOKEN_SIGNING_KEYS: `a:${randomBytes(32).toString('base64url')}`,
  EMBED_ORIGINS: 'https://admin.contoso.com',
  MicrosoftAppId: '6f2a0c1e-58b1-4c9e-9d38-0f6a7e1f2b11',
  MicrosoftAppPassword: secret(),
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: '0d9b1a77-4d0e-4c0b-8a52-5f0f5a0c7e21',
  DESK_OIDC_ISSUER: 'https://login.microsoftonline.com/0d9b1a77-4d0e-4c0b-8a52-5f0f5a0c7e21/v2.0',
  DESK_OIDC_CLIENT_ID: '90c1f0f2-6f6e-43f9-8d0e-6d3f0c1f7a10',
  DESK_OIDC_CLIENT_SECRET: secret(),
};
/** In Azure China, with a managed identity, several keys, and behind a proxy. */
const CHINA: Record<string, string> = {
  ...GOOD,
  PUBLIC_URL: 'https://desk.contoso.cn',
  TOKEN_SIGNING_KEYS: `b:${randomBytes(32).toString('base64url')},${GOOD.TOKEN_SIGNING_KEYS}`,
  MicrosoftAppType: 'UserAssignedMSI',
  OAuthUrl: 'https://token.botframework.azure.cn/',
  ToChannelFromBotLoginUrl: 'https://login.partner.microsoftonline.cn/0d9b1a77-4d0e-4c0b-8a52-5f0f5a0c7e21',
  ToChannelFromBotOAuthScope: 'https://api.botframework.azure.cn',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.azure.cn',
  ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
  TRUST_PROXY: '1',
};
Reflect.deleteProperty(CHINA, 'MicrosoftAppPassword');

const open = folder();
chmodSync(open, 0o777);

const BAD: readonly [setting: string, why: string, value: string | undefined][] = [
  ['MicrosoftAppId', 'missing', undefined],
  ['MicrosoftAppId', 'the example', '11111111-2222-3333-4444-555555555555'],
  ['MicrosoftAppPassword', 'missing', undefined],
  ['MicrosoftAppPassword', 'empty', ''],
  ['MicrosoftAppPassword', 'blank', '   '],
  ['MicrosoftAppPassword', 'short', 'canary123'],
  ['MicrosoftAppPassword', 'a default', 'changeme-canary-changeme'],
  ['MicrosoftAppType', 'unknown', 'Canary'],
  ['MicrosoftAppTenantId', 'a name', 'canary.onmicrosoft.com'],
  ['TOKEN_SIGNING_KEYS', 'missing', undefined],
  ['TOKEN_SIGNING_KEYS', 'short', 'canary:Y2FuYXJ5Y2FuYXJ5'],
  ['PUBLIC_URL', 'http', 'http://canary.contoso.com'],
  ['PUBLIC_URL', 'this machine', 'https://localhost:8443'],
  ['ALLOWED_SERVICE_HOSTS', 'a wildcard', '*.canary.com'],
  ['ALLOWED_SERVICE_HOSTS', 'loopback', '127.0.0.1:9999'],
  ['EMBED_ORIGINS', 'a wildcard', '*'],
  ['EMBED_ORIGINS', 'http', 'http://canary.contoso.com'],
  ['DESK_OIDC_CLIENT_SECRET', 'missing', undefined],
  ['METRICS_TOKEN', 'a placeholder', 'your-canary-metrics-token'],
  ['ValidateAuthority', 'off', 'false'],
  ['FRONTDESK_UNSAFE_LOCAL', 'on', '1'],
  ['DATABASE_URL', 'another engine', 'mysql://canary:canary@db/x'],
  ['DATA_DIR', 'writable by all', open],
];

describe('a production server that would be unsafe', () => {
  test.each(BAD)('%s: %s', async (setting, _why, value) => {
    const { code, printed, ms } = await startInVain({ ...GOOD, DATA_DIR: folder(), PORT: '0', [setting]: value });
    expect(code, `printed: ${printed}`).toBe(1);
    expect(ms).toBeLessThan(within(3_000));
    expect(printed).toMatch(new RegExp(`^${setting} `, 'm'));
    const values = [value, ...Object.values(GOOD)].filter((each) => each !== undefined && each.trim().length > 7);
    // What the remedy shows is an example of ours; none of the values that were given may stand there.
    for (const each of values.filter((given) => !OURS.has(given ?? ''))) expect(printed).not.toContain(each);
    expect(printed).not.toMatch(/canary| at \S+ \(/i);
  });
});

const codeOf = async (answer: Response) => [answer.status, JSON.parse(await answer.text()).error?.code];

/** Values that our own words and examples hold as well. */
const OURS = new Set([
  'production',
  GOOD.PUBLIC_URL,
  GOOD.ALLOWED_SERVICE_HOSTS,
  GOOD.EMBED_ORIGINS,
  GOOD.MicrosoftAppType,
  '11111111-2222-3333-4444-555555555555',
]);

describe.each([
  ['worldwide', GOOD],
  ['Azure China', CHINA],
])('a good production server (%s)', (_name, env) => {
  let house: House;
  afterEach(() => house.end());

  const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
    fetch(house.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(json),
    });
  const get = async (path: string) => (await fetch(house.url + path)).status;

  test('starts, and knows nobody whom it has not been shown', async () => {
    house = await openHouse(env);
    for (const as of ['admin-direct', 'anonymous', 'agent-1'])
      expect(await codeOf(await post('/chat/token', { as }))).toEqual([403, 'no-sample-people']);
    expect(await Promise.all(['/', '/chat/people'].map(get))).toEqual([404, 404]);
    expect(await Promise.all(['/chat', '/desk', '/chat/embed.js', '/healthz', '/readyz'].map(get))).toEqual([
      200, 200, 200, 200, 200,
    ]);

    const activity = {
      type: 'message',
      id: '1',
      text: 'hello',
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      from: { id: '29:1', aadObjectId: '00000000-0000-0000-0000-000000000003' },
      conversation: { id: 'a:1' },
    };
    for (const authorization of ['', 'Bearer', 'Bearer x', 'Basic eDp5', `bearer ${'e30.'.repeat(2)}`])
      expect(await codeOf(await post('/api/messages', activity, { authorization }))).toEqual([401, 'unauthorized']);
    expect(await codeOf(await post('/v3/directline/conversations', {}))).toEqual([401, 'no-token']);

    // A page that may embed the chat gets a token for somebody unknown; any other page gets none.
    expect((await post('/chat/token', {}, { origin: 'https://admin.contoso.com' })).status).toBe(200);
    expect(await codeOf(await post('/chat/token', {}, { origin: 'https://evil.example' }))).toEqual([403, 'origin']);

    const desk = { 'x-frontdesk': '1', origin: env['PUBLIC_URL'] ?? '' };
    for (const as of ['agent-1', 'supervisor'])
      expect(await codeOf(await post('/desk/session', { as }, desk))).toEqual([403, 'sign-in-elsewhere']);
    expect(await get('/desk/api/queue')).toBe(401);
    expect(house.output()).not.toMatch(/Demo|fatal|failed/);
    for (const value of [env['MicrosoftAppPassword'], env['DESK_OIDC_CLIENT_SECRET'], env['TOKEN_SIGNING_KEYS']])
      expect(house.output()).not.toContain(value ?? 'no such setting');
  }, 180_000);
});
