import type { Cloud } from '#src/intake/vouched.ts';
import { teamsCloudOf } from './graph.ts';
import { z } from 'zod';
import { languageSchema } from '#knowledge/schema.ts';
import { may, set } from './setting.ts';
import type { ValuesOf } from './setting.ts';
import { hosts, publicUrl, text, whole } from './values.ts';

const seconds = (title: string, meaning: string, byDefault: number) =>
  set(whole(1, 1_000_000), title, meaning, [String(byDefault), String(byDefault)]);

const RATES = /^\d{1,6}\/\d{1,6}(,\d{1,6}\/\d{1,6})*$/;
/** `messages/seconds`, comma separated. */
const rates = z
  .string()
  .regex(RATES, 'must be like 7/1,8/2: messages/seconds')
  .transform((all) =>
    all.split(',').map((part) => {
      const [count = 0, within = 0] = part.split('/').map(Number);
      return { count, ms: within * 1_000 };
    }),
  );

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
  TEAMS_RATES: set(
    rates,
    'Messages to Teams',
    'So many in so many seconds that one conversation is sent at most, by all instances together; Microsoft may change its own limits',
    ['7/1,8/2,60/30,1800/3600', '7/1,8/2,60/30,1800/3600'],
  ),
  TEAMS_TENANT_RATES: set(
    rates,
    'Messages to an organization',
    'So many in so many seconds that all conversations of one organization are sent at most, by each instance: of several, give each its share',
    ['50/1', '25/1'],
  ),
  NOTICE_CHANNEL: may(
    z.string().regex(/^19:[^;\s]{1,200}$/, 'must be a channel’s id, such as 19:…@thread.tacv2'),
    'Agents’ channel',
    'Channel of a team in which the bot is installed: told of people who wait, of level A, of broken promises',
    '19:0123456789abcdef@thread.tacv2',
  ),
  NOTICE_LANGUAGE: set(languageSchema, 'Language there', 'en, zh-CN or ja', ['en', 'ja']),
  NOTICE_AFTER_S: seconds('Notice', 'seconds that somebody waits before the channel is told; of level A at once', 60),
  NOTICE_AGAIN_S: seconds(
    'Notice again',
    'seconds until it is told again, and then to one person after the other',
    300,
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
