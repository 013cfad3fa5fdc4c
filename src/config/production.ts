import { readdirSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { GRAPH_PAIRS } from './graph.ts';
import { missingForTickets } from './tickets.ts';
import type { SETTINGS } from './settings.ts';
import type { ValuesOf } from './setting.ts';
import { tenantsOf } from './teams.ts';
import { isLoopback, isWeakSecret } from './values.ts';

export type Values = ValuesOf<typeof SETTINGS>;
/** What could be read; a setting whose value is wrong is absent here and reported elsewhere. */
type Readable = Partial<Values>;
type SettingName = keyof Values;
/** What is wrong with one setting; the remedy is added from the settings' table. */
export type Problem = readonly [setting: SettingName, problem: string];

const SECRETS = [
  'MicrosoftAppPassword',
  'DESK_OIDC_CLIENT_SECRET',
  'METRICS_TOKEN',
  'GRAPH_CLIENT_SECRET',
  'GRAPH_CHINA_CLIENT_SECRET',
  'WEBHOOK_SECRET',
  'SERVICENOW_CLIENT_SECRET',
  'AZURE_SUPPORT_CLIENT_SECRET',
] as const;
const IDS = [
  'TEAMS_SSO_APP_ID',
  'MicrosoftAppId',
  'MicrosoftAppTenantId',
  'GRAPH_CLIENT_ID',
  'GRAPH_CHINA_CLIENT_ID',
] as const;
const ADDRESSES = [
  'PUBLIC_URL',
  'WEBHOOK_URL',
  'SERVICENOW_URL',
  'DESK_OIDC_ISSUER',
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'BotOpenIdMetadata',
  'OAuthUrl',
  'ChannelService',
  'TEAMS_SSO_AUTHORITY',
] as const;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const EXAMPLE_GUID = /^(0{8}-0{4}-0{4}-0{4}-0{12}|11111111-2222-3333-4444-555555555555)$/;

const isWeak = (secret: string | undefined): boolean => secret !== undefined && isWeakSecret(secret);

const needed = (values: Readable): SettingName[] => [
  'PUBLIC_URL',
  'TOKEN_SIGNING_KEYS',
  'ALLOWED_SERVICE_HOSTS',
  'MicrosoftAppId',
  'MicrosoftAppType',
  ...(values.MicrosoftAppType === 'UserAssignedMSI' ? [] : (['MicrosoftAppPassword'] as const)),
  ...(values.MicrosoftAppType === 'MultiTenant' ? [] : (['MicrosoftAppTenantId'] as const)),
  'DESK_OIDC_ISSUER',
  'DESK_OIDC_CLIENT_ID',
  'DESK_OIDC_CLIENT_SECRET',
];

const weakAddresses = (values: Readable): Problem[] =>
  ADDRESSES.flatMap((name): Problem[] => {
    const value = values[name];
    if (value === undefined) return [];
    const { protocol, hostname } = new URL(value);
    if (protocol !== 'https:') return [[name, 'must be https in production']];
    return isLoopback(hostname) ? [[name, 'must not be this machine itself']] : [];
  });

const weakHosts = (hosts: readonly string[]): Problem[] =>
  hosts.some((host) => isLoopback(host.replace(/:\d+$/, '')) || isIP(host.replace(/:\d+$/, '')) !== 0)
    ? [['ALLOWED_SERVICE_HOSTS', 'must name the real hosts of the Bot Framework, no address and not this machine']]
    : [];

const open = (path: string) => ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o002) !== 0;

/** Files that every account of the machine may write can be made to say anything: the database most of all. */
function openData(folder: string): Problem[] {
  try {
    const found = open(folder) || readdirSync(folder).some((name) => open(join(folder, name)));
    return found ? [['DATA_DIR', 'is writable by every account (chmod -R o-w)']] : [];
  } catch {
    return []; // not there yet: storage makes it
  }
}

/** Everything that would make a production server unsafe; no value is repeated in what it says. */
export function unsafeInProduction(values: Readable): Problem[] {
  const missing = needed(values).filter((name) => values[name] === undefined);
  const weak = SECRETS.filter((name) => isWeak(values[name]));
  const ids = IDS.filter((name) => values[name] !== undefined);
  return [
    ...missing.map((name): Problem => [name, 'is missing']),
    ...weak.map((name): Problem => [name, 'is too short, too simple or a placeholder']),
    ...ids.filter((name) => !GUID.test(values[name] ?? '')).map((name): Problem => [name, 'must be a GUID']),
    ...ids.filter((name) => EXAMPLE_GUID.test(values[name] ?? '')).map((name): Problem => [name, 'is the example']),
    ...(EXAMPLE_GUID.test(values.DESK_OIDC_CLIENT_ID ?? '')
      ? [['DESK_OIDC_CLIENT_ID', 'is the example'] as const]
      : []),
    ...weakAddresses(values),
    ...weakHosts(values.ALLOWED_SERVICE_HOSTS ?? []),
    ...((values.EMBED_ORIGINS ?? []).some((origin) => !origin.startsWith('https://'))
      ? [['EMBED_ORIGINS', 'must be https in production'] as const]
      : []),
    ...(values.FRONTDESK_UNSAFE_LOCAL ? [['FRONTDESK_UNSAFE_LOCAL', 'belongs to local mode'] as const] : []),
    ...(values.ValidateAuthority !== false ? [] : [['ValidateAuthority', 'must stay on'] as const]),
    ...openData(values.DATA_DIR ?? ''),
  ];
}

const halfGraph = (values: Readable): Problem[] =>
  GRAPH_PAIRS.flatMap(([id, secret]): Problem[] => {
    if (values[id] !== undefined && values[secret] === undefined) return [[secret, `is missing while ${id} is set`]];
    return values[id] === undefined && values[secret] !== undefined ? [[id, `is missing while ${secret} is set`]] : [];
  });

const halfMail = ({ SMTP_URL: url, MAIL_FROM: from }: Readable): Problem[] => {
  if (url !== undefined && from === undefined) return [['MAIL_FROM', 'is missing while SMTP_URL is set']];
  return url === undefined && from !== undefined ? [['SMTP_URL', 'is missing while MAIL_FROM is set']] : [];
};

const SIGN_IN = ['DESK_OIDC_ISSUER', 'DESK_OIDC_CLIENT_ID', 'DESK_OIDC_CLIENT_SECRET', 'PUBLIC_URL'] as const;
const ROLES = ['DESK_AGENT_ROLE', 'DESK_SUPERVISOR_ROLE', 'DESK_ADMIN_ROLE'] as const;

/** The sign-in of the desk needs all of its parts, and the address to come back to; two roles of one name would be one. */
function halfSignIn(values: Readable): Problem[] {
  const missing = SIGN_IN.filter((name) => values[name] === undefined);
  const isWanted = values.NODE_ENV !== 'production' && SIGN_IN.slice(0, 3).some((name) => values[name] !== undefined);
  const names = ROLES.map((name) => values[name]);
  const same = ROLES.filter((name, at) => values[name] !== undefined && names.indexOf(values[name]) !== at);
  return [
    ...(isWanted ? missing.map((name): Problem => [name, 'is missing while the desk’s sign-in is set']) : []),
    ...same.map((name): Problem => [name, 'is the same as that of another role']),
  ];
}

/** What is wrong in any mode because two settings don't fit each other. */
export function contradictions(values: Readable): Problem[] {
  const { MicrosoftAppId: id, MicrosoftAppPassword: password, MicrosoftAppType: type } = values;
  const local = values.NODE_ENV !== 'production';
  return [
    ...halfGraph(values),
    ...(values.TEAMS_SSO_APP_ID !== undefined && tenantsOf(values) === undefined
      ? [['TEAMS_SSO_TENANTS', 'is missing while TEAMS_SSO_APP_ID is set'] as const]
      : []),
    ...(values.TEAMS_OAUTH_CONNECTION !== undefined && id === undefined
      ? [['MicrosoftAppId', 'is missing while TEAMS_OAUTH_CONNECTION is set'] as const]
      : []),
    ...halfMail(values),
    ...halfSignIn(values),
    ...missingForTickets(values).map((name): Problem => [
      name,
      `is missing while TICKET_SYSTEM is ${values.TICKET_SYSTEM}`,
    ]),
    ...(local && id !== undefined && password === undefined && type !== 'UserAssignedMSI'
      ? [['MicrosoftAppPassword', 'is missing while MicrosoftAppId is set'] as const]
      : []),
    ...(local && id === undefined && password !== undefined
      ? [['MicrosoftAppId', 'is missing while MicrosoftAppPassword is set'] as const]
      : []),
    ...(local && !isLoopback(values.HOST ?? 'localhost') && !values.FRONTDESK_UNSAFE_LOCAL
      ? [
          [
            'HOST',
            'would let others reach the sample people of local mode, who need no sign-in: bind 127.0.0.1, set NODE_ENV=production, or say FRONTDESK_UNSAFE_LOCAL=1',
          ] as const,
        ]
      : []),
  ];
}
