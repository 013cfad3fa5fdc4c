import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Config } from '#src/config.ts';
import type { AgentRecord } from '#src/handoff/agent.ts';
import { Refusal, type Call } from '#src/http/call.ts';
import type { Storage } from '#src/log/ports.ts';
import { agentSchema, type Agent } from './agents.ts';
import { cookieOf, tokenOf, type CookieKind } from './cookie.ts';

export interface SessionOptions {
  readonly config: Config;
  readonly storage: Storage;
  readonly clock: () => number;
  readonly newId: () => string;
}

/** Somebody at the desk. `id` stays the same through all renewals, so that signing out ends every copy of the cookie. */
export interface Session {
  readonly id: string;
  readonly agent: Agent;
  /** Seconds: when this agent signed in, and when the cookie at hand was made. */
  readonly startedAt: number;
  readonly issuedAt: number;
  /** In a tab of Teams. */
  readonly framed: boolean;
}

const AUDIENCE = 'desk';
const COOKIE: CookieKind = { name: 'frontdesk-desk', sameSite: 'Strict' };
/** Of a desk in a frame of Teams, where a Strict cookie never comes along. Changes need our header and Origin there as well. */
const IN_FRAME: CookieKind = { name: 'frontdesk-desk-tab', sameSite: 'None' };
const kindOf = ({ framed }: Pick<Session, 'framed'>): CookieKind => (framed ? IN_FRAME : COOKIE);
/** A cookie younger than this is not renewed: a page asks many times a minute. */
const RENEW_AFTER_S = 60;
/** What a page sends with calls that it makes by itself: they do not keep a session alive. */
const BACKGROUND = 'x-frontdesk-background';

const claimsSchema = z.object({
  jti: z.string().min(1),
  sub: z.string().min(1),
  name: agentSchema.shape.name,
  role: agentSchema.shape.role,
  queues: agentSchema.shape.queues,
  auth_time: z.number().int(),
  framed: z.boolean().default(false),
  iat: z.number().int(),
  exp: z.number().int(),
});

const signedOut = () => new Refusal(401, 'signed-out', 'Please sign in.');

/** Sessions of the desk: a signed cookie that ends after its time, after idling, and at once when its owner signs out. */
export class Sessions {
  readonly #options: SessionOptions;
  readonly #secure: boolean;
  readonly #issuer: string;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#secure = options.config.mode === 'production';
    // A sample agent's cookie is worth nothing in production, even where both share a key.
    this.#issuer = `frontdesk-${options.config.mode}`;
  }

  /** Signs an agent in with a fresh id, whatever cookie the browser had. Returns the Set-Cookie value. */
  async open(agent: Agent, framed = false): Promise<string> {
    const now = this.#now();
    const { storage, newId, clock } = this.#options;
    await storage.transact(async (unit) => {
      await unit.agents.enter(entering(agent, clock()));
      await unit.audit.add({ at: clock(), actor: agent.id, action: 'desk.sign-in', subject: agent.id, detail: {} });
    });
    return this.#cookie({ id: newId(), agent, startedAt: now, issuedAt: now, framed });
  }

  /** Who calls; undefined where the cookie is missing, forged, over, or was signed out. */
  async find(call: Call): Promise<Session | undefined> {
    const [token] = [COOKIE, IN_FRAME].flatMap((kind) => tokenOf(kind, call.headers, this.#secure) ?? []);
    const session = token === undefined ? undefined : await this.#verified(token);
    if (!session) return undefined;
    const ended = await this.#options.storage.transact((unit) => unit.isSpent(spentId(session)));
    return ended ? undefined : session;
  }

  /** Who calls; throws a 401 `Refusal` otherwise. */
  async require(call: Call): Promise<Session> {
    const session = await this.find(call);
    if (!session) throw signedOut();
    return session;
  }

  /** A newer cookie for somebody who is still there; undefined where the one at hand will do. */
  async renewed(session: Session, call: Call): Promise<string | undefined> {
    const now = this.#now();
    if (call.headers[BACKGROUND] !== undefined || now - session.issuedAt < RENEW_AFTER_S) return undefined;
    return this.#cookie({ ...session, issuedAt: now });
  }

  /** Signs out: from now on no copy of the cookie is worth anything. Returns the Set-Cookie value that removes it. */
  async end(session: Session): Promise<string> {
    const { storage, clock, config } = this.#options;
    const { id: actor } = session.agent;
    await storage.transact(async (unit) => {
      await unit.spend(spentId(session), (session.startedAt + config.LIMIT_DESK_SESSION_S) * 1_000);
      await unit.agents.setPresence(actor, 'gone', clock());
      await unit.audit.add({ at: clock(), actor, action: 'desk.sign-out', subject: actor, detail: {} });
    });
    return cookieOf(kindOf(session), { token: '', seconds: 0 }, this.#secure);
  }

  #now(): number {
    return Math.floor(this.#options.clock() / 1_000);
  }

  async #cookie({ id, agent, startedAt, issuedAt, framed }: Session): Promise<string> {
    const { LIMIT_DESK_IDLE_S: idle, LIMIT_DESK_SESSION_S: longest, signingKeys } = this.#options.config;
    const [key] = signingKeys;
    if (!key) throw new Error('there is no signing key');
    const { name, role, queues } = agent;
    const until = Math.min(issuedAt + idle, startedAt + longest);
    const token = await new SignJWT({ name, role, queues, auth_time: startedAt, ...(framed && { framed }) })
      .setProtectedHeader({ alg: 'HS256', kid: key.kid })
      .setJti(id)
      .setSubject(agent.id)
      .setAudience(AUDIENCE)
      .setIssuer(this.#issuer)
      .setIssuedAt(issuedAt)
      .setExpirationTime(until)
      .sign(key.secret);
    return cookieOf(kindOf({ framed }), { token, seconds: until - issuedAt }, this.#secure);
  }

  async #verified(token: string): Promise<Session | undefined> {
    const { config, clock } = this.#options;
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => keyOf(config, kid), {
        algorithms: ['HS256'],
        audience: AUDIENCE,
        issuer: this.#issuer,
        currentDate: new Date(clock()),
      });
      const { jti, sub, name, role, queues, auth_time: startedAt, iat: issuedAt, framed } = claimsSchema.parse(payload);
      return { id: jti, agent: { id: sub, name, role, queues }, startedAt, issuedAt, framed };
    } catch {
      // However it is wrong, it is not a session: what exactly is wrong helps only who forges.
      return undefined;
    }
  }
}

/** People at a time that somebody is offered who said nothing else. */
const USUAL_CAPACITY = 4;

/** Somebody who comes to the desk: there, and not on duty before they say so. */
function entering(agent: Agent, now: number): AgentRecord {
  const skills = { languages: [], categories: [], capacity: USUAL_CAPACITY };
  return { ...agent, ...skills, presence: 'away', seenAt: now, servedAt: 0 };
}

const spentId = ({ id }: Session): string => `desk-session:${id}`;

/** The key of that id, for verifying; throws where there is none. */
export function keyOf({ signingKeys }: Config, kid: string | undefined): Uint8Array {
  const key = signingKeys.find((each) => each.kid === kid);
  if (!key) throw new Error('signed with an unknown key');
  return key.secret;
}
