import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SigningKey } from './config.ts';
import type { Seal } from './log/seal.ts';

const CIPHER = 'aes-256-gcm';

/** Seals with the first signing key and opens with all of them, as tokens do: keys can be rotated. */
export function sealOf(keys: readonly SigningKey[]): Seal {
  const [first] = keys;
  if (!first) throw new Error('there is no signing key');
  return {
    close: (value) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv(CIPHER, keyFor('seal', first), iv);
      cipher.setAAD(Buffer.from(first.kid));
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return [first.kid, ...[iv, text, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
    },
    open: (sealed) => {
      const [kid = '', ...parts] = sealed.split('.');
      const [iv, text, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
      const key = keys.find((one) => one.kid === kid);
      if (!key || !iv || !text || !tag) throw new Error('no key opens this seal');
      const decipher = createDecipheriv(CIPHER, keyFor('seal', key), iv, { authTagLength: 16 });
      decipher.setAAD(Buffer.from(kid));
      decipher.setAuthTag(tag);
      return JSON.parse(Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8'));
    },
    digest: (purpose, text) => createHmac('sha256', keyFor(purpose, first)).update(text).digest('hex'),
  };
}

/** A key of its own for each use: what signs tokens never encrypts. */
function keyFor(purpose: string, { secret }: SigningKey): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `frontdesk ${purpose}`, 32));
}
