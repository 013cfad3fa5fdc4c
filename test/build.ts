import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { readBook } from '#knowledge/book.ts';
import { packedServer } from '#src/packed-server.js';
import { sharedEngines } from './storage/shared-engines.ts';

const ROOT = join(import.meta.dirname, '..');
/** Where the server, too, finds the pages. */
export const PAGES = join(ROOT, 'dist', 'pages');

/**
 * Before the first test, once: what `npm ci` built is built anew where something that it is made of has changed since. So
 * what is tested is never an older build, and no test builds for itself.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (newest(['src', 'knowledge/phrases', 'package-lock.json']) > newest(['dist/pages']))
    await build({ configFile: join(ROOT, 'src', 'vite.config.ts'), logLevel: 'error' });
  if (!packedServer().packed)
    await build({ configFile: join(ROOT, 'src', 'server.vite.config.ts'), logLevel: 'error' });
  readBook().search.warm('worldwide');
  const engines = await sharedEngines();
  project.provide('engines', engines.url);
  return () => engines.close();
}

/** When the newest of these files, or of the files below these folders, was written: milliseconds; 0 where there is none. */
function newest(paths: readonly string[]): number {
  const times = paths.flatMap((path) => filesOf(join(ROOT, path)).map((file) => statSync(file).mtimeMs));
  return Math.max(0, ...times);
}

function filesOf(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
