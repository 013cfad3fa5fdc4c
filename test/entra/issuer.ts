import { generateKeyPairSync, createHash, randomUUID, type KeyObject } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { hmac, rsa, tokenOf } from '../teams/issuer.ts';

export const TENANT = '0d9b1a77-4d0e-4c0b-8a52-5f0f5a0c7e21';
export const OTHER_TENANT = '5b1f1f2c-8a0e-4f65-9d52-7c7f0a2b9e10';
export const CLIENT = '90c1f0f2-6f6e-43f9-8d0e-6d3f0c1f7a10';
export const SECRET = 'a-secret-of-the-app-registration';
export const PERSON = '071cc716-8147-4397-a5ba-b2105951cc0b';

type Part = Record<string, unknown>;
/** How the issuer answers; `slow` never answers. */
type Mood = 'well' | 'down' | 'slow' | 'nonsense';

/** An Entra authority on this machine: metadata, keys, and a token endpoint that keeps to OAuth (codes once, PKCE, secret). */
export interface Entra {
  readonly login: string;
  readonly issuer: string;
  /** Instants of tokens are counted from here, in seconds. */
  now: number;
  mood: Mood;
  /** Paths that were asked for. */
  readonly asked: string[];
  /** Changes what the metadata says. */
  metadata: Part;
  /** The `issuer` of the published keys. */
  keyIssuer: string | undefined;
  /** Takes the place of the token endpoint's next answers. */
  answer: ((granted: Granted) => { status: number; body: unknown }) | undefined;
  /** An id token, right but for `change`; undefined leaves a claim out. */
  token(change?: Part, how?: Signing): string;
  /** Signs from now on with another key; the old one is no longer published. */
  rotate(): void;
  /** What the provider's page does once the person signed in: returns the query to come back with. */
  signIn(address: string, claims?: Part): URLSearchParams;
  close(): Promise<void>;
}

export interface Signing {
  readonly alg?: 'RS256' | 'PS256' | 'none' | 'HS256';
  readonly kid?: string;
  /** The issuer's last key before the rotation, or one that was never published. */
  readonly key?: KeyObject;
}

export interface Granted {
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
  readonly claims: Part;
}

interface Key {
  kid: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
}

const makeKey = (): Key => ({ kid: randomUUID(), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) });
/** Made once: keys take long to make. */
const KEYS = [makeKey(), makeKey()];
export const STRANGER: KeyObject = makeKey().privateKey;

export async function openEntra(): Promise<Entra> {
  const codes = new Map<string, Granted>();
  let key = KEYS[0]!;
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const login = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${login}/${TENANT}/v2.0`;

  const entra: Entra = {
    login,
    issuer,
    now: Math.floor(Date.now() / 1_000),
    mood: 'well',
    asked: [],
    metadata: {},
    keyIssuer: `${login}/{tenantid}/v2.0`,
    answer: undefined,
    token(change = {}, { alg = 'RS256', kid = key.kid, key: signing = key.privateKey } = {}) {
      const { now } = entra;
      const times = { iat: now, nbf: now, exp: now + 3_600 };
      const who = {
        oid: PERSON,
        tid: TENANT,
        sub: 'pairwise',
        name: '佐藤 美咲',
        preferred_username: 'sato@contoso.example',
      };
      const claims = { ver: '2.0', iss: issuer, aud: CLIENT, ...times, ...who, roles: ['Frontdesk.Agent'], ...change };
      const signed = { RS256: rsa(signing), PS256: rsa(signing), none: () => '', HS256: hmac(publicPem(key)) };
      return tokenOf({ typ: 'JWT', alg, kid }, claims, signed[alg]);
    },
    rotate() {
      key = KEYS.find((other) => other !== key)!;
    },
    signIn(address, claims = {}) {
      const query = new URL(address).searchParams;
      const code = randomUUID();
      const [nonce, challenge, redirectUri] = ['nonce', 'code_challenge', 'redirect_uri'].map(
        (name) => query.get(name) ?? '',
      );
      codes.set(code, { nonce: nonce!, challenge: challenge!, redirectUri: redirectUri!, claims });
      return new URLSearchParams({ code, state: query.get('state') ?? '', session_state: 'x' });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', login);
    entra.asked.push(pathname);
    if (entra.mood === 'slow') return;
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    if (entra.mood === 'down') return send(503, 'Service Unavailable');
    if (entra.mood === 'nonsense') return send(200, '<html>captive portal</html>');
    const tenant = pathname.split('/')[1] ?? '';
    if (pathname.endsWith('/.well-known/openid-configuration')) return send(200, metadataOf(tenant));
    if (pathname.endsWith('/keys')) {
      const { kid, publicKey } = key;
      return send(200, {
        keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', issuer: entra.keyIssuer }],
      });
    }
    if (pathname.endsWith('/token')) {
      const { status, body } = await trade(request);
      return send(status, body);
    }
    return send(404, {});
  }

  const metadataOf = (tenant: string): Part => ({
    issuer: tenant === TENANT ? issuer : `${login}/{tenantid}/v2.0`,
    authorization_endpoint: `${login}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${login}/${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${login}/${tenant}/discovery/v2.0/keys`,
    end_session_endpoint: `${login}/${tenant}/oauth2/v2.0/logout`,
    ...entra.metadata,
  });

  async function trade(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    let text = '';
    for await (const bytes of request) text += String(bytes);
    const form = new URLSearchParams(text);
    if (form.get('client_id') !== CLIENT || form.get('client_secret') !== SECRET)
      return { status: 401, body: { error: 'invalid_client', error_codes: [7000215] } };
    const code = form.get('code') ?? '';
    const granted = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (granted?.challenge !== challenge || granted.redirectUri !== form.get('redirect_uri'))
      return { status: 400, body: { error: 'invalid_grant', error_codes: [54005] } };
    if (entra.answer) return entra.answer(granted);
    return {
      status: 200,
      body: { token_type: 'Bearer', id_token: entra.token({ nonce: granted.nonce, ...granted.claims }) },
    };
  }

  return entra;
}

const publicPem = ({ publicKey }: Key): string => publicKey.export({ type: 'spki', format: 'pem' }).toString();
