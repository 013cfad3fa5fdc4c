import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { openSink } from './sink.ts';
import type { Sink } from './sink.ts';

export const ISSUER = 'https://api.botframework.com';
type Part = Record<string, unknown>;

/** A channel's issuer on this machine: its keys over HTTP, and tokens signed in any way that is asked for. */
export interface Issuer {
  readonly metadata: string;
  readonly sink: Sink;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** Puts a further key beside the others, as at a rotation. */
  rotate(kid: string): KeyObject;
  close(): Promise<void>;
}

const jwk = (key: KeyObject, kid: string): Part => ({
  ...key.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  endorsements: ['msteams', 'webchat'],
});

export async function openIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [jwk(publicKey, 'k1')];
  const sink: Sink = await openSink((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(request.url === '/keys' ? { keys } : { issuer: ISSUER, jwks_uri: `${sink.url}/keys` }));
  });
  return {
    metadata: `${sink.url}/openid`,
    sink,
    publicKey,
    privateKey,
    rotate(kid) {
      const next = generateKeyPairSync('rsa', { modulusLength: 2048 });
      keys.push(jwk(next.publicKey, kid));
      return next.privateKey;
    },
    close: () => sink.close(),
  };
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of this header and payload; undefined fields are left out. */
export function tokenOf(header: Part, payload: unknown, signature: (text: string) => Buffer | string): string {
  const text = `${part(header)}.${part(payload)}`;
  const signed = signature(text);
  return `${text}.${typeof signed === 'string' ? signed : signed.toString('base64url')}`;
}

export const rsa =
  (key: KeyObject, hash = 'sha256', padding: { padding?: number; saltLength?: number } = {}) =>
  (text: string): Buffer =>
    sign(hash, Buffer.from(text), { key, ...padding });

export const hmac =
  (secret: string | Buffer) =>
  (text: string): Buffer =>
    createHmac('sha256', secret).update(text).digest();
