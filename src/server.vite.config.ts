import { statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { contentOf } from './packed-server.js';

/**
 * Packs the server and the command line with their packages into `dist/server`: some dozen files instead of 2,500 to find, read and link. It is a cache and
 * nothing else: `packed-server.js` uses it where every source is as it was, else the sources.
 */
const here = import.meta.dirname;
const root = join(here, '..');
const fromRoot = (file: string): string => relative(root, file).replaceAll(sep, '/');

export default defineConfig(packing(join(root, 'dist', 'server')));

/** How the server is packed into `outDir`. */
export function packing(outDir: string): UserConfig {
  return {
    root: here,
    publicDir: false,
    logLevel: 'warn',
    plugins: [ownFolders(outDir), inAscii(), sources(outDir), packages(outDir)],
    // Packages ask for the environment that they run in, as they do unpacked.
    define: { 'process.env.NODE_ENV': 'process.env.NODE_ENV' },
    // As Node.js would find them: the same files are packed that the sources load.
    resolve: { mainFields: [], conditions: ['node'], alias: { punycode: 'punycode/punycode.js' } },
    ssr: { noExternal: true, external: ['better-sqlite3'], resolve: { conditions: ['node'], mainFields: [] } },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: {
          config: join(here, 'config.ts'),
          serve: join(here, 'serve.ts'),
          command: join(here, 'command.ts'),
        },
        checks: { bundlerTimings: false, pluginTimings: false },
        output: {
          comments: false,
          // White space alone: names stay, so that a stack still tells where it was.
          minify: { compress: false, mangle: false, codegen: true },
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  };
}

/** A module that asks for its own folder still gets that one. */
function ownFolders(outDir: string): Plugin {
  return {
    name: 'frontdesk:own-folders',
    transform(code, id) {
      if (id.includes('node_modules') || !code.includes('import.meta.dirname')) return null;
      const folder = JSON.stringify(`/${relative(outDir, dirname(id)).replaceAll(sep, '/')}`);
      return { code: code.replaceAll('import.meta.dirname', `(import.meta.dirname + ${folder})`), map: null };
    },
  };
}

/**
 * Characters beyond ASCII as escapes: V8 then reads seven megabytes as they are, one byte each, and decodes nothing. `String.raw`
 * would show the escape, so that is refused.
 */
function inAscii(): Plugin {
  return {
    name: 'frontdesk:in-ascii',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk') continue;
          if (RAW.test(file.code)) this.error(`${file.fileName}: String.raw with more than ASCII`);
          file.code = escaped(file.code);
        }
      },
    },
  };
}

const RAW = /String\.raw`[^`]*[^\0-\x7f]/;

/** A backslash before such a character says nothing in strings and patterns; before its escape it would. */
function escaped(code: string): string {
  return code.replaceAll(/(\\*)([^\0-\x7f])/g, (_all, slashes: string, unit: string) => {
    const before = slashes.length % 2 === 0 ? slashes : slashes.slice(1);
    return `${before}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Whose change makes the packed server stale: our own modules, and which packages are installed. */
function sources(outDir: string): Plugin {
  return {
    name: 'frontdesk:sources',
    writeBundle() {
      const own = [...this.getModuleIds()].filter((id) => id.startsWith(root) && !id.includes('node_modules'));
      const files = [...own, join(root, 'package-lock.json')].map((file) => {
        const { size, mtimeMs: changed } = statSync(file);
        return [fromRoot(file), { size, changed, content: contentOf(file) }] as const;
      });
      writeFileSync(join(outDir, 'sources.json'), JSON.stringify(Object.fromEntries(files)));
    },
  };
}

/** Which packages each file of the pack holds: without white space and comments nothing else tells what a command loads. */
function packages(outDir: string): Plugin {
  return {
    name: 'frontdesk:packages',
    writeBundle(_options, bundle) {
      const held = Object.values(bundle).flatMap((file) => {
        if (file.type !== 'chunk') return [];
        const names = Object.keys(file.modules).flatMap((id) => PACKAGE.exec(id)?.[1] ?? []);
        return [[file.fileName, [...new Set(names)].toSorted()] as const];
      });
      writeFileSync(join(outDir, 'packages.json'), JSON.stringify(Object.fromEntries(held)));
    },
  };
}

const PACKAGE = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//;
