import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

export const TENANT = '0b9f5a54-4a24-4ea1-8d2c-5d2f3f6b3a11';

/** A host page's back end with a key of its own. */
export interface Host {
  readonly id: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function makeHost(id: string, alg = 'ES256', kid = `${id}-1`): Promise<Host> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { id, kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg } };
}

/** An operator's file of host pages; `remove` takes it away again. */
export function writeHosts(hosts: Record<string, unknown>): { path: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-hosts-'));
  const path = join(folder, 'hosts.json');
  writeFileSync(path, JSON.stringify(hosts));
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Signed {
  /** Claims beside the registered ones; undefined takes one away. */
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: CryptoKey | Uint8Array;
}

export const ALEX = { sub: 'alex', tid: TENANT, name: 'Alex Wilber', roles: ['Global Administrator'] };

/** An assertion as a careful host makes it, or with what a test changes about it. */
export async function assertionOf(host: Host, { claims = {}, header = {}, key }: Signed = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const registered = { iss: host.id, aud: 'frontdesk', iat: now, exp: now + 300, jti: randomUUID() };
  const payload = JSON.parse(JSON.stringify({ ...registered, ...ALEX, ...claims }));
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', kid: host.kid, ...header })
    .sign(key ?? host.privateKey);
}
