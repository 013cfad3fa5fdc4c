import type { CheckToken } from './chat/teams-identity.ts';
import type { Config } from './config.ts';
import { Authority } from './outside/entra/authority.ts';
import { verifyToken } from './outside/entra/token.ts';

/** What a token of Teams' single sign-on must be good for: the scope that the app registration exposes. */
const SCOPE = 'access_as_user';

/** Checks tokens of tabs against the keys of their tenant; `failed` is told what the operator should know. */
export function teamsTokens(config: Config, clock: () => number, failed: (why: string) => void): CheckToken {
  const { teamsSignOn } = config;
  if (!teamsSignOn) return () => Promise.resolve({ ok: false, why: 'off' });
  const { authority: login, appId: audience, tenants } = teamsSignOn;
  const [only, ...others] = tenants === 'any' ? [] : tenants;
  const tenant = only !== undefined && others.length === 0 ? only : 'organizations';
  const authority = new Authority({ login, tenant, clock, failed });
  return async (token) => {
    const expected = { audience, now: clock(), ...(tenants !== 'any' && { tenants }) };
    const verified = await verifyToken(token, authority, expected);
    if (!verified.ok) return verified;
    // An id token of the same app proves a sign-in somewhere, not that Teams asks for this person.
    const isForUs = (verified.claims.scp ?? '').split(' ').includes(SCOPE);
    return isForUs ? verified : { ok: false, why: 'scope' };
  };
}
