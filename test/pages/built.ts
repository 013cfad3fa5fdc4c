import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** Builds the pages of this checkout into a folder of their own: what is tested is never an older build. */
export async function buildPages(): Promise<{ distDir: string; remove: () => Promise<void> }> {
  const distDir = await mkdtemp(join(tmpdir(), 'frontdesk-pages-'));
  const configFile = join(import.meta.dirname, '..', '..', 'src', 'vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir: distDir, emptyOutDir: true } });
  return { distDir, remove: () => rm(distDir, { recursive: true, force: true }) };
}
