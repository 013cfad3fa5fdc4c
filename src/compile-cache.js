import module from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packedServer } from './packed-server.js';

/**
 * V8's compiled code is kept beside the packages it belongs to, so that an installation brings it along: without it the
 * first start takes several times as long. Stale entries are of no harm, they are keyed by each file's content. An older
 * Node.js has no such cache: it is not for this to say so.
 */
export function useCompileCache() {
  module.enableCompileCache?.(join(import.meta.dirname, '..', 'node_modules', '.cache', 'frontdesk'));
}

/** Starts the server once, out of reach, until everything that a start needs is compiled; and what every command loads. */
async function fill() {
  const { config, serve, command } = packedServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-'));
  // Its addresses are nobody's.
  process.stdout.write = () => true;
  try {
    await command();
    const { readConfig } = await config();
    await (await serve()).serve(readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
    module.flushCompileCache();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

// Run by itself (by `npm ci`). A machine on which it can't be filled starts more slowly, no more than that.
if (import.meta.main) {
  useCompileCache();
  await fill().catch((error) => process.stderr.write(`The compile cache stays empty: ${error}\n`));
  process.exit(0);
}
