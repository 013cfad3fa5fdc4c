import type { z } from 'zod';
import type { Config } from '#src/config.ts';
import { Refusal, type Answer, type Call, type Route } from '#src/http/call.ts';
import { callerOf } from '#src/http/origins.ts';
import { AGENT_ROLES, type AgentRole } from '#src/handoff/agent.ts';
import { hasRole } from './agents.ts';
import type { Session, Sessions } from './sessions.ts';

/** What every route of the desk says of itself: enough to guard it and to describe it. */
interface Described {
  readonly method: Route['method'];
  readonly path: string;
  /** One sentence for `/desk/api/openapi.json`. */
  readonly summary: string;
  /** Names and meanings of what may stand behind the question mark. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: z.ZodType;
  /** `page`: what a browser is led to, with a page's headers; else JSON. */
  readonly kind?: 'page';
  readonly status: number;
  readonly answer?: z.ZodType;
}

/** `anybody`: open before sign-in, so it tells nothing of anybody. Else the least role that is needed; `agent` is whoever is signed in. */
export type DeskRoute = Described &
  (
    | { readonly access: 'anybody'; readonly handle: (call: Call) => Promise<Answer> }
    | { readonly access: AgentRole; readonly handle: (call: Call, session: Session) => Promise<Answer> }
  );

/**
 * Puts the guard before a route: a change only from our own page, everything else only for who is signed in. The cookie is
 * renewed along the way.
 */
export function guarded(route: DeskRoute, config: Config, sessions: Sessions): Route {
  const { method, path, body, kind } = route;
  return {
    method,
    path,
    ...(body && { body: 'json' as const }),
    ...(kind && { kind }),
    handle: async (call) => {
      if (method !== 'GET') mustBeOurPage(call, config);
      if (route.access === 'anybody') return route.handle(call);
      const session = await sessions.require(call);
      mustHaveRole(session, route.access);
      const answer = await route.handle(call, session);
      if (answer.headers?.['Set-Cookie'] !== undefined) return answer;
      const cookie = await sessions.renewed(session, call);
      return cookie === undefined ? answer : { ...answer, headers: { ...answer.headers, 'Set-Cookie': cookie } };
    },
  };
}

/** Says which roles would do: who is refused must know what to ask for. */
function mustHaveRole({ agent }: Session, least: AgentRole): void {
  if (hasRole(agent.role, least)) return;
  const enough = AGENT_ROLES.filter((role) => hasRole(role, least)).join(' or ');
  throw new Refusal(403, 'role', `This needs the role ${enough}; you are signed in as ${agent.role}.`);
}

/** A page of another site can send neither our header without asking first, nor our Origin at all. */
function mustBeOurPage({ headers }: Call, config: Config): void {
  if (headers['x-frontdesk'] !== '1')
    throw new Refusal(403, 'header-missing', 'A change needs the header "x-frontdesk: 1".');
  if (callerOf(config, headers) !== 'own')
    throw new Refusal(403, 'origin', 'A change needs the Origin header of this desk.');
}

/** The body as `schema` wants it; throws a 400 `Refusal` that names the first field that is wrong. */
export function bodyOf<T>(schema: z.ZodType<T>, { json }: Call): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Refusal(
    400,
    'bad-request',
    field === '' ? 'The body is not what is asked for.' : `Please check "${field}".`,
  );
}

/** So many conversations at a time; of more, whoever asks reads the whole list. */
const MOST_IDS = 50;

/** The conversations that `ids` names; null where it isn't given. Throws a 400 `Refusal` where it names none, or too many. */
export function idsOf({ query }: Call): readonly string[] | null {
  const given = query.get('ids');
  if (given === null) return null;
  const ids = given.split(',').filter((id) => id !== '');
  if (ids.length >= 1 && ids.length <= MOST_IDS) return ids;
  throw new Refusal(400, 'bad-request', `"ids" must name 1 to ${MOST_IDS} conversations.`);
}

/** A whole number from the query; throws a 400 `Refusal` where it is none, or out of bounds. */
export function wholeOf({ query }: Call, name: string, bounds: { byDefault: number; most: number }): number {
  const given = query.get(name);
  if (given === null) return bounds.byDefault;
  const value = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (value >= 1 && value <= bounds.most) return value;
  throw new Refusal(400, 'bad-request', `"${name}" must be a whole number from 1 to ${bounds.most}.`);
}
