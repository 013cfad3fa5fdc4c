import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkRuntime, ConfigError, readConfig, settingsTable, type Environment, type Finding } from '#src/config.ts';

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'frontdesk-config-'));
  folders.push(made);
  return made;
};
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

const key = (kid: string, bytes = 32) => `${kid}:${randomBytes(bytes).toString('base64url')}`;
const secret = () => randomBytes(24).toString('base64url');

/** A production server of worldwide; every bad one below differs from it in one thing. */
const GOOD: Environment = {
  NODE_ENV: 'production',
  HOST: '0.0.0.0',
  DATA_DIR: folder(),
  PUBLIC_URL: 'https://desk.contoso.com',
  ALLOWED_SERVICE_HOSTS: 'smba.trafficmanager.net, directline.botframework.com',
  TOKEN_SIGNING_KEYS: `${key('b')},${key('a')}`,
  EMBED_ORIGINS: 'https://admin.contoso.com',
  MicrosoftAppId: '6f2a0c1e-58b1-4c9e-9d38-0f6a7e1f2b11',
  MicrosoftAppPassword: secret(),
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: '0d9b1a77-4d0e-4c0b-8a52-5f0f5a0c7e21',
  DESK_OIDC_ISSUER: 'https://login.microsoftonline.com/0d9b1a77-4d0e-4c0b-8a52-5f0f5a0c7e21/v2.0',
  DESK_OIDC_CLIENT_ID: '90c1f0f2-6f6e-43f9-8d0e-6d3f0c1f7a10',
  DESK_OIDC_CLIENT_SECRET: secret(),
  SMTP_URL: `smtps://frontdesk:${secret()}@smtp.contoso.com`,
  MAIL_FROM: 'Contoso Support <support@contoso.com>',
};
/** The same in Azure China, with a managed identity. */
const CHINA: Environment = {
  ...GOOD,
  PUBLIC_URL: 'https://desk.contoso.cn/',
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppPassword: undefined,
  OAuthUrl: 'https://token.botframework.azure.cn/',
  ToChannelFromBotLoginUrl: 'https://login.partner.microsoftonline.cn/0d9b1a77-4d0e-4c0b-8a52-5f0f5a0c7e21',
  ToChannelFromBotOAuthScope: 'https://api.botframework.azure.cn',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.azure.cn',
  ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
  TRUST_PROXY: '1',
  DATABASE_URL: 'postgres://frontdesk@db.internal/frontdesk',
};

const findings = (env: Environment): readonly Finding[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.findings;
    throw error;
  }
};
const names = (env: Environment) => findings(env).map(({ setting }) => setting);

describe('production', () => {
  test.each([
    ['worldwide', GOOD],
    ['Azure China', CHINA],
  ] as const)('a good one starts: %s', (_name, env) => {
    const config = readConfig(env);
    expect([config.mode, config.botAuthentication, config.loopbackServices, config.loopbackEmbeds]).toEqual([
      'production',
      true,
      false,
      false,
    ]);
    expect(config.signingKeys.map(({ kid, secret: bytes }) => [kid, bytes.length])).toEqual([
      ['b', 32],
      ['a', 32],
    ]);
    expect(config.serviceHosts).toEqual(['smba.trafficmanager.net', 'directline.botframework.com']);
    expect(Object.isFrozen(config)).toBe(true);
  });

  const one = `one:${Buffer.alloc(32, 7).toString('base64url')}`;
  const pair = key('a');
  const open = folder();
  chmodSync(open, 0o777);
  const openFile = folder();
  writeFileSync(join(openFile, 'frontdesk.db'), '');
  chmodSync(join(openFile, 'frontdesk.db'), 0o666);
  test.each<[string, string, string | undefined]>([
    ['MicrosoftAppId', 'missing', undefined],
    ['MicrosoftAppId', 'empty', ''],
    ['MicrosoftAppId', 'blank', '   '],
    ['MicrosoftAppId', 'no GUID', 'frontdesk'],
    ['MicrosoftAppId', 'the example', '11111111-2222-3333-4444-555555555555'],
    ['MicrosoftAppId', 'zeros', '00000000-0000-0000-0000-000000000000'],
    ['MicrosoftAppPassword', 'missing', undefined],
    ['MicrosoftAppPassword', 'blank', ' \t '],
    ['MicrosoftAppPassword', 'short', 'abc123'],
    ['MicrosoftAppPassword', 'default', 'changeme-changeme-changeme'],
    ['MicrosoftAppPassword', 'spaces around', ` ${secret()}`],
    ['MicrosoftAppType', 'missing', undefined],
    ['MicrosoftAppType', 'unknown', 'Multi'],
    ['MicrosoftAppTenantId', 'missing', undefined],
    ['MicrosoftAppTenantId', 'no GUID', 'contoso.onmicrosoft.com'],
    ['TOKEN_SIGNING_KEYS', 'missing', undefined],
    ['TOKEN_SIGNING_KEYS', 'short', key('a', 16)],
    ['TOKEN_SIGNING_KEYS', 'one repeated byte', one],
    ['TOKEN_SIGNING_KEYS', 'no key id', randomBytes(32).toString('base64url')],
    ['TOKEN_SIGNING_KEYS', 'same key id twice', `${pair},${key('a')}`],
    ['TOKEN_SIGNING_KEYS', 'second one short', `${pair},${key('b', 8)}`],
    ['PUBLIC_URL', 'missing', undefined],
    ['PUBLIC_URL', 'http', 'http://desk.contoso.com'],
    ['PUBLIC_URL', 'loopback', 'https://localhost:3978'],
    ['PUBLIC_URL', 'with a path', 'https://desk.contoso.com/desk'],
    ['PUBLIC_URL', 'no address', 'desk.contoso.com'],
    ['ALLOWED_SERVICE_HOSTS', 'missing', undefined],
    ['ALLOWED_SERVICE_HOSTS', 'wildcard', '*.botframework.com'],
    ['ALLOWED_SERVICE_HOSTS', 'shared suffix', 'trafficmanager.net'],
    ['ALLOWED_SERVICE_HOSTS', 'loopback', 'smba.trafficmanager.net,127.0.0.1:8080'],
    ['ALLOWED_SERVICE_HOSTS', 'an address', '10.0.0.7'],
    ['ALLOWED_SERVICE_HOSTS', 'with a scheme', 'https://smba.trafficmanager.net'],
    ['ALLOWED_SERVICE_HOSTS', 'commas only', ', ,'],
    ['EMBED_ORIGINS', 'wildcard', '*'],
    ['EMBED_ORIGINS', 'wildcard host', 'https://*.contoso.com'],
    ['EMBED_ORIGINS', 'http', 'http://admin.contoso.com'],
    ['EMBED_ORIGINS', 'with a path', 'https://admin.contoso.com/home'],
    ['EMBED_ORIGINS', 'empty', ''],
    ['DESK_OIDC_ISSUER', 'missing', undefined],
    ['DESK_OIDC_ISSUER', 'http', 'http://login.contoso.com'],
    ['DESK_OIDC_ISSUER', 'the example', 'https://login.microsoftonline.com/<tenant>/v2.0'],
    ['DESK_OIDC_ISSUER', 'everybody’s tenant', 'https://login.microsoftonline.com/common/v2.0'],
    ['DESK_OIDC_ISSUER', 'a domain, which no token names', 'https://login.microsoftonline.com/contoso.com/v2.0'],
    ['DESK_OIDC_CLIENT_ID', 'missing', undefined],
    ['DESK_ADMIN_ROLE', 'the same as the agents’', 'Frontdesk.Agent'],
    ['DESK_OIDC_CLIENT_SECRET', 'missing', undefined],
    ['DESK_OIDC_CLIENT_SECRET', 'simple', 'aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['METRICS_TOKEN', 'placeholder', 'your-metrics-token-here'],
    ['ToBotFromChannelOpenIdMetadataUrl', 'http', 'http://login.contoso.com/keys'],
    ['ToChannelFromBotLoginUrl', 'trailing comma of the docs', 'https://login.partner.microsoftonline.cn/x,'],
    ['ValidateAuthority', 'off', 'false'],
    ['MAIL_FROM', 'missing', undefined],
    ['MAIL_FROM', 'no address', 'Contoso Support'],
    ['MAIL_FROM', 'two addresses', 'a@contoso.com, b@contoso.com'],
    ['MAIL_FROM', 'half a bracket', 'Support <support@contoso.com'],
    ['SMTP_URL', 'missing', undefined],
    ['SMTP_URL', 'another scheme', 'https://smtp.contoso.com'],
    ['SMTP_URL', 'a user without password', 'smtps://frontdesk@smtp.contoso.com'],
    ['SMTP_URL', 'a password that is not percent-encoded', 'smtps://frontdesk:50%off@smtp.contoso.com'],
    ['SMTP_URL', 'an option that turns checks off', 'smtp://smtp.contoso.com?ignoreTLS=true'],
    ['FRONTDESK_UNSAFE_LOCAL', 'on', '1'],
    ['PORT', 'no number', '3978;'],
    ['PORT', 'too large', '70000'],
    ['LIMIT_BODY_BYTES', 'nothing at all', '0'],
    ['LIMIT_BODY_BYTES', 'exponent', '1e9'],
    ['DATABASE_URL', 'another engine', 'mysql://db'],
    ['DATA_DIR', 'folder writable by all', open],
    ['DATA_DIR', 'file writable by all', openFile],
  ])('refused: %s %s', (setting, _why, value) => {
    const found = findings({ ...GOOD, [setting]: value });
    expect(found.map((finding) => finding.setting)).toContain(setting);
    expect(new Set(found.map((finding) => finding.setting)).size).toBe(1);
    expect(found[0]?.problem).toMatch(/\w{2}/);
    expect(found[0]?.remedy).toMatch(/\w{5}/);
  });

  test('the desk’s sign-in in local mode needs all of its parts, and the address to come back to', () => {
    const { DESK_OIDC_ISSUER, DESK_OIDC_CLIENT_ID } = GOOD;
    const found = names({ DATA_DIR: folder(), DESK_OIDC_ISSUER, DESK_OIDC_CLIENT_ID });
    expect(found).toEqual(['DESK_OIDC_CLIENT_SECRET', 'PUBLIC_URL']);
  });

  test('NODE_ENV with a typing mistake does not quietly become local mode', () => {
    for (const mode of ['Production', 'prod', 'production ', 'staging'])
      expect(names({ ...GOOD, NODE_ENV: mode })).toContain('NODE_ENV');
  });

  test('all that is missing is told at once', () => {
    expect(names({ NODE_ENV: 'production' })).toEqual(
      expect.arrayContaining([
        'MicrosoftAppId',
        'TOKEN_SIGNING_KEYS',
        'PUBLIC_URL',
        'ALLOWED_SERVICE_HOSTS',
        'DESK_OIDC_ISSUER',
      ]),
    );
  });

  test('no value is ever repeated', () => {
    for (const name of Object.keys(GOOD).filter((it) => it !== 'NODE_ENV')) {
      const canary = `canary ${name} <*>`;
      const error = new ConfigError(findings({ ...GOOD, [name]: canary }));
      expect(error.message === '' || error.message.includes(name)).toBe(true);
      expect(`${error.message}${JSON.stringify(error)}${error.stack ?? ''}`).not.toContain('canary');
    }
  });
});

test.each([
  ['smtps://u%40contoso.com:p%3Aw%25d@smtp.contoso.com', 'smtp.contoso.com', 465, true, 'u@contoso.com', 'p:w%d'],
  ['smtp://relay.contoso.com', 'relay.contoso.com', 587, false, undefined, undefined],
  ['smtp://[::1]:2525/', '::1', 2525, false, undefined, undefined],
] as const)('the mail server of %s', (url, ...expected) => {
  const { mail } = readConfig({ DATA_DIR: folder(), SMTP_URL: url, MAIL_FROM: 'support@contoso.com' });
  expect([mail?.host, mail?.port, mail?.secure, mail?.user, mail?.password]).toEqual(expected);
  expect(mail?.from).toEqual({ name: '', address: 'support@contoso.com' });
});

describe('ticket system', () => {
  const guid = '3b0f3d0e-1c55-4f3b-9a0d-7d3c9f0f6a21';
  const azure = {
    AZURE_SUPPORT_SUBSCRIPTION: guid,
    AZURE_SUPPORT_TENANT: guid,
    AZURE_SUPPORT_CLIENT_ID: guid,
    AZURE_SUPPORT_CLIENT_SECRET: secret(),
    AZURE_SUPPORT_MAIL: 'desk@contoso.com',
  };
  const instance = { SERVICENOW_URL: 'https://contoso.service-now.com/' };
  const account = { SERVICENOW_USER: 'frontdesk', SERVICENOW_PASSWORD: 'x' };
  const hook = { WEBHOOK_URL: 'https://tickets.contoso.com/hook', WEBHOOK_SECRET: secret() };

  test.each([
    ['nothing is connected', {}, { system: 'built-in' }],
    ['webhook', hook, { system: 'webhook', url: hook.WEBHOOK_URL }],
    [
      'servicenow',
      { ...instance, ...account },
      { instance: 'https://contoso.service-now.com', account: { user: 'frontdesk' } },
    ],
    [
      'servicenow',
      { ...instance, SERVICENOW_CLIENT_ID: 'app', SERVICENOW_CLIENT_SECRET: secret() },
      { account: { clientId: 'app' } },
    ],
    ['azure-support', azure, { subscription: guid, cloud: 'worldwide', deskMail: 'desk@contoso.com' }],
  ])('%s with all that it needs', (system, env, expected) => {
    const chosen = system === 'nothing is connected' ? {} : { TICKET_SYSTEM: system };
    expect(readConfig({ ...GOOD, ...chosen, ...env }).tickets).toMatchObject(expected);
  });

  test.each([
    ['webhook', {}, ['WEBHOOK_URL', 'WEBHOOK_SECRET']],
    ['webhook', { ...hook, WEBHOOK_URL: 'http://tickets.contoso.com' }, ['WEBHOOK_URL']],
    ['webhook', { ...hook, WEBHOOK_SECRET: 'short' }, ['WEBHOOK_SECRET']],
    ['servicenow', account, ['SERVICENOW_URL']],
    ['servicenow', instance, ['SERVICENOW_USER', 'SERVICENOW_PASSWORD']],
    ['servicenow', { ...instance, SERVICENOW_CLIENT_ID: 'app' }, ['SERVICENOW_CLIENT_SECRET']],
    ['servicenow', { ...account, SERVICENOW_URL: 'https://contoso.service-now.com/api' }, ['SERVICENOW_URL']],
    ['azure-support', { ...azure, AZURE_SUPPORT_MAIL: 'a@b, c@d' }, ['AZURE_SUPPORT_MAIL']],
    ['azure-support', { ...azure, AZURE_SUPPORT_TENANT: undefined }, ['AZURE_SUPPORT_TENANT']],
    ['jira', {}, ['TICKET_SYSTEM']],
  ])('%s: what is missing or wrong is named', (system, env, expected) => {
    expect(names({ ...GOOD, TICKET_SYSTEM: system, ...env })).toEqual(expected);
  });
});

describe('local mode', () => {
  test('nothing needs to be set', () => {
    const config = readConfig({ DATA_DIR: folder() });
    expect([config.mode, config.PORT, config.HOST, config.botAuthentication]).toEqual([
      'local',
      3978,
      '127.0.0.1',
      false,
    ]);
    expect([config.loopbackServices, config.loopbackEmbeds, config.serviceHosts]).toEqual([true, true, []]);
    expect([config.LIMIT_BODY_BYTES, config.LIMIT_BODY_DEPTH, config.LIMIT_DRAIN_MS]).toEqual([262_144, 64, 10_000]);
  });

  test('a list that is set is the whole list: loopback is not added', () => {
    const config = readConfig({
      DATA_DIR: folder(),
      ALLOWED_SERVICE_HOSTS: 'smba.trafficmanager.net',
      EMBED_ORIGINS: 'https://a.example',
    });
    expect([config.loopbackServices, config.loopbackEmbeds]).toEqual([false, false]);
  });

  test('its signing key is made once, kept for its owner alone, and survives a restart', () => {
    const DATA_DIR = join(folder(), 'new');
    const [first] = readConfig({ DATA_DIR }).signingKeys;
    const file = join(DATA_DIR, 'signing-key');
    expect([first?.secret.length, statSync(file).mode & 0o777]).toEqual([32, 0o600]);
    chmodSync(file, 0o644);
    expect(readConfig({ DATA_DIR }).signingKeys[0]).toEqual(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readConfig({ DATA_DIR: folder() }).signingKeys[0]).not.toEqual(first);
    writeFileSync(file, 'damaged');
    expect(names({ DATA_DIR })).toEqual(['DATA_DIR']);
  });

  test('the sample people stay on this machine unless somebody says otherwise', () => {
    const DATA_DIR = folder();
    for (const HOST of ['0.0.0.0', '::', '192.168.1.5', 'desk.contoso.com']) {
      expect(names({ DATA_DIR, HOST })).toEqual(['HOST']);
      expect(readConfig({ DATA_DIR, HOST, FRONTDESK_UNSAFE_LOCAL: '1' }).HOST).toBe(HOST);
    }
    for (const HOST of ['localhost', '::1', '127.0.0.2']) expect(names({ DATA_DIR, HOST })).toEqual([]);
  });

  test('half of the bot’s credentials is a mistake, not "authentication off"', () => {
    const DATA_DIR = folder();
    expect(names({ DATA_DIR, MicrosoftAppId: GOOD['MicrosoftAppId'] })).toEqual(['MicrosoftAppPassword']);
    expect(names({ DATA_DIR, MicrosoftAppPassword: GOOD['MicrosoftAppPassword'] })).toEqual(['MicrosoftAppId']);
    expect(names({ DATA_DIR, MicrosoftAppId: '', MicrosoftAppPassword: '' })).toEqual([]);
  });
});

test('Node.js before 24 is refused', () => {
  for (const version of ['v20.20.2', 'v22.18.0', 'v23.11.1', 'v8.0.0', 'nonsense'])
    expect(() => checkRuntime(version)).toThrow(ConfigError);
  for (const version of ['v24.0.0', 'v25.1.0', process.version]) expect(() => checkRuntime(version)).not.toThrow();
});

test('every setting has a row in the table, with a meaning and an example', () => {
  const rows = settingsTable().split('\n').slice(2);
  const config = readConfig({ DATA_DIR: folder() });
  expect(rows.length).toBe(Object.keys(config).filter((name) => /^[A-Z]/.test(name) || name === 'NODE_ENV').length);
  for (const row of rows) expect(row).toMatch(/^\| `\w+` \| [^|]{8,} \| (–|`[^`]+`) \| `.+` \|$/);
});

const README = new URL('../../README.md', import.meta.url);
test.skipIf(!existsSync(README))('the README shows this table', () => {
  expect(readFileSync(README, 'utf8')).toContain(settingsTable());
});
