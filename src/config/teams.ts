import { z } from 'zod';
import type { Cloud } from '#src/intake/vouched.ts';
import { teamsCloudOf } from './graph.ts';
import { may, set } from './setting.ts';
import type { ValuesOf } from './setting.ts';
import { appId, text, url } from './values.ts';

/** Where Microsoft Entra ID signs people in; tokens name it as their issuer. */
const AUTHORITY: Readonly<Record<Cloud, string>> = {
  worldwide: 'https://login.microsoftonline.com',
  china: 'https://login.partner.microsoftonline.cn',
};

/** Where Teams, Outlook and the Microsoft 365 app show a tab; the last is Teams by 21Vianet as one Microsoft page names it. */
const TEAMS_ORIGINS =
  'https://teams.microsoft.com,https://*.cloud.microsoft,https://*.office.com,https://teams.microsoftonline.cn';

const origin = /^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const teamsOrigins = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .refine((all) => all.length > 0, 'names no origin')
  .refine((all) => all.every((one) => origin.test(one)), 'must be origins such as https://teams.microsoft.com')
  .transform((all): readonly string[] => Object.freeze(all));

const tenants = z.union([
  z.literal('any'),
  z.string().transform((value, context): readonly string[] => {
    const all = value.split(',').map((part) => part.trim());
    if (all.every((one) => appId.safeParse(one).success)) return Object.freeze(all.map((one) => one.toLowerCase()));
    context.addIssue({ code: 'custom', message: 'must be tenant ids, comma separated, or any' });
    return z.NEVER;
  }),
]);

/** What the tabs in Teams need, and what the app packages say. */
export const TEAMS = {
  TEAMS_ORIGINS: set(
    teamsOrigins,
    'Hosts of Teams',
    'Origins that may show the chat and the desk as a tab, and whose theme and sign-on are believed',
    [TEAMS_ORIGINS, 'https://teams.microsoft.com'],
  ),
  TEAMS_SSO_APP_ID: may(
    appId,
    'Single sign-on in Teams',
    'App registration that exposes `access_as_user` to Teams, mostly the bot’s own; without it, tabs show visitors',
    '11111111-2222-3333-4444-555555555555',
  ),
  TEAMS_SSO_TENANTS: may(
    tenants,
    'Organizations of the tabs',
    'Tenant ids whose people are believed, or `any`; without it, the one of MicrosoftAppTenantId',
    '11111111-2222-3333-4444-555555555555',
  ),
  TEAMS_SSO_AUTHORITY: may(
    url,
    'Sign-in of the tabs',
    'Issuer of their tokens, without tenant; without it, that of Microsoft Entra ID in the cloud of Teams',
    'https://login.partner.microsoftonline.cn',
  ),
  TEAMS_DEVELOPER: may(text, 'Who offers the app', 'Shown in Teams, 32 characters at most', 'Contoso'),
  TEAMS_PRIVACY_URL: may(url, 'Privacy', 'Your page about privacy; Teams demands it', 'https://contoso.com/privacy'),
  TEAMS_TERMS_URL: may(url, 'Terms', 'Your terms of use; Teams demands them', 'https://contoso.com/terms'),
  TEAMS_APP_VERSION: set(text, 'Version of the app', 'Teams takes an update only with a higher one', [
    '1.0.0',
    '1.0.1',
  ]),
  TEAMS_PARTS: set(
    z.enum(['all', 'tabs']),
    'Parts of the apps',
    '`all`, or `tabs` where Teams takes no bots, as perhaps the one operated by 21Vianet',
    ['all', 'tabs'],
  ),
} as const;

/** Whose sign-on tokens of Teams are believed. */
export interface TeamsSignOn {
  readonly appId: string;
  readonly authority: string;
  readonly cloud: Cloud;
  readonly tenants: readonly string[] | 'any';
}

type TeamsValues = ValuesOf<typeof TEAMS> & {
  readonly MicrosoftAppTenantId?: string | undefined;
} & Parameters<typeof teamsCloudOf>[0];

/** null: tabs do without. */
export function teamsSignOn(values: TeamsValues): TeamsSignOn | null {
  const { TEAMS_SSO_APP_ID: id } = values;
  const allowed = tenantsOf(values);
  if (id === undefined || allowed === undefined) return null;
  const cloud = teamsCloudOf(values);
  const authority = (values.TEAMS_SSO_AUTHORITY ?? AUTHORITY[cloud]).replace(/\/$/, '');
  return { appId: id, authority, cloud, tenants: allowed };
}

/** Whose people are believed; undefined: nobody said. */
export function tenantsOf(
  values: Partial<Pick<TeamsValues, 'TEAMS_SSO_TENANTS' | 'MicrosoftAppTenantId'>>,
): readonly string[] | 'any' | undefined {
  const own = values.MicrosoftAppTenantId?.toLowerCase();
  return values.TEAMS_SSO_TENANTS ?? (own === undefined ? undefined : [own]);
}

/** What an operator gives by hand in place of a setting. */
interface Operator {
  readonly developer?: string | undefined;
  readonly privacy?: string | undefined;
  readonly terms?: string | undefined;
  readonly version?: string | undefined;
}

/**
 * What the app packages are filled with, read from the environment by itself: whoever packs needs none of the server's
 * secrets. Nothing is checked here; an empty setting counts as none.
 */
export function appFacts(env: Readonly<Record<string, string | undefined>>, operator: Operator) {
  const of = (name: string): string | undefined => env[name] || undefined;
  const { developer, privacy, terms, version } = operator;
  const issuer = of('DESK_OIDC_ISSUER') ?? '';
  const isEntra = Object.values(AUTHORITY).some((authority) => issuer.startsWith(`${authority}/`));
  return {
    appId: of('MicrosoftAppId'),
    publicUrl: of('PUBLIC_URL'),
    developer: developer ?? of('TEAMS_DEVELOPER'),
    privacy: privacy ?? of('TEAMS_PRIVACY_URL'),
    terms: terms ?? of('TEAMS_TERMS_URL'),
    version: version ?? of('TEAMS_APP_VERSION') ?? TEAMS.TEAMS_APP_VERSION.default,
    cloud: of('TEAMS_CLOUD') ?? teamsCloudOf(env),
    parts: of('TEAMS_PARTS') ?? TEAMS.TEAMS_PARTS.default,
    signOnId: of('TEAMS_SSO_APP_ID'),
    // Only Entra's own sign-in can be the desk's in Teams, too.
    ...(isEntra && { deskSignOnId: of('DESK_OIDC_CLIENT_ID') }),
  };
}
