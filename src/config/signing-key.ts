import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signingKeys, type SigningKey } from './values.ts';

/**
 * Local mode's own key: made at random at the first start and kept in the data folder, readable by its owner alone, so
 * that chat tokens survive a restart. Returns null when the file is there but holds no key.
 */
export function localSigningKeys(dataDir: string): readonly SigningKey[] | null {
  const file = join(dataDir, 'signing-key');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `local:${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    chmodSync(file, 0o600);
  }
  const read = signingKeys.safeParse(readFileSync(file, 'utf8').trim());
  return read.success ? read.data : null;
}
