import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import type { Config } from '#src/config.ts';

/** The public cloud's values; another cloud (21Vianet) states its own in the settings. */
const PUBLIC_LOGIN = 'https://login.microsoftonline.com/';
const PUBLIC_SCOPE = 'https://api.botframework.com';

/** The settings that carry botbuilder's own names, as its classes read them. */
export function botSettings(config: Config): Record<string, string> {
  const named = Object.entries(config).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(named.filter(([name]) => /^(MicrosoftApp|To|OAuth|Bot|Call|Channel|Validate)/.test(name)));
}

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
  return async () => {
    source ??= factory.createCredentials(appId, scope, login, true).then(asTokenSource);
    return `Bearer ${await (await source).getToken()}`;
  };
}

function hasToken(credentials: object): credentials is TokenSource {
  return 'getToken' in credentials && typeof credentials.getToken === 'function';
}

function asTokenSource(credentials: object): TokenSource {
  if (hasToken(credentials)) return credentials;
  throw new Error('the SDK gave credentials that have no token');
}
