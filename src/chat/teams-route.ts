import type { Config } from '#src/config.ts';
import type { Route } from '#src/http/call.ts';

/**
 * `GET /chat/teams.json`: what our pages need to know as tabs of Teams: whom to believe around them, and for which of them
 * single sign-on is set up. Nothing in it is a secret: the page's own headers name the same hosts.
 */
export function teamsRoute(config: Pick<Config, 'TEAMS_ORIGINS' | 'teamsSignOn' | 'DESK_OIDC_CLIENT_ID'>): Route {
  const json = {
    hosts: config.TEAMS_ORIGINS,
    signOn: { chat: config.teamsSignOn !== null, desk: config.DESK_OIDC_CLIENT_ID !== undefined },
  };
  return { method: 'GET', path: '/chat/teams.json', handle: () => ({ status: 200, json }) };
}
