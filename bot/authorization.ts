import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import type { Config } from '#src/config.ts';

/** The public cloud's values; another cloud (21Vianet) states its own in the settings. */
const PUBLIC_LOGIN = 'https://login.microsoftonline.com/';
const PUBLIC_SCOPE = 'https://api.botframework.com';

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
  const factory = new ConfigurationServiceClientCredentialFactory({ ...config });
  const scope = config.ToChannelFromBotOAuthScope ?? PUBLIC_SCOPE;
  const login = config.ToChannelFromBotLoginUrl ?? `${PUBLIC_LOGIN}${config.MicrosoftAppTenantId ?? 'botframework.com'}`;
  let source: Promise<TokenSource> | undefined;
  return async () => {
    source ??= factory.createCredentials(appId, scope, login, true).then(asTokenSource);
    return `Bearer ${await (await source).getToken()}`;
  };
}

function asTokenSource(credentials: object): TokenSource {
  if ('getToken' in credentials && typeof credentials.getToken === 'function') return credentials as TokenSource;
  throw new Error('the SDK gave credentials that have no token');
}
