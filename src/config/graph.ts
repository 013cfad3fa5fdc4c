import { z } from 'zod';
import type { Cloud } from '#src/intake/vouched.ts';
import { CLOUDS } from '#src/intake/vouched.ts';
import { may } from './setting.ts';
import type { ValuesOf } from './setting.ts';
import { appId, text } from './values.ts';

/** Microsoft Graph: one app registration for each cloud, because a tenant of one can't be asked with an app of the other. */
export const GRAPH = {
  GRAPH_CLIENT_ID: may(
    appId,
    'Graph app',
    'App registration that reads roles, subscriptions and service health; local mode then has no sample people',
    '11111111-2222-3333-4444-555555555555',
  ),
  GRAPH_CLIENT_SECRET: may(text, 'Graph app secret', 'Secret of that app registration', '(from the app registration)'),
  GRAPH_CHINA_CLIENT_ID: may(
    appId,
    'Graph app, 21Vianet',
    'The same in Azure operated by 21Vianet',
    '11111111-2222-3333-4444-555555555555',
  ),
  GRAPH_CHINA_CLIENT_SECRET: may(
    text,
    'Graph app secret, 21Vianet',
    'Secret of that app registration',
    '(from the app registration)',
  ),
  TEAMS_CLOUD: may(
    z.enum(CLOUDS),
    'Cloud of Teams',
    'Where the people of Teams are known; without it China where the bot is registered in Azure China, else worldwide',
    'china',
  ),
} as const;

interface App {
  readonly clientId: string;
  readonly secret: string;
}

/** What of Microsoft Graph is set. */
export interface GraphConfig {
  readonly apps: Readonly<Partial<Record<Cloud, App>>>;
  /** The cloud whose people write in Teams; null: activities aren't signed here, so Teams proves nobody. */
  readonly teamsCloud: Cloud | null;
}

type GraphValues = ValuesOf<typeof GRAPH> & CloudValues & { readonly MicrosoftAppId?: string | undefined };

/** null: Graph is left out. */
export function graphConfig(values: GraphValues): GraphConfig | null {
  const worldwide = appOf(values.GRAPH_CLIENT_ID, values.GRAPH_CLIENT_SECRET);
  const china = appOf(values.GRAPH_CHINA_CLIENT_ID, values.GRAPH_CHINA_CLIENT_SECRET);
  if (!worldwide && !china) return null;
  const teamsCloud = values.MicrosoftAppId === undefined ? null : teamsCloudOf(values);
  return { apps: { ...(worldwide && { worldwide }), ...(china && { china }) }, teamsCloud };
}

function appOf(clientId: string | undefined, secret: string | undefined): App | undefined {
  return clientId === undefined || secret === undefined ? undefined : { clientId, secret };
}

interface CloudValues {
  readonly TEAMS_CLOUD?: Cloud | undefined;
  readonly ToBotFromChannelTokenIssuer?: string | undefined;
  readonly ToChannelFromBotOAuthScope?: string | undefined;
}

/** Where the people of Teams are known. A bot of Azure China names its hosts there (how-to-deploy-china-cloud). */
export function teamsCloudOf(values: CloudValues): Cloud {
  const { TEAMS_CLOUD: named, ToBotFromChannelTokenIssuer: issuer, ToChannelFromBotOAuthScope: scope } = values;
  const isChina = [issuer, scope].some((place) => URL.parse(place ?? '')?.hostname.endsWith('.azure.cn'));
  return named ?? (isChina ? 'china' : 'worldwide');
}

/** An id without its secret, or the other way round: the setting that is missing and its companion. */
export const GRAPH_PAIRS = [
  ['GRAPH_CLIENT_ID', 'GRAPH_CLIENT_SECRET'],
  ['GRAPH_CHINA_CLIENT_ID', 'GRAPH_CHINA_CLIENT_SECRET'],
] as const;
