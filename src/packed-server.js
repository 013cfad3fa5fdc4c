import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '..');
/** Made by `npm ci` and `npm run build`, see server.vite.config.ts. */
const PACKED = join(ROOT, 'dist', 'server');

/**
 * What the packed server was made from, each file by size, time of its last change, and content.
 * @typedef {Record<string, { size: number, changed: number, content: string }>} Sources
 */

/** @param {string} file */
export const contentOf = (file) => createHash('sha1').update(readFileSync(file)).digest('hex');

/**
 * The parts of a start, and of a command: out of the packed server where nothing changed since it was packed, else from the
 * sources, which are 2,500 files and take three times as long to load.
 * @param {string} packed its folder
 * @param {string} root where its sources are
 * @returns {{ config: () => Promise<typeof import('./config.ts')>, serve: () => Promise<typeof import('./serve.ts')>, command: () => Promise<typeof import('./command.ts')>, packed: boolean }}
 */
export function packedServer(packed = PACKED, root = ROOT) {
  if (!isFresh(packed, root)) {
    return {
      config: () => import('./config.ts'),
      serve: () => import('./serve.ts'),
      command: () => import('./command.ts'),
      packed: false,
    };
  }
  /** @param {string} part */
  const load = (part) => import(pathToFileURL(join(packed, part)).href);
  return {
    config: () => load('config.js'),
    serve: () => load('serve.js'),
    command: () => load('command.js'),
    packed: true,
  };
}

/**
 * @param {string} packed
 * @param {string} root
 */
function isFresh(packed, root) {
  try {
    /** @type {Sources} */
    const sources = JSON.parse(readFileSync(join(packed, 'sources.json'), 'utf8'));
    return Object.entries(sources).every(([name, { size, changed, content }]) => {
      const file = join(root, name);
      const now = statSync(file);
      // A copy or a checkout gives the same file another time.
      return now.size === size && (now.mtimeMs === changed || contentOf(file) === content);
    });
  } catch {
    return false;
  }
}
