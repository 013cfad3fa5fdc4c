import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BadUse, type Given } from './verb.ts';

const FILE = join(import.meta.dirname, '..', '..', 'dist', 'frontdesk-teams.zip');

/**
 * `pack`: writes the app package for Teams and says where, as one JSON line. Returns 0. Throws `BadUse` that names every
 * setting and option that is missing or wrong; then nothing is written.
 */
export async function runPack({ options, office, out }: Given): Promise<number> {
  const { developer, privacy, terms, version = '1.0.0', file = FILE } = options;
  const packed = await office.pack({ developer, privacy, terms, version });
  if ('problems' in packed) throw new BadUse(packed.problems.join('\n'));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, packed.bytes);
  out(JSON.stringify({ file, bytes: packed.bytes.length, version }));
  return 0;
}
