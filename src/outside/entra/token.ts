import { errors, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { Unavailable, type Authority } from './authority.ts';

const guid = z
  .string()
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  .toLowerCase();

/** What is read of an Entra token, version 2.0; everything else of it is nobody's business here. */
const claimsSchema = z.object({
  /** The person, the same for every app of the tenant. */
  oid: guid,
  tid: guid,
  name: z.string().max(256).optional(),
  /** For people to read: it can change, and proves nothing. */
  preferred_username: z.string().max(320).optional(),
  roles: z.array(z.string().max(256)).max(200).default([]),
  nonce: z.string().optional(),
  /** The app that asked for an access token, and what it may do with it. */
  azp: z.string().optional(),
  scp: z.string().optional(),
});
export type EntraClaims = z.infer<typeof claimsSchema>;

/** Why a token counts for nothing; `unavailable`: the keys could not be had, so nothing is known of it. */
export const REFUSALS = [
  'malformed',
  'signature',
  'issuer',
  'audience',
  'tenant',
  'nonce',
  'expired',
  'claims',
  'unavailable',
] as const;
export type TokenRefusal = (typeof REFUSALS)[number];

export type Verified =
  | { readonly ok: true; readonly claims: EntraClaims }
  | { readonly ok: false; readonly why: TokenRefusal };

export interface Expected {
  /** Client id of the app that the token is for. */
  readonly audience: string;
  /** What the sign-in was begun with; left out for tokens that were asked for without one. */
  readonly nonce?: string;
  /** The tenants that may come; left out: the authority's own, or any where it stands for all organizations. */
  readonly tenants?: readonly string[];
  /** What an access token must allow; left out for id tokens, which allow nothing. */
  readonly scope?: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What an app exposes to Teams, so that its tabs learn who is there. */
export const TEAMS_SCOPE = 'access_as_user';

/** Entra signs with nothing else (`id_token_signing_alg_values_supported`). */
const ALGORITHMS = ['RS256'];
const CLOCK_TOLERANCE_S = 60;
const LONGEST_TOKEN = 32_768;

/** Checks a token of Entra ID (an id token, or an access token for this app): signature, issuer, audience, tenant, times, nonce. */
export async function verifyToken(token: string, authority: Authority, expected: Expected): Promise<Verified> {
  if (token.length > LONGEST_TOKEN) return refused('malformed');
  try {
    const { payload } = await jwtVerify(token, authority.key, {
      algorithms: ALGORITHMS,
      audience: expected.audience,
      requiredClaims: ['iss', 'aud', 'exp', 'iat', 'oid', 'tid'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(expected.now),
    });
    return judged(payload, authority, expected);
  } catch (error) {
    return refused(whyOf(error));
  }
}

/** The token is genuine; whether it is meant for this sign-in is seen here. */
function judged(payload: JWTPayload, authority: Authority, { audience, nonce, tenants, scope }: Expected): Verified {
  const read = claimsSchema.safeParse(payload);
  if (!read.success) return refused('claims');
  const { tid } = read.data;
  // The issuer names the tenant: in one that stands for all, the token's own.
  if (payload.iss !== authority.issuer.replace('{tenantid}', tid)) return refused('issuer');
  // More audiences than ours would let another app pass its tokens on.
  if (payload.aud !== audience) return refused('audience');
  if (tid !== (authority.tenant ?? tid) || (tenants && !tenants.includes(tid))) return refused('tenant');
  if (nonce !== undefined && read.data.nonce !== nonce) return refused('nonce');
  if (scope !== undefined && !(read.data.scp ?? '').split(' ').includes(scope)) return refused('claims');
  return { ok: true, claims: read.data };
}

const refused = (why: TokenRefusal): Verified => ({ ok: false, why });

function whyOf(error: unknown): TokenRefusal {
  if (error instanceof Unavailable) return 'unavailable';
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'audience';
    return error.claim === 'nbf' || error.claim === 'iat' ? 'expired' : 'claims';
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'malformed';
  return error instanceof errors.JOSEError ? 'signature' : 'malformed';
}
