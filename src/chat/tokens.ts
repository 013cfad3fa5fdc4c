import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { compactVerify, errors, SignJWT, type CompactJWSHeaderParameters } from 'jose';
import { z } from 'zod';
import type { Config } from '#src/config.ts';
import { newVisit, visitSchema, type Visit } from './visit.ts';

/** `chat` opens the conversation, `stream` one WebSocket once, `file` one attachment; none opens what another does. */
export const TOKEN_KINDS = ['chat', 'stream', 'file'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** What the page said about itself; nobody relies on it. */
export interface PageClaim {
  readonly url: string;
  readonly title: string;
}

/** A token that was read: its session, its own id and end, and for a `stream` or `file` what it is for. */
export interface ReadToken {
  readonly visit: Visit;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly subject: string | null;
}

export interface MintedToken {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn: number;
}

type TokenConfig = Pick<Config, 'signingKeys' | 'LIMIT_TOKEN_S' | 'LIMIT_SESSION_S' | 'LIMIT_STREAM_URL_S'>;

const ISSUER = 'frontdesk';
const LONGEST_TOKEN = 8_192;
/** So many tokens are remembered as verified: a page that polls sends the same one every second. */
const REMEMBERED = 4_096;

const pageSchema = z.object({ url: z.string(), title: z.string() });
const claimsSchema = z.object({
  iss: z.literal(ISSUER),
  aud: z.enum(TOKEN_KINDS),
  jti: z.string().min(1),
  exp: z.number(),
  sub: z.string().optional(),
  conv: visitSchema.shape.conversation,
  user: visitSchema.shape.user,
  person: visitSchema.shape.person,
  vouched: visitSchema.shape.vouched.default(null),
  origin: visitSchema.shape.origin.default(null),
  locale: visitSchema.shape.locale.default(null),
  zone: visitSchema.shape.zone.default(null),
  began: visitSchema.shape.began,
  page: pageSchema.optional(),
});
type Claims = z.infer<typeof claimsSchema>;

/**
 * The chat's tokens: JWT, HS256, with the id of the key. The first configured key signs, all verify, so that a key can be
 * replaced while people chat. `now` is epoch milliseconds.
 */
export class ChatTokens {
  readonly #config: TokenConfig;
  readonly #clock: () => number;
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #verified = new Map<string, Claims>();

  constructor(config: TokenConfig, clock: () => number) {
    this.#config = config;
    this.#clock = clock;
    this.#keys = new Map(config.signingKeys.map(({ kid, secret }) => [kid, createSecretKey(secret)]));
  }

  /** A session that begins now. */
  begin(given: Parameters<typeof newVisit>[1] = {}): Visit {
    return newVisit(this.#clock(), given);
  }

  /** A token for the conversation; null when the session has lasted as long as a session may. */
  async chat(visit: Visit, page?: PageClaim): Promise<MintedToken | null> {
    const left = Math.floor((this.#endOf(visit) - this.#clock()) / 1000);
    const expiresIn = Math.min(this.#config.LIMIT_TOKEN_S, left);
    if (expiresIn <= 0) return null;
    return { token: await this.#sign('chat', visit, { expiresIn, ...(page && { page }) }), expiresIn };
  }

  /** A token for one WebSocket. `subject`: the chat token that asked for it. */
  stream(visit: Visit, subject: string): Promise<string> {
    return this.#sign('stream', visit, { expiresIn: this.#config.LIMIT_STREAM_URL_S, subject });
  }

  /** A token that fetches one attachment, for places that can't send a header, such as an image; good until the session ends. */
  file(visit: Visit, subject: string): Promise<string> {
    const expiresIn = Math.floor((this.#endOf(visit) - this.#clock()) / 1000);
    return this.#sign('file', visit, { expiresIn, subject });
  }

  /** Reads a token that must be of this kind. `expired`: it was good once; `invalid`: it is none of ours. */
  async read(kind: TokenKind, token: string): Promise<ReadToken | 'expired' | 'invalid'> {
    const claims = await this.#verify(token);
    if (claims?.aud !== kind) return 'invalid';
    return claims.exp * 1000 > this.#clock() ? readOf(claims) : 'expired';
  }

  /** The session of a chat token, ended or not, as long as the session itself may go on. */
  async resume(token: string): Promise<Visit | null> {
    const claims = await this.#verify(token);
    if (claims?.aud !== 'chat') return null;
    const { visit } = readOf(claims);
    return this.#endOf(visit) > this.#clock() ? visit : null;
  }

  /** Epoch milliseconds at which the session ends for good. */
  #endOf(visit: Visit): number {
    return visit.began + this.#config.LIMIT_SESSION_S * 1000;
  }

  #sign(
    kind: TokenKind,
    visit: Visit,
    more: { expiresIn: number; subject?: string; page?: PageClaim },
  ): Promise<string> {
    const [first] = this.#config.signingKeys;
    const key = first && this.#keys.get(first.kid);
    if (!first || !key) throw new Error('there is no key to sign with');
    const { conversation: conv, user, person, vouched, origin, locale, zone, began } = visit;
    const set = Object.entries({ vouched, origin, locale, zone }).filter(([, value]) => value !== null);
    const claims = { conv, user, person, ...Object.fromEntries(set), began, ...(more.page && { page: more.page }) };
    const now = Math.floor(this.#clock() / 1000);
    const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: first.kid, typ: 'JWT' });
    jwt
      .setIssuer(ISSUER)
      .setAudience(kind)
      .setIssuedAt(now)
      .setExpirationTime(now + more.expiresIn);
    if (more.subject !== undefined) jwt.setSubject(more.subject);
    return jwt.setJti(randomBytes(12).toString('base64url')).sign(key);
  }

  /** The claims of a token that one of our keys signed, whatever its kind and age. */
  async #verify(token: string): Promise<Claims | null> {
    const known = this.#verified.get(token);
    if (known) return known;
    if (token.length > LONGEST_TOKEN) return null;
    const claims = await this.#signed(token);
    if (!claims) return null;
    const [oldest] = this.#verified.keys();
    if (this.#verified.size >= REMEMBERED && oldest !== undefined) this.#verified.delete(oldest);
    if (claims.aud === 'chat') this.#verified.set(token, claims);
    return claims;
  }

  async #signed(token: string): Promise<Claims | null> {
    try {
      const { payload } = await compactVerify(token, (header) => this.#keyFor(header), { algorithms: ['HS256'] });
      const claims = claimsSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)));
      return claims.success ? claims.data : null;
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof SyntaxError) return null;
      throw error;
    }
  }

  #keyFor({ kid }: CompactJWSHeaderParameters): KeyObject {
    const key = kid === undefined ? undefined : this.#keys.get(kid);
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key;
  }
}

function readOf(claims: Claims): ReadToken {
  const { conv: conversation, user, person, vouched, origin, locale, zone, began, jti, exp, sub } = claims;
  return {
    visit: { conversation, user, person, vouched, origin, locale, zone, began },
    id: jti,
    expiresAt: exp * 1000,
    subject: sub ?? null,
  };
}
