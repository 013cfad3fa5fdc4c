import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * V8's compiled code is kept beside the packages it belongs to, so that an installation brings it along: without it the
 * first start takes several times as long. Stale entries are of no harm, they are keyed by each file's content.
 */
export function useCompileCache(): void {
  enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'frontdesk'));
}

// Run by itself (by `npm ci`), it fills the cache with everything that a start loads.
if (import.meta.main) {
  useCompileCache();
  await Promise.all([import('./serve.ts'), import('./storage/sqlite/open.ts'), import('./storage/postgres/open.ts')]);
  flushCompileCache();
  process.exit(0);
}
