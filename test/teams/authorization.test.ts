import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectorAuthorization } from '#bot/authorization.ts';
import { readConfig } from '#src/config.ts';
import type { Config } from '#src/config.ts';

const TENANT = 'c0ffee00-1234-4abc-8def-0123456789ab';
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-'));

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  rmSync(folder, { recursive: true, force: true });
});

/** A bot of its own for each test: the SDK keeps tokens by the bot's id for the whole process. */
function bot(more: Record<string, string>): Config {
  const secret = 'A-long-enough-secret~of.an.app-1';
  return readConfig({ DATA_DIR: folder, MicrosoftAppId: randomUUID(), MicrosoftAppPassword: secret, ...more });
}

interface Cloud {
  name: string;
  settings: Record<string, string>;
  host: string;
  path: string;
  scope: string;
}

const CLOUDS: readonly Cloud[] = [
  {
    name: 'worldwide, one tenant',
    settings: { MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: TENANT },
    host: 'https://login.microsoftonline.com',
    path: `/${TENANT}`,
    scope: 'https://api.botframework.com/.default',
  },
  {
    name: 'worldwide, many tenants',
    settings: { MicrosoftAppType: 'MultiTenant' },
    host: 'https://login.microsoftonline.com',
    path: '/botframework.com',
    scope: 'https://api.botframework.com/.default',
  },
  {
    // MicrosoftDocs/bot-docs, how-to-deploy-china-cloud: facts.md section 3.
    name: 'operated by 21Vianet',
    settings: {
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: TENANT,
      OAuthUrl: 'https://token.botframework.azure.cn/',
      ToChannelFromBotLoginUrl: `https://login.partner.microsoftonline.cn/${TENANT}`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.azure.cn',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.azure.cn',
      ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
      ValidateAuthority: 'true',
    },
    host: 'https://login.partner.microsoftonline.cn',
    path: `/${TENANT}`,
    scope: 'https://api.botframework.azure.cn/.default',
  },
];

/** The sign-in service: answers what MSAL asks for, and notes each question for a token. */
function signIn(host: string, path: string, answers: (asked: number) => [number, object]): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  const endpoint = `${host}${path}/oauth2/v2.0`;
  const aliases = [
    { preferred_network: new URL(host).host, preferred_cache: new URL(host).host, aliases: [new URL(host).host] },
  ];
  const found = {
    issuer: `${host}${path}/v2.0`,
    token_endpoint: `${endpoint}/token`,
    authorization_endpoint: `${endpoint}/authorize`,
    end_session_endpoint: `${endpoint}/logout`,
    jwks_uri: `${host}/keys`,
  };
  nock('https://login.microsoftonline.com')
    .persist()
    .get(/discovery\/instance/)
    .query(true)
    .reply(200, {
      tenant_discovery_endpoint: `${host}${path}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: aliases,
    });
  nock(host)
    .persist()
    .get(/openid-configuration/)
    .query(true)
    .reply(200, found);
  nock(host)
    .persist()
    .post(`${path}/oauth2/v2.0/token`)
    .query(true)
    .reply(async (request: Request) => {
      asked.push(new URLSearchParams(await request.text()));
      return answers(asked.length);
    });
  return asked;
}

const token = (name: string) => (): [number, object] => [
  200,
  { token_type: 'Bearer', expires_in: 3_600, access_token: name },
];

describe.each(CLOUDS)('the connector’s token, $name', ({ settings, host, path, scope }) => {
  test('comes from that cloud’s sign-in, for that cloud’s connector, and is asked for once', async () => {
    const config = bot(settings);
    const asked = signIn(host, path, token('a-token'));
    const authorization = connectorAuthorization(config);
    const headers = await Promise.all(Array.from({ length: 50 }, () => authorization()));
    expect(new Set(headers)).toEqual(new Set(['Bearer a-token']));
    expect(await authorization()).toBe('Bearer a-token');
    expect(asked).toHaveLength(1);
    expect(Object.fromEntries(asked[0]!)).toMatchObject({
      client_id: config.MicrosoftAppId,
      grant_type: 'client_credentials',
    });
    expect(asked[0]!.get('scope')).toContain(scope);
  });
});

test('a sign-in that fails is asked again the next time', async () => {
  const { settings, host, path } = CLOUDS[0]!;
  const asked = signIn(host, path, (count) =>
    count === 1 ? [400, { error: 'invalid_client', error_description: 'AADSTS7000215' }] : token('later')(),
  );
  const authorization = connectorAuthorization(bot(settings));
  await expect(authorization()).rejects.toThrow(/invalid_client/);
  expect(await authorization()).toBe('Bearer later');
  expect(asked).toHaveLength(2);
});

test('without credentials nobody is asked', async () => {
  expect(await connectorAuthorization(readConfig({ DATA_DIR: folder }))()).toBeNull();
});
