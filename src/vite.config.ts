import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, defineConfig, type Plugin } from 'vite';
import { z } from 'zod';

/**
 * Builds the pages (chat, demo admin center, agent desk) and the host page's one-line script into `dist/pages`.
 * `src/chat/pages.ts` serves what lies there; asset names carry a hash of their bytes, so they may be cached for ever.
 */
const here = import.meta.dirname;
const pages = join(here, '..', 'dist', 'pages');
const phrases = join(here, '..', 'knowledge', 'phrases');
const webChat = join(here, '..', 'node_modules', 'botframework-webchat', 'dist', 'webchat.js');

export default defineConfig({
  root: here,
  publicDir: false,
  base: '/',
  logLevel: 'warn',
  // Whoever builds the pages gets the same ones: under a test, too, React is the one of production.
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  oxc: { jsx: { runtime: 'automatic', development: false } },
  plugins: [webChatAsset(), embedScript(), packed()],
  build: {
    outDir: pages,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      // Fluent UI marks its modules for servers that render React; ours doesn't.
      checks: { pluginTimings: false, moduleLevelDirective: false },
      input: {
        chat: join(here, 'chat', 'page', 'chat.html'),
        demo: join(here, 'chat', 'demo', 'demo.html'),
        desk: join(here, 'desk', 'page', 'desk.html'),
      },
    },
  },
});

/**
 * Web Chat's own full bundle, untouched, as a classic script ahead of the chat page's module. Bundling the package again
 * would bring a second React and a build of a minute for the same bytes.
 */
function webChatAsset(): Plugin {
  const source = readFileSync(webChat);
  const fileName = `assets/webchat-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.js`;
  return {
    name: 'frontdesk:webchat',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { path }) =>
        path.endsWith('chat.html')
          ? [{ tag: 'script', attrs: { src: `/${fileName}`, defer: true }, injectTo: 'head-prepend' }]
          : [],
    },
  };
}

/** `/chat/embed.js`: one classic script without exports or globals, with only its own words inside. */
function embedScript(): Plugin {
  return {
    name: 'frontdesk:embed',
    async generateBundle() {
      const result = await build({
        configFile: false,
        root: here,
        publicDir: false,
        logLevel: 'warn',
        define: { EMBED_WORDS: JSON.stringify(embedWords()) },
        build: {
          write: false,
          target: 'es2022',
          rolldownOptions: { input: join(here, 'chat', 'page', 'embed', 'embed.ts'), output: { format: 'iife' } },
        },
      });
      const outputs = Array.isArray(result) ? result : [result];
      const source = outputs.flatMap((each) => ('output' in each ? each.output[0].code : []))[0];
      if (!source) throw new Error('the embed script came out empty');
      this.emitFile({ type: 'asset', fileName: 'embed.js', source });
    },
  };
}

function embedWords(): Record<string, Record<string, string>> {
  return { en: embedWordsOf('en'), 'zh-CN': embedWordsOf('zh-CN'), ja: embedWordsOf('ja') };
}

function embedWordsOf(language: string): Record<string, string> {
  const text = readFileSync(join(phrases, language, 'page.json'), 'utf8');
  const all = z.record(z.string(), z.string()).parse(JSON.parse(text));
  return Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith('page.embed.')));
}

/** Each text also as .br and .gz, so that the server never compresses: Web Chat alone is 3.9 MB. */
function packed(): Plugin {
  return {
    name: 'frontdesk:packed',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          if (bytes.length < 1400) continue;
          const params = { [constants.BROTLI_PARAM_QUALITY]: bytes.length > 1e6 ? 9 : 11 };
          this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(bytes, { params }) });
          this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(bytes, { level: 9 }) });
        }
      },
    },
  };
}
