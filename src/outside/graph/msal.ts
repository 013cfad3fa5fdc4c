import type { Configuration, INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { Cloud } from '#src/intake/vouched.ts';
import type { GraphApp } from './cloud.ts';
import { CLOUD_ADDRESSES } from './cloud.ts';
import { fetchJson } from '../client.ts';
import { isTenant } from './place.ts';
import type { Issue, Issued } from './tokens.ts';

/** Before it expires a token is renewed: calls and clocks take their time. */
const EARLY_MS = 5 * 60_000;

interface MsalOptions {
  readonly callMs: number;
  readonly clock: () => number;
}

/**
 * Signs in as the app, tenant by tenant, with client credentials. Each request has an MSAL client of its own, so no cache is
 * shared between tenants; the library is loaded when the first token is wanted. Rejects where none is given.
 */
export function msalIssue(cloud: Cloud, app: GraphApp, { callMs, clock }: MsalOptions): Issue {
  const { login, graph } = CLOUD_ADDRESSES[cloud];
  return async (tenant) => {
    if (!isTenant(tenant)) throw new Error('not a tenant');
    const { ConfidentialClientApplication } = await import('@azure/msal-node');
    const client = new ConfidentialClientApplication(configuration(`${login}/${tenant}`, app, callMs));
    const result = await client.acquireTokenByClientCredential({ scopes: [`${graph}/.default`] });
    if (!result?.accessToken || !result.expiresOn) throw new Error('no token was given');
    return issued(result.accessToken, result.expiresOn, clock);
  };
}

/**
 * Exchanges a person's token for our app for one of Graph's, on their behalf. An MSAL client of its own for each exchange: no
 * cache is shared between people. Rejects where consent is needed, or the token is good no longer.
 */
export function msalOnBehalf(
  cloud: Cloud,
  app: GraphApp,
  { callMs, clock }: MsalOptions,
): (tenant: string, token: string) => Promise<Issued> {
  const { login, graph } = CLOUD_ADDRESSES[cloud];
  return async (tenant, token) => {
    if (!isTenant(tenant)) throw new Error('not a tenant');
    const { ConfidentialClientApplication } = await import('@azure/msal-node');
    const client = new ConfidentialClientApplication(configuration(`${login}/${tenant}`, app, callMs));
    const result = await client.acquireTokenOnBehalfOf({ oboAssertion: token, scopes: [`${graph}/.default`] });
    if (!result?.accessToken || !result.expiresOn) throw new Error('no token was given');
    return issued(result.accessToken, result.expiresOn, clock);
  };
}

function issued(token: string, expiresOn: Date, clock: () => number): Issued {
  const left = expiresOn.getTime() - Date.now();
  return { token, until: clock() + left - Math.min(EARLY_MS, left / 2) };
}

function configuration(authority: string, { clientId, secret }: GraphApp, callMs: number): Configuration {
  return {
    auth: { clientId, authority, clientSecret: secret },
    // MSAL's own client waits without end, follows redirects, reads answers of any size and tries again by itself.
    system: { networkClient: network(callMs), disableInternalRetries: true },
  };
}

function network(callMs: number): INetworkModule {
  return {
    sendGetRequestAsync: <T>(url: string, options?: NetworkRequestOptions) => send<T>(url, 'GET', { options, callMs }),
    sendPostRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
      send<T>(url, 'POST', { options, callMs }),
  };
}

async function send<T>(
  url: string,
  method: string,
  { options, callMs }: { options: NetworkRequestOptions | undefined; callMs: number },
): Promise<NetworkResponse<T>> {
  const { headers = {}, body } = options ?? {};
  const signal = AbortSignal.timeout(callMs);
  const received = await fetchJson(url, { method, headers, signal, ...(body !== undefined && { body }) });
  if (!received.ok) throw new Error(`sign-in: ${received.why}`);
  const { status } = received.value;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- MSAL checks the answer itself; nothing is nothing
  const answered = (received.value.body ?? {}) as T;
  return { status, headers: Object.fromEntries(received.value.headers), body: answered };
}
