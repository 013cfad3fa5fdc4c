import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadUse, type Given } from './verb.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'manifest', 'dist');

/**
 * `pack`: writes the app packages for Teams and says where, one JSON line each. Returns 0. Throws `BadUse` that names every
 * setting and option that is missing or wrong; then nothing is written.
 */
export async function runPack({ options, office, out }: Given): Promise<number> {
  const { developer, privacy, terms, version, folder = FOLDER } = options;
  const packed = await office.pack({ developer, privacy, terms, version });
  if ('problems' in packed) throw new BadUse(packed.problems.join('\n'));
  mkdirSync(folder, { recursive: true });
  for (const [app, bytes] of Object.entries(packed.packages)) {
    const file = join(folder, `${app}.zip`);
    writeFileSync(file, bytes);
    out(JSON.stringify({ app, file, bytes: bytes.length, version: packed.version, cloud: packed.cloud }));
  }
  return 0;
}
