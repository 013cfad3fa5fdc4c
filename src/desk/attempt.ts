import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Config } from '#src/config.ts';
import type { Call } from '#src/http/call.ts';
import { cookieOf, tokenOf, type CookieKind } from './cookie.ts';
import { keyOf } from './sessions.ts';

/**
 * A sign-in that was begun in this browser. Its cookie holds a random id; what the provider is told (`state`, `nonce`, and
 * the challenge of `verifier`) is worked out from it with the signing key, so the browser never has the verifier.
 */
export interface Attempt {
  readonly id: string;
  /** The page of the desk that the person wanted. */
  readonly to: string;
  /** Seconds. */
  readonly until: number;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Lax: the provider's page leads back here, and a Strict cookie would stay behind. */
const COOKIE: CookieKind = { name: 'frontdesk-sign-in', sameSite: 'Lax' };
const AUDIENCE = 'desk-sign-in';
/** Passwords, a second factor and a call to the telephone take their time. */
const LIFE_S = 900;

/** Pages of the desk and nothing else, whatever stands behind `to=`: no other site, no other address of this one. */
const PAGE = /^\/desk(?:[/?](?!\/)[\w\-=&]*)*$/;
const HOME = '/desk';
export const pageOf = (wanted: string | null): string =>
  wanted !== null && wanted.length <= 300 && PAGE.test(wanted) && !/^\/desk\/(api|sign-|callback)/.test(wanted)
    ? wanted
    : HOME;

const claimsSchema = z.object({ jti: z.string().min(16), to: z.string(), exp: z.number().int() });

interface Options {
  readonly config: Config;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Unguessable ids. */
  readonly newId: () => string;
}

/** Begins a sign-in: the attempt, and the Set-Cookie value that keeps it in this browser. */
export async function beginAttempt(to: string, { config, clock, newId }: Options): Promise<[Attempt, cookie: string]> {
  const [key] = config.signingKeys;
  if (!key) throw new Error('there is no signing key');
  const now = Math.floor(clock() / 1_000);
  const attempt = attemptOf({ jti: newId(), to, exp: now + LIFE_S }, key.secret);
  const token = await new SignJWT({ to })
    .setProtectedHeader({ alg: 'HS256', kid: key.kid })
    .setJti(attempt.id)
    .setAudience(AUDIENCE)
    .setExpirationTime(attempt.until)
    .sign(key.secret);
  return [attempt, cookieOf(COOKIE, { token, seconds: LIFE_S }, config.mode === 'production')];
}

/** The sign-in that this browser began; undefined where it began none, or too long ago. */
export async function findAttempt(call: Call, { config, clock }: Omit<Options, 'newId'>): Promise<Attempt | undefined> {
  const token = tokenOf(COOKIE, call.headers, config.mode === 'production');
  if (token === undefined) return undefined;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, ({ kid }) => keyOf(config, kid), {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      currentDate: new Date(clock()),
    });
    return attemptOf(claimsSchema.parse(payload), keyOf(config, protectedHeader.kid));
  } catch {
    // However it is wrong, this browser began no sign-in.
    return undefined;
  }
}

/** Whether what came back is what was sent along; the time of the comparison tells nothing. */
export function isState(attempt: Attempt, state: string): boolean {
  const [given, own] = [state, attempt.state].map((text) => createHash('sha256').update(text).digest());
  return given !== undefined && own !== undefined && timingSafeEqual(given, own);
}

/** PKCE, method S256 (RFC 7636, 4.2). */
export const challengeOf = ({ verifier }: Attempt): string => createHash('sha256').update(verifier).digest('base64url');

function attemptOf({ jti, to, exp }: z.infer<typeof claimsSchema>, secret: Uint8Array): Attempt {
  const derived = (purpose: string): string =>
    createHmac('sha256', secret).update(`${AUDIENCE}:${purpose}:${jti}`).digest('base64url');
  return { id: jti, to, until: exp, state: derived('state'), nonce: derived('nonce'), verifier: derived('verifier') };
}
