import { createHash, timingSafeEqual } from 'node:crypto';
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { HostPage } from '#src/config.ts';
import { Refusal } from '#src/http/call.ts';

/** Only signatures that a host alone can make: a shared secret is for the other way. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
const LONGEST_ASSERTION = 8_192;
/** An assertion is for one use within minutes; the same tolerance for clocks as Entra's libraries allow. */
const LONGEST_LIFE_S = 600;
const CLOCK_TOLERANCE_S = 60;
const KEYS_DEADLINE_MS = 3_000;

/** A host that proved itself by a signed assertion: its claims, and the one-time id that they may be used under once. */
export interface Proven {
  readonly host: HostPage;
  readonly claims: unknown;
  /** Epoch milliseconds after which the assertion is worth nothing anyway. */
  readonly until: number;
  readonly nonce: string;
}

export interface HostProofOptions {
  readonly hosts: readonly HostPage[];
  /** What `aud` must name: this server. */
  readonly audience: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Proves that claims come from a host page's back end, by its client secret or by a JWT that one of its keys signed. */
export class HostProof {
  readonly #options: HostProofOptions;
  readonly #keys: ReadonlyMap<string, JWTVerifyGetKey>;

  constructor(options: HostProofOptions) {
    this.#options = options;
    this.#keys = new Map(options.hosts.flatMap((host) => keysOf(host)));
  }

  /** The host whose id and secret an `Authorization: Basic` header holds. Throws a `Refusal` (401). */
  bySecret(authorization: string): HostPage {
    const [, pair] = /^Basic ([\w+/=-]{1,1000})$/i.exec(authorization) ?? [];
    const [id = '', ...rest] = Buffer.from(pair ?? '', 'base64')
      .toString('utf8')
      .split(':');
    const host = this.#options.hosts.find((one) => one.id === id);
    const given = createHash('sha256').update(rest.join(':')).digest();
    // Compared all the same where there is no such host, so that the time tells nothing.
    const kept = Buffer.from(host?.secretSha256 ?? '0'.repeat(64), 'hex');
    if (timingSafeEqual(given, kept) && host?.secretSha256 !== undefined) return host;
    throw new Refusal(401, 'host-secret', 'No host has this id and secret.', { 'WWW-Authenticate': 'Basic' });
  }

  /** The claims of a signed assertion. Throws a `Refusal`: 401 with the reason, 503 where the host's keys can't be had. */
  async byAssertion(assertion: string): Promise<Proven> {
    const host = this.#options.hosts.find(({ id }) => id === issuerOf(assertion));
    const key = host && this.#keys.get(host.id);
    if (!host || !key) throw new Refusal(401, 'host-unknown', 'No host of this server issues such assertions.');
    const now = this.#options.clock();
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: ALGORITHMS,
      issuer: host.id,
      audience: this.#options.audience,
      requiredClaims: ['exp', 'iat', 'jti', 'sub'],
      clockTolerance: CLOCK_TOLERANCE_S,
      maxTokenAge: LONGEST_LIFE_S,
      currentDate: new Date(now),
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });
    const { exp = 0, iat = 0, jti = '' } = payload;
    if (exp - iat > LONGEST_LIFE_S)
      throw new Refusal(401, 'host-lifetime', 'An assertion may live 10 minutes at most.');
    if (jti.length < 16 || jti.length > 200)
      throw new Refusal(401, 'host-nonce', 'jti must be a random id of 16 to 200 characters.');
    return { host, claims: payload, until: (exp + CLOCK_TOLERANCE_S) * 1000, nonce: `host:${host.id}:${jti}` };
  }
}

function keysOf(host: HostPage): [string, JWTVerifyGetKey][] {
  const { id, keys, keysUrl } = host;
  if (keys) return [[id, createLocalJWKSet({ keys })]];
  if (keysUrl === undefined) return [];
  return [[id, createRemoteJWKSet(new URL(keysUrl), { timeoutDuration: KEYS_DEADLINE_MS })]];
}

/** Who says to have signed it: only to find the keys, which then prove it. */
function issuerOf(assertion: string): string | undefined {
  if (assertion.length > LONGEST_ASSERTION) return undefined;
  try {
    return decodeJwt(assertion).iss;
  } catch {
    return undefined;
  }
}

/** What is wrong with an assertion; whatever else went wrong is not the host's forgery but keys that can't be had. */
const REASONS: readonly [new (...args: never[]) => Error, string, string][] = [
  [errors.JWTExpired, 'host-expired', 'The assertion has ended; make one for each chat that begins.'],
  [errors.JWTClaimValidationFailed, 'host-claims', 'iss, aud, exp, iat, jti or sub is missing or wrong.'],
  [errors.JWKSNoMatchingKey, 'host-signature', 'This host has no such key.'],
  [errors.JWKSMultipleMatchingKeys, 'host-signature', 'Name the key: kid.'],
  [errors.JWSSignatureVerificationFailed, 'host-signature', 'The assertion is not signed by a key of this host.'],
  [errors.JOSEAlgNotAllowed, 'host-signature', 'Sign with RS256, PS256, ES256, ES384 or EdDSA.'],
  [errors.JOSENotSupported, 'host-signature', 'Sign with RS256, PS256, ES256, ES384 or EdDSA.'],
  [errors.JWSInvalid, 'host-signature', 'This is not a signed JWT.'],
  [errors.JWTInvalid, 'host-claims', 'The claims of this JWT cannot be read.'],
];

function refusalOf(error: unknown): Refusal {
  const [, code, message] = REASONS.find(([kind]) => error instanceof kind) ?? [];
  if (code !== undefined) return new Refusal(401, code, message ?? '');
  return new Refusal(503, 'host-keys', 'The keys of this host cannot be had now.', { 'Retry-After': '5' });
}
