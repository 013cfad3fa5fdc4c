import { createLocalJWKSet, errors, type JWTVerifyGetKey, type LocalJWKSet } from 'jose';
import { z } from 'zod';
import { fetchJson } from '../client.ts';

/** The cloud's sign-in and the tenant: `https://login.microsoftonline.com` or `https://login.partner.microsoftonline.cn`. */
export interface AuthorityOptions {
  readonly login: string;
  /** Id of the one tenant, or `organizations` where any tenant's tokens are to be read. */
  readonly tenant: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Told that the authority could not be asked, and why. */
  readonly failed: (why: string) => void;
  /** Milliseconds that one call may take. */
  readonly callMs?: number;
}

/** What the authority says of itself: OpenID Connect Discovery 1.0, section 3. */
const metadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  end_session_endpoint: z.url().optional(),
});
export type Metadata = z.infer<typeof metadataSchema>;

const keysSchema = z.object({
  keys: z.array(
    z.looseObject({ kty: z.string(), kid: z.string(), use: z.string().optional(), issuer: z.string().optional() }),
  ),
});

interface Published {
  readonly metadata: Metadata;
  readonly keys: LocalJWKSet;
  readonly at: number;
}

const CALL_MS = 5_000;
/** Entra announces keys ahead and asks to look at least daily; a key taken back must go sooner. */
const FRESH_MS = 60 * 60_000;
/** While the authority can't be asked, what it said before counts for so long. */
const STALE_MS = 24 * 60 * 60_000;
/** A token with a made-up key id must not make us ask again and again. */
const PAUSE_MS = 30_000;

/** The authority could not be asked, and nothing it said before is new enough. */
export class Unavailable extends Error {}

/** An Entra authority: its addresses and keys, kept, asked for anew when they are old or a key is not among them. */
export class Authority {
  /** As tokens name it; `{tenantid}` stands for the token's own tenant where any may come. */
  readonly issuer: string;
  /** The one tenant whose tokens are read; null: any. */
  readonly tenant: string | null;
  readonly #options: AuthorityOptions;
  #published: Published | undefined;
  #asking: Promise<Published> | undefined;
  #failedAt = -Infinity;

  constructor(options: AuthorityOptions) {
    this.#options = options;
    this.tenant = options.tenant === 'organizations' ? null : options.tenant;
    this.issuer = `${options.login}/${this.tenant ?? '{tenantid}'}/v2.0`;
  }

  /** Its addresses. Throws `Unavailable`. */
  async metadata(): Promise<Metadata> {
    return (await this.#current()).metadata;
  }

  /** The key that a token names, for jose's `jwtVerify`. Throws `Unavailable`, or jose's error where there is no such key. */
  readonly key: JWTVerifyGetKey = async (header, token) => {
    const published = await this.#current();
    try {
      return await published.keys(header, token);
    } catch (error) {
      const isRotated =
        error instanceof errors.JWKSNoMatchingKey && this.#age(published) >= PAUSE_MS && !this.#pausing();
      if (!isRotated) throw error;
      return (await this.#ask()).keys(header, token);
    }
  };

  /** What was said last, where it is new enough; else asked anew, and what was said before only while that fails. */
  async #current(): Promise<Published> {
    const kept = this.#published;
    if (kept && this.#age(kept) < FRESH_MS) return kept;
    const usable = kept && this.#age(kept) < STALE_MS ? kept : undefined;
    if (this.#pausing()) {
      if (usable) return usable;
      throw new Unavailable('asked a moment ago');
    }
    return this.#ask().catch((error: unknown) => {
      if (usable) return usable;
      throw error;
    });
  }

  /** A clock that was set back makes nothing young again: then it counts as old. */
  #age({ at }: Published): number {
    const age = this.#options.clock() - at;
    return age < 0 ? FRESH_MS : age;
  }

  #pausing(): boolean {
    const since = this.#options.clock() - this.#failedAt;
    return since >= 0 && since < PAUSE_MS;
  }

  /** However many want it, it is asked once. */
  #ask(): Promise<Published> {
    this.#asking ??= this.#load()
      .then(
        (published) => (this.#published = published),
        (error: unknown) => {
          this.#failedAt = this.#options.clock();
          this.#options.failed(error instanceof Error ? error.message : 'failed');
          throw error;
        },
      )
      .finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #load(): Promise<Published> {
    const { login, tenant, clock } = this.#options;
    const metadata = await this.#get(`${login}/${tenant}/v2.0/.well-known/openid-configuration`, metadataSchema);
    if (metadata.issuer !== this.issuer) throw new Unavailable('metadata-of-another-issuer');
    const isSecure = ({ authorization_endpoint, token_endpoint, jwks_uri }: Metadata) =>
      [authorization_endpoint, token_endpoint, jwks_uri].every(
        (url) => new URL(url).protocol === new URL(login).protocol,
      );
    if (!isSecure(metadata)) throw new Unavailable('metadata-not-https');
    const { keys } = await this.#get(metadata.jwks_uri, keysSchema);
    // Each key says for which issuer it signs: one of personal accounts signs for no organization.
    const template = `${login}/{tenantid}/v2.0`;
    const own = keys.filter(
      ({ kty, use = 'sig', issuer = template }) =>
        kty === 'RSA' && use === 'sig' && (issuer === template || issuer === this.issuer),
    );
    if (own.length === 0) throw new Unavailable('no-keys');
    return { metadata, keys: createLocalJWKSet({ keys: own }), at: clock() };
  }

  async #get<T>(url: string, schema: z.ZodType<T>): Promise<T> {
    const signal = AbortSignal.timeout(this.#options.callMs ?? CALL_MS);
    const heard = await fetchJson(url, { signal });
    if (!heard.ok) throw new Unavailable(heard.why);
    if (heard.value.status !== 200) throw new Unavailable(`status-${heard.value.status}`);
    const read = schema.safeParse(heard.value.body);
    if (!read.success) throw new Unavailable('malformed');
    return read.data;
  }
}
