import { HostPagesError, readHostPages, type HostPage } from './config/host-pages.ts';
import { contradictions, unsafeInProduction, type Problem, type Values } from './config/production.ts';
import { graphConfig, type GraphConfig } from './config/graph.ts';
import { signInConfig } from './config/in-teams.ts';
import type { SignInConfig } from './config/in-teams.ts';
import type { LIMITS } from './config/limits.ts';
import { mailConfig, type MailConfig } from './config/mail.ts';
import { SETTINGS } from './config/settings.ts';
import type { Setting, ValuesOf } from './config/setting.ts';
import { teamsSignOn, type TeamsSignOn } from './config/teams.ts';
import { ticketConfig, type TicketConfig } from './config/tickets.ts';
import { localSigningKeys } from './config/signing-key.ts';
import type { SigningKey } from './config/values.ts';

export type { HostPage, SigningKey, TeamsSignOn };
export type Limits = ValuesOf<typeof LIMITS>;
type SettingName = keyof typeof SETTINGS;
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with one setting and what to do about it. Never holds a value. */
export interface Finding {
  readonly setting: string;
  readonly problem: string;
  readonly remedy: string;
}

/** The configuration can't be used; tells everything that is wrong at once, and no value. */
export class ConfigError extends Error {
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super(findings.map(({ setting, problem, remedy }) => `${setting} ${problem}. ${remedy}`).join('\n'));
    this.name = 'ConfigError';
    this.findings = findings;
  }
}

/**
 * Everything that can be set, checked and frozen. All settings are there under their own names (undefined where nothing
 * is set and there is no default); the lower-case ones are worked out from them.
 */
export interface Config extends Values {
  readonly mode: 'local' | 'production';
  /** Never empty: local mode brings its own key. The first signs, all verify. */
  readonly signingKeys: readonly SigningKey[];
  /** Exact hosts (`host` or `host:port`, lower case) that a serviceUrl may name. */
  readonly serviceHosts: readonly string[];
  /** Local mode without ALLOWED_SERVICE_HOSTS: any loopback address may be called, whatever its port. */
  readonly loopbackServices: boolean;
  /** Local mode without EMBED_ORIGINS: pages on this machine may embed the chat, whatever their port. */
  readonly loopbackEmbeds: boolean;
  /** Pages whose back end may say who its user is; empty: none may. */
  readonly hostPages: readonly HostPage[];
  /** Microsoft Graph; null: it is left out. */
  readonly graph: GraphConfig | null;
  /** Single sign-on of the tabs in Teams; null: nobody set it up. */
  readonly teamsSignOn: TeamsSignOn | null;
  /** The mail server; null: mails are kept, and shown on the desk. */
  readonly mail: MailConfig | null;
  /** Where requests go beside our own store. */
  readonly tickets: TicketConfig;
  /** Signing in to the bot, in Teams; null: people are known by what the channel and the app's own Graph tell. */
  readonly signIn: SignInConfig | null;
  /** The made-up people of local mode exist: not in production, and not beside real ones. */
  readonly samplePeople: boolean;
  /** The bot's credentials are there, so activities must be signed. Always true in production. */
  readonly botAuthentication: boolean;
}

const isName = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name);

/** Every setting that has a default was readable, so nothing is undefined that must not be. */
const isComplete = (values: Partial<Values>): values is Values =>
  Object.keys(SETTINGS).every((name) => !isName(name) || SETTINGS[name].default === null || values[name] !== undefined);

const remedyOf = (name: SettingName): string => {
  const { title, meaning, example }: Setting = SETTINGS[name];
  return `${title}: ${meaning}. For example ${example}`;
};

const findingOf = ([setting, problem]: Problem): Finding => ({ setting, problem, remedy: remedyOf(setting) });

/** Reads one setting: its value, or what is wrong with it. An empty one is "not set", except in production. */
function readOne(name: SettingName, env: Environment): { value?: unknown; problem?: string } {
  const { schema, default: byDefault }: Setting = SETTINGS[name];
  const raw = env[name];
  const isSet = raw !== undefined && (raw !== '' || env['NODE_ENV'] === 'production');
  if (isSet && raw.trim() === '') return { problem: 'is set but empty' };
  if (isSet && raw.trim() !== raw) return { problem: 'has spaces around it' };
  const chosen = isSet ? raw : byDefault;
  if (chosen === null) return {};
  const read = schema.safeParse(chosen);
  return read.success ? { value: read.data } : { problem: read.error.issues[0]?.message ?? 'cannot be read' };
}

function readAll(env: Environment): { values: Partial<Values>; problems: Problem[] } {
  const values: Partial<Values> = {};
  const problems: Problem[] = [];
  for (const name of Object.keys(SETTINGS).filter(isName)) {
    const { value, problem } = readOne(name, env);
    Object.assign(values, { [name]: value });
    if (problem !== undefined) problems.push([name, problem]);
  }
  return { values, problems };
}

function keysOf(values: Values): readonly SigningKey[] {
  if (values.TOKEN_SIGNING_KEYS !== undefined) return values.TOKEN_SIGNING_KEYS;
  const keys = localSigningKeys(values.DATA_DIR);
  if (keys !== null) return keys;
  throw new ConfigError([
    {
      setting: 'DATA_DIR',
      problem: 'holds a damaged signing-key file',
      remedy: 'Delete that file; a new one is made.',
    },
  ]);
}

function hostPagesOf({ CHAT_HOSTS: path, EMBED_ORIGINS: embedding }: Values, local: boolean): readonly HostPage[] {
  if (path === undefined) return [];
  try {
    const hosts = readHostPages(path, !local);
    const anywhere = local && embedding === undefined;
    const shut = hosts.find(({ origins }) => !anywhere && origins.some((origin) => !embedding?.includes(origin)));
    if (shut) throw new HostPagesError(`: ${shut.id} has an origin that EMBED_ORIGINS doesn't let in`);
    return hosts;
  } catch (error) {
    if (!(error instanceof HostPagesError)) throw error;
    throw new ConfigError([findingOf(['CHAT_HOSTS', `names a file that cannot be used${error.message}`])]);
  }
}

/**
 * The one checked object that the whole server is built from. Throws `ConfigError` with every finding; in local mode it
 * makes the signing key in DATA_DIR at the first start.
 */
export function readConfig(env: Environment): Config {
  const { values, problems } = readAll(env);
  // What a rule says of a setting that can't even be read would only be noise.
  const broken = new Set(problems.map(([name]) => name));
  const rules = [...contradictions(values), ...(env['NODE_ENV'] === 'production' ? unsafeInProduction(values) : [])];
  const findings = [...problems, ...rules.filter(([name]) => !broken.has(name))].map(findingOf);
  if (findings.length > 0 || !isComplete(values)) throw new ConfigError(findings);
  const local = values.NODE_ENV !== 'production';
  const graph = graphConfig(values);
  return Object.freeze({
    ...values,
    mode: local ? 'local' : 'production',
    signingKeys: keysOf(values),
    serviceHosts: values.ALLOWED_SERVICE_HOSTS ?? [],
    loopbackServices: local && values.ALLOWED_SERVICE_HOSTS === undefined,
    loopbackEmbeds: local && values.EMBED_ORIGINS === undefined,
    hostPages: hostPagesOf(values, local),
    graph,
    teamsSignOn: teamsSignOn(values),
    signIn: signInConfig(values),
    mail: mailConfig(values),
    tickets: ticketConfig(values),
    samplePeople: local && graph === null,
    botAuthentication: values.MicrosoftAppId !== undefined,
  });
}

/** Refuses a Node.js older than 24, before any native module loads: better-sqlite3 dies there without a word. */
export function checkRuntime(version: string): void {
  const major = Number(/^v?(\d+)\./.exec(version)?.[1] ?? 0);
  if (major >= 24) return;
  throw new ConfigError([
    { setting: 'Node.js', problem: 'is older than 24', remedy: 'Start with `npm start`: npm ci brings the right one.' },
  ]);
}

const cell = (text: string) => text.replaceAll('|', '\\|');

/** The README's table of settings, as Markdown. */
export function settingsTable(): string {
  const rows = Object.entries<Setting>(SETTINGS).map(([name, { title, meaning, default: byDefault, example }]) => {
    const shown = byDefault === null ? '–' : `\`${byDefault}\``;
    return `| \`${name}\` | ${cell(title)}: ${cell(meaning)} | ${shown} | \`${cell(example)}\` |`;
  });
  return ['| setting | what for | default | example |', '|---|---|---|---|', ...rows].join('\n');
}
