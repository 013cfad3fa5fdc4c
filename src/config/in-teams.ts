import type { Cloud } from '#src/intake/vouched.ts';
import { teamsCloudOf } from './graph.ts';
import { may, set } from './setting.ts';
import type { ValuesOf } from './setting.ts';
import { hosts, publicUrl, text } from './values.ts';

/** What the bot needs to know of Teams itself. */
export const IN_TEAMS = {
  TEAMS_URL: set(publicUrl, 'Teams', 'Where links into Teams begin; 21Vianet has an address of its own', [
    'https://teams.microsoft.com',
    'https://teams.microsoftonline.cn',
  ]),
  TEAMS_FILE_HOSTS: set(
    hosts,
    'Files of Teams',
    'Hosts, with all below them, from which files that people send are fetched; 21Vianet: `sharepoint.cn`',
    ['sharepoint.com', 'sharepoint.cn'],
  ),
  TEAMS_OAUTH_CONNECTION: may(
    text,
    'Sign-in in Teams',
    'OAuth connection of the bot’s registration, for Microsoft Graph in the person’s name; without it, people are asked',
    'graph',
  ),
} as const;

/** How people sign in to the bot in Teams. */
export interface SignInConfig {
  readonly appId: string;
  readonly connection: string;
  /** The cloud whose people they are. */
  readonly cloud: Cloud;
  /** For a connection whose tokens are for the bot's own app, and are exchanged for Graph's. */
  readonly app: { readonly clientId: string; readonly secret: string } | null;
}

type Values = ValuesOf<typeof IN_TEAMS> &
  Parameters<typeof teamsCloudOf>[0] & {
    readonly MicrosoftAppId?: string | undefined;
    readonly MicrosoftAppPassword?: string | undefined;
  };

/** null: nobody can sign in. */
export function signInConfig(values: Values): SignInConfig | null {
  const { TEAMS_OAUTH_CONNECTION: connection, MicrosoftAppId: appId, MicrosoftAppPassword: secret } = values;
  if (connection === undefined || appId === undefined) return null;
  const app = secret === undefined ? null : { clientId: appId, secret };
  return { appId, connection, cloud: teamsCloudOf(values), app };
}
