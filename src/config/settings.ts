import { z } from 'zod';
import { flag, host, hosts, issuer, origins, publicUrl, signingKeys, text, url, whole } from './values.ts';
import { GRAPH } from './graph.ts';
import { IN_TEAMS } from './in-teams.ts';
import { DESK } from './desk.ts';
import { LIMITS } from './limits.ts';
import { MAIL } from './mail.ts';
import { may, set } from './setting.ts';
import { TEAMS } from './teams.ts';
import { TICKETS } from './tickets.ts';

const SERVER = {
  NODE_ENV: set(
    z.enum(['development', 'test', 'production']),
    'Mode',
    '`production` turns the sample people off and every check on; anything else is local mode',
    ['development', 'production'],
  ),
  PORT: set(whole(0, 65_535), 'Port', 'TCP port to listen on; 0 takes a free one', ['3978', '8080']),
  HOST: set(host, 'Address to bind', 'In local mode only a loopback address', ['127.0.0.1', '0.0.0.0']),
  DATA_DIR: set(text, 'Data folder', 'Where SQLite and the local signing key are kept', ['data', '/var/lib/frontdesk']),
  CALENDAR_DIR: may(
    text,
    'Own calendars',
    'Folder with years of working days that you supply, see “How to”; they win over the ones that come along',
    '/etc/frontdesk/calendars',
  ),
  DATABASE_URL: may(
    z.string().regex(/^postgres(ql)?:\/\/\S+$/, 'must begin with postgres://'),
    'PostgreSQL',
    'Used instead of SQLite; needed for several instances',
    'postgres://frontdesk@db/frontdesk',
  ),
  PUBLIC_URL: may(
    publicUrl,
    'Public address',
    'The address under which people reach this server; https in production',
    'https://desk.contoso.com',
  ),
  TRUST_PROXY: set(
    whole(0, 5),
    'Proxies in front',
    'How many proxies of yours append to X-Forwarded-For; 0 believes nobody',
    ['0', '1'],
  ),
  FRONTDESK_UNSAFE_LOCAL: set(
    flag,
    'Open local mode',
    '1 lets local mode, with its sample people and no sign-in, bind a reachable address',
    ['0', '1'],
  ),
  LOG_LEVEL: set(z.enum(['debug', 'info', 'warn', 'error', 'silent']), 'Log level', 'Least level that is written', [
    'info',
    'warn',
  ]),
  METRICS_TOKEN: may(
    text,
    'Metrics token',
    'Bearer token for `/metrics` from elsewhere; loopback needs none',
    '(16 or more random characters)',
  ),
} as const;

const SAFETY = {
  TOKEN_SIGNING_KEYS: may(
    signingKeys,
    'Token signing keys',
    '`kid:secret` pairs, base64url, 32 bytes or more; the first signs, all verify. Local mode makes one',
    '2027a:(openssl rand -base64 32 | tr +/ -_ | tr -d =)',
  ),
  ALLOWED_SERVICE_HOSTS: may(
    hosts,
    'Hosts that may be called',
    'Exact hosts that an activity’s serviceUrl may name; local mode adds loopback only where it is not set',
    'smba.trafficmanager.net',
  ),
  EMBED_ORIGINS: may(
    origins,
    'Embedding pages',
    'Exact origins that may frame the chat and call it; local mode allows loopback where it is not set',
    'https://admin.contoso.com',
  ),
  CHAT_HOSTS: may(
    text,
    'Host pages that name their user',
    'JSON file: pages whose back end may prove who its user is, and by which keys',
    '/etc/frontdesk/hosts.json',
  ),
  DESK_OIDC_ISSUER: may(
    issuer,
    'Desk sign-in: issuer',
    'Microsoft Entra ID by which agents sign in, with your tenant’s id; 21Vianet: `https://login.partner.microsoftonline.cn/…`',
    'https://login.microsoftonline.com/<tenant id>/v2.0',
  ),
  DESK_OIDC_CLIENT_ID: may(
    text,
    'Desk sign-in: client',
    'Application id registered there',
    '11111111-2222-3333-4444-555555555555',
  ),
  DESK_OIDC_CLIENT_SECRET: may(
    text,
    'Desk sign-in: secret',
    'Secret of that application',
    '(from the app registration)',
  ),
  DESK_AGENT_ROLE: set(text, 'Agent role', 'Value of the `roles` claim that makes somebody an agent', [
    'Frontdesk.Agent',
    'Support.Agent',
  ]),
  DESK_SUPERVISOR_ROLE: set(text, 'Supervisor role', 'Value of the `roles` claim that makes somebody a supervisor', [
    'Frontdesk.Supervisor',
    'Support.Lead',
  ]),
  DESK_ADMIN_ROLE: set(text, 'Admin role', 'Value of the `roles` claim that makes somebody an admin of the desk', [
    'Frontdesk.Admin',
    'Support.Admin',
  ]),
} as const;

/** Names as botbuilder's ConfigurationBotFrameworkAuthentication reads them; those for China are in Microsoft's how-to-deploy-china-cloud. */
const BOT = {
  MicrosoftAppId: may(
    text,
    'Bot app id',
    'Without it, in local mode only, the bot accepts unsigned activities',
    '11111111-2222-3333-4444-555555555555',
  ),
  MicrosoftAppPassword: may(text, 'Bot app secret', 'Secret of that app registration', '(from the app registration)'),
  MicrosoftAppType: may(
    z.enum(['SingleTenant', 'MultiTenant', 'UserAssignedMSI']),
    'Bot app type',
    'As registered',
    'SingleTenant',
  ),
  MicrosoftAppTenantId: may(
    text,
    'Bot app tenant',
    'Tenant of a SingleTenant or UserAssignedMSI app',
    '11111111-2222-3333-4444-555555555555',
  ),
  ToChannelFromBotLoginUrl: may(
    url,
    'Login for the connector',
    'Azure China: its login address with the tenant',
    'https://login.partner.microsoftonline.cn/<tenant>',
  ),
  ToChannelFromBotOAuthScope: may(url, 'Scope of the connector', 'Azure China', 'https://api.botframework.azure.cn'),
  ToBotFromChannelTokenIssuer: may(url, 'Issuer of channel tokens', 'Azure China', 'https://api.botframework.azure.cn'),
  ToBotFromChannelOpenIdMetadataUrl: may(
    url,
    'Keys of channel tokens',
    'Azure China, or a local issuer in tests',
    'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
  ),
  ToBotFromEmulatorOpenIdMetadataUrl: may(
    url,
    'Keys of emulator tokens',
    'Azure China',
    'https://login.partner.microsoftonline.cn/a55a4d5b-9241-49b1-b4ff-befa8db00269/v2.0/.well-known/openid-configuration',
  ),
  BotOpenIdMetadata: may(
    url,
    'Keys, older name',
    'Older name of ToBotFromChannelOpenIdMetadataUrl',
    'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
  ),
  OAuthUrl: may(url, 'User token service', 'Azure China', 'https://token.botframework.azure.cn/'),
  ChannelService: may(
    url,
    'Channel service',
    'Address of a sovereign cloud’s channel service',
    'https://botframework.azure.us',
  ),
  ValidateAuthority: set(flag, 'Validate authority', 'Whether the login host is checked against the known ones', [
    'true',
    'true',
  ]),
} as const;

/** Every setting, in the order of the README's table. */
export const SETTINGS = {
  ...SERVER,
  ...SAFETY,
  ...BOT,
  ...GRAPH,
  ...TEAMS,
  ...IN_TEAMS,
  ...MAIL,
  ...TICKETS,
  ...DESK,
  ...LIMITS,
} as const;
