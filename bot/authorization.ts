import { ConfigurationBotFrameworkAuthentication, ConfigurationServiceClientCredentialFactory } from 'botbuilder-core';
import type { Config } from '#src/config.ts';
import { keepKeys } from './channel-keys.ts';
import { within } from './deadline.ts';

/** The public cloud's values; another cloud (21Vianet) states its own in the settings. */
const PUBLIC_LOGIN = 'https://login.microsoftonline.com/';
const PUBLIC_SCOPE = 'https://api.botframework.com';
const PUBLIC_KEYS = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/** What the SDK fills in by itself only where none of these is set: one that is set alone must not unset the others. */
const PUBLIC_CLOUD = {
  ToChannelFromBotLoginUrl: `${PUBLIC_LOGIN}botframework.com`,
  ToChannelFromBotOAuthScope: PUBLIC_SCOPE,
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  ToBotFromEmulatorOpenIdMetadataUrl: `${PUBLIC_LOGIN}botframework.com/v2.0/.well-known/openid-configuration`,
  OAuthUrl: 'https://api.botframework.com',
};

/** The settings that carry botbuilder's own names, as its classes read them. */
export function botSettings(config: Config): Record<string, string> {
  const named = Object.entries(config).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const given = named.filter(([name]) => /^(MicrosoftApp|To|OAuth|Bot|Call|Channel|Validate)/.test(name));
  const settings: Record<string, string> = Object.fromEntries(given);
  const { BotOpenIdMetadata: older } = settings;
  const keys = settings['ToBotFromChannelOpenIdMetadataUrl'] ?? older ?? PUBLIC_KEYS;
  const own = given.some(([name]) => /^(To|OAuth|BotOpenId)/.test(name));
  return own ? { ...PUBLIC_CLOUD, ToBotFromChannelOpenIdMetadataUrl: keys, ...settings } : settings;
}

/** The SDK's checks and clients. Its clients try again by themselves, for longer than anybody waits: that is switched off. */
export function botAuthentication(config: Config): ConfigurationBotFrameworkAuthentication {
  const options = { noRetryPolicy: true };
  const settings = botSettings(config);
  keepKeys(settings['ToBotFromChannelOpenIdMetadataUrl'] ?? PUBLIC_KEYS);
  return new ConfigurationBotFrameworkAuthentication(settings, undefined, undefined, undefined, options);
}

/** The sign-in service is asked without a deadline of the SDK's. */
const TOKEN_WITHIN_MS = 10_000;

interface TokenSource {
  getToken(): Promise<string>;
}

/**
 * The Authorization header for calls to the connector. Tokens are got and kept by the SDK's credentials; the one who calls
 * makes sure that the service is an allowed one before asking. Null where the bot has no credentials (local mode).
 */
export function connectorAuthorization(config: Config): () => Promise<string | null> {
  const appId = config.MicrosoftAppId;
  if (appId === undefined) return () => Promise.resolve(null);
  const factory = new ConfigurationServiceClientCredentialFactory(botSettings(config));
  const scope = config.ToChannelFromBotOAuthScope ?? PUBLIC_SCOPE;
  const login =
    config.ToChannelFromBotLoginUrl ?? `${PUBLIC_LOGIN}${config.MicrosoftAppTenantId ?? 'botframework.com'}`;
  let source: Promise<TokenSource> | undefined;
  let asked: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    source ??= factory.createCredentials(appId, scope, login, true).then(asTokenSource);
    return `Bearer ${await within(TOKEN_WITHIN_MS, (await source).getToken())}`;
  };
  return () => {
    // The SDK keeps a token until it ends, but asks once for each who waits for a new one: here they share one question.
    asked ??= ask().finally(() => (asked = undefined));
    return asked;
  };
}

function hasToken(credentials: object): credentials is TokenSource {
  return 'getToken' in credentials && typeof credentials.getToken === 'function';
}

function asTokenSource(credentials: object): TokenSource {
  if (hasToken(credentials)) return credentials;
  throw new Error('the SDK gave credentials that have no token');
}
