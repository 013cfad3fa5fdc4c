import { createHash } from 'node:crypto';
import { z } from 'zod';
import { address, guid, host, version, words } from './schema.ts';

/** The two apps: for people with a question, and for the agents who answer. */
export const APPS = ['customer', 'agent'] as const;
export type AppName = (typeof APPS)[number];

/** What the packages say besides the words: settings of the server, and what its operator adds. */
export interface Facts {
  /** The bot's app id, a GUID; also the id of the customer app in Teams. */
  readonly appId: string | undefined;
  /** Origin of the server as Teams reaches it. */
  readonly publicUrl: string | undefined;
  /** Teams shows who offers the app, and their pages on privacy and terms of use. */
  readonly developer: string | undefined;
  readonly privacy: string | undefined;
  readonly terms: string | undefined;
  /** Teams takes an update only with a higher one. */
  readonly version: string | undefined;
  /** Whose Teams it is for. */
  readonly cloud: string | undefined;
  /** `tabs`: without the bot, where Teams takes none. */
  readonly parts: string | undefined;
  /** App registrations of the single sign-on; without one, that app does without. */
  readonly signOnId?: string | undefined;
  readonly deskSignOnId?: string | undefined;
}

const publicUrl = address
  .refine((text) => URL.parse(text)?.pathname === '/', 'must have no path')
  .refine((text) => host.safeParse(URL.parse(text)?.host).success, 'must name a host')
  .transform((text) => new URL(text).origin);

const factsSchema = z.object({
  appId: guid,
  publicUrl,
  developer: words(32),
  privacy: address,
  terms: address,
  version,
  cloud: z.enum(['worldwide', 'china'], 'must be worldwide or china'),
  parts: z.enum(['all', 'tabs'], 'must be all or tabs'),
  signOnId: guid.optional(),
  deskSignOnId: guid.optional(),
});

/** How each is set. */
const NAMES: Readonly<Record<string, string>> = {
  appId: 'MicrosoftAppId',
  publicUrl: 'PUBLIC_URL',
  developer: 'TEAMS_DEVELOPER (or --developer)',
  privacy: 'TEAMS_PRIVACY_URL (or --privacy)',
  terms: 'TEAMS_TERMS_URL (or --terms)',
  version: 'TEAMS_APP_VERSION (or --version)',
  cloud: 'TEAMS_CLOUD',
  parts: 'TEAMS_PARTS',
  signOnId: 'TEAMS_SSO_APP_ID',
  deskSignOnId: 'DESK_OIDC_CLIENT_ID',
};

/** The Bot Framework's token service of each cloud: the sign-in that a card opens is shown from there. */
const TOKEN_HOST = { worldwide: 'token.botframework.com', china: 'token.botframework.azure.cn' } as const;

/** What fills the gaps of one app's manifest; undefined: that part of the manifest is left out. */
export type Gaps = Readonly<Record<string, string | undefined>>;

export type ReadFacts =
  | { readonly gaps: Readonly<Record<AppName, Gaps>>; readonly hasBot: boolean }
  | { readonly problems: readonly string[] };

/** Everything that the two manifests are filled with, or each fact that is missing or wrong, named as who packs knows it. */
export function readFacts(given: Facts): ReadFacts {
  const read = factsSchema.safeParse(given);
  if (!read.success) return { problems: read.error.issues.map((issue) => problemOf(given, issue)) };
  const { signOnId, deskSignOnId, cloud, parts, ...facts } = read.data;
  const publicHost = new URL(facts.publicUrl).host;
  const common = { ...facts, publicHost, tokenHost: TOKEN_HOST[cloud], agentId: agentIdOf(facts.appId) };
  // The form that Teams wants where the app has a bot; an app of its own for the desk has none.
  const ofBot = `api://${publicHost}/botid-${facts.appId}`;
  const ofDesk = deskSignOnId === facts.appId ? ofBot : `api://${publicHost}/${deskSignOnId ?? ''}`;
  return {
    hasBot: parts === 'all',
    gaps: {
      customer: { ...common, signOnId, signOnResource: signOnId && ofBot },
      agent: { ...common, signOnId: deskSignOnId, signOnResource: deskSignOnId && ofDesk },
    },
  };
}

function problemOf(given: Facts, { path, message }: z.core.$ZodIssue): string {
  const [fact = ''] = path.map(String);
  const isSet = Object.entries(given).some(([name, value]) => name === fact && value !== undefined);
  return `${NAMES[fact] ?? fact} ${isSet ? message : 'is not set'}.`;
}

/** The agent app's id: another than the customer app's, and the same one at each packing (RFC 9562, version 8). */
function agentIdOf(appId: string): string {
  const hex = createHash('sha256').update(`frontdesk agent app ${appId.toLowerCase()}`).digest('hex').slice(0, 32);
  const marked = `${hex.slice(0, 12)}8${hex.slice(13, 16)}8${hex.slice(17)}`;
  return marked.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
