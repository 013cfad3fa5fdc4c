import { z } from 'zod';
import { fetchJson } from '../client.ts';
import type { Authority, Metadata } from './authority.ts';
import { TEAMS_SCOPE, verifyToken, type EntraClaims, type TokenRefusal } from './token.ts';

export interface EntraSignInOptions {
  readonly authority: Authority;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As registered with the app, to the letter. */
  readonly redirectUri: string;
  /** Where the browser comes back to after signing out. */
  readonly homeUri: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Told why nobody could sign in, where it is the operator's or the provider's fault. */
  readonly failed: (why: string) => void;
}

/** What a sign-in is begun with: `challenge` is the SHA-256 of the verifier (PKCE, RFC 7636). */
export interface Beginning {
  readonly state: string;
  readonly nonce: string;
  readonly challenge: string;
}

/** Who signed in, as Entra says. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  /** The account's name, to show to its owner. */
  readonly account: string;
  readonly roles: readonly string[];
}

/** `code`: refused, used before or over · `client`: the registration of this app is wrong · else what is wrong with the token. */
export type SignInRefusal = 'code' | 'client' | TokenRefusal;
export type Redeemed =
  | { readonly ok: true; readonly person: SignedIn }
  | { readonly ok: false; readonly why: SignInRefusal };

const answerSchema = z.object({ id_token: z.string() });
const errorSchema = z.object({ error: z.string() });
const CALL_MS = 10_000;

/** Signing in with Microsoft Entra ID: the code flow of OpenID Connect, with PKCE, state and nonce. */
export class EntraSignIn {
  readonly #options: EntraSignInOptions;

  constructor(options: EntraSignInOptions) {
    this.#options = options;
  }

  /** The address at which the person signs in; null where the provider can't be asked. */
  async begin({ state, nonce, challenge }: Beginning): Promise<string | null> {
    const { clientId, redirectUri } = this.#options;
    const metadata = await this.#metadata();
    if (!metadata) return null;
    return withQuery(metadata.authorization_endpoint, {
      client_id: clientId,
      response_type: 'code',
      // A page of another site comes back by a plain GET: the only way on which a SameSite=Lax cookie comes along.
      response_mode: 'query',
      redirect_uri: redirectUri,
      scope: 'openid profile',
      state,
      nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
  }

  /** Who signed in: trades the code for an id token and checks it. */
  async redeem({ code, verifier, nonce }: { code: string; verifier: string; nonce: string }): Promise<Redeemed> {
    const { authority, clientId, clock, failed } = this.#options;
    const metadata = await this.#metadata();
    if (!metadata) return { ok: false, why: 'unavailable' };
    const traded = await this.#trade(metadata, code, verifier);
    if (!traded.ok) return traded;
    const verified = await verifyToken(traded.token, authority, { audience: clientId, nonce, now: clock() });
    if (!verified.ok) {
      failed(verified.why);
      return verified;
    }
    return { ok: true, person: personOf(verified.claims) };
  }

  /** Who a token of Teams’ single sign-on names: an access token for this app, not the id token of some sign-in. */
  async recognise(token: string): Promise<Redeemed> {
    const { authority, clientId, clock, failed } = this.#options;
    const verified = await verifyToken(token, authority, { audience: clientId, scope: TEAMS_SCOPE, now: clock() });
    if (!verified.ok) {
      failed(verified.why);
      return verified;
    }
    return { ok: true, person: personOf(verified.claims) };
  }

  /** The address at which the person signs out of the provider, too; null where it has none or can't be asked. */
  async leave(): Promise<string | null> {
    const metadata = await this.#metadata();
    const end = metadata?.end_session_endpoint;
    return end === undefined ? null : withQuery(end, { post_logout_redirect_uri: this.#options.homeUri });
  }

  /** null where the authority can't be asked; it said so itself already. */
  #metadata(): Promise<Metadata | null> {
    return this.#options.authority.metadata().catch(() => null);
  }

  async #trade(
    { token_endpoint: url }: Metadata,
    code: string,
    verifier: string,
  ): Promise<{ ok: true; token: string } | { ok: false; why: 'code' | 'client' | 'unavailable' }> {
    const { clientId, clientSecret, redirectUri, failed } = this.#options;
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    });
    const heard = await fetchJson(url, { method: 'POST', body, signal: AbortSignal.timeout(CALL_MS) });
    const answer = heard.ok ? answerSchema.safeParse(heard.value.body).data : undefined;
    if (heard.ok && heard.value.status === 200 && answer) return { ok: true, token: answer.id_token };
    const error = heard.ok ? errorSchema.safeParse(heard.value.body).data?.error : undefined;
    failed(`token-${error ?? (heard.ok ? heard.value.status : heard.why)}`);
    if (error === 'invalid_grant') return { ok: false, why: 'code' };
    return { ok: false, why: error === undefined ? 'unavailable' : 'client' };
  }
}

function personOf({ oid, name = '', preferred_username: account = '', roles }: EntraClaims): SignedIn {
  return { id: oid, name: name || account || oid, account, roles };
}

function withQuery(address: string, values: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  return url.href;
}
