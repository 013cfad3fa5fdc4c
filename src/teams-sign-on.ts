import type { CheckToken } from './chat/teams-identity.ts';
import type { Config } from './config.ts';
import { Authority } from './outside/entra/authority.ts';
import { TEAMS_SCOPE, verifyToken } from './outside/entra/token.ts';

/** Checks tokens of tabs against the keys of their tenant; `failed` is told what the operator should know. */
export function teamsTokens(config: Config, clock: () => number, failed: (why: string) => void): CheckToken {
  const { teamsSignOn } = config;
  if (!teamsSignOn) return () => Promise.resolve({ ok: false, why: 'off' });
  const { authority: login, appId: audience, tenants } = teamsSignOn;
  const [only, ...others] = tenants === 'any' ? [] : tenants;
  const tenant = only !== undefined && others.length === 0 ? only : 'organizations';
  const authority = new Authority({ login, tenant, clock, failed });
  const expected = { audience, scope: TEAMS_SCOPE, ...(tenants !== 'any' && { tenants }) };
  return (token) => verifyToken(token, authority, { ...expected, now: clock() });
}
