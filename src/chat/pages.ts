import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Refusal, type Answer, type Call, type Route } from '#src/http/call.ts';

export interface PageOptions {
  /** Where `npm run build` put the pages: `dist/pages`. */
  readonly distDir: string;
  /** Local mode: the demo admin center is at `/`. */
  readonly local: boolean;
}

/** A file of the build, held in memory in each form in which it may be asked for. */
interface Built {
  readonly type: string;
  readonly etag: string;
  readonly bytes: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const CHECKED = { 'Cache-Control': 'no-cache' };
/** Host pages name this script without a hash: a new one must reach them soon. */
const EMBED = { 'Cache-Control': 'public, max-age=300' };
/** The name carries a hash of the bytes. */
const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000, immutable' };

/**
 * The routes of the pages: `/` (local mode), `/chat`, `/chat/embed.js`, `/desk` and `/assets/*`. Everything is read once,
 * here; a request only looks a name up. Throws when the pages are not built.
 */
export function pageRoutes(options: PageOptions): Route[] {
  const { distDir, local } = options;
  const chat = readBuilt(join(distDir, 'chat', 'page'), 'chat.html');
  const demo = readBuilt(join(distDir, 'chat', 'demo'), 'demo.html');
  const desk = readBuilt(join(distDir, 'desk', 'page'), 'desk.html');
  const script = readBuilt(distDir, 'embed.js');
  const assets = readAssets(join(distDir, 'assets'));
  const routes: Route[] = [
    { method: 'GET', path: '/chat', kind: 'embeddable-page', handle: (call) => send(call, chat, CHECKED) },
    { method: 'GET', path: '/chat/embed.js', kind: 'asset', handle: (call) => send(call, script, EMBED) },
    { method: 'GET', path: '/desk', kind: 'tab-page', handle: (call) => send(call, desk, CHECKED) },
    { method: 'GET', path: '/assets/:name', kind: 'asset', handle: (call) => send(call, find(assets, call), FOR_EVER) },
  ];
  if (local) routes.push({ method: 'GET', path: '/', kind: 'page', handle: (call) => send(call, demo, CHECKED) });
  return routes;
}

function find(assets: ReadonlyMap<string, Built>, call: Call): Built {
  const asset = assets.get(call.params.name ?? '');
  if (!asset) throw new Refusal(404, 'not-found', 'There is nothing here.');
  return asset;
}

function send(call: Call, built: Built, caching: Readonly<Record<string, string>>): Answer {
  const headers = { ...caching, ETag: built.etag, Vary: 'Accept-Encoding' };
  if (call.headers['if-none-match']?.includes(built.etag)) return { status: 304, headers };
  const typed = { ...headers, 'Content-Type': built.type };
  const { encoding, bytes } = formFor(built, [call.headers['accept-encoding'] ?? ''].join());
  return { status: 200, headers: encoding ? { ...typed, 'Content-Encoding': encoding } : typed, bytes };
}

function formFor(built: Built, accepted: string): { encoding?: string; bytes: Buffer } {
  if (built.br && /\bbr\b/.test(accepted)) return { encoding: 'br', bytes: built.br };
  if (built.gzip && /\bgzip\b/.test(accepted)) return { encoding: 'gzip', bytes: built.gzip };
  return { bytes: built.bytes };
}

function readAssets(directory: string): ReadonlyMap<string, Built> {
  if (!existsSync(directory)) throw notBuilt(directory);
  const names = readdirSync(directory).filter((name) => TYPES[extname(name)]);
  return new Map(names.map((name) => [name, readBuilt(directory, name)]));
}

function readBuilt(directory: string, name: string): Built {
  const path = join(directory, name);
  if (!existsSync(path)) throw notBuilt(path);
  const bytes = readFileSync(path);
  const packed = (suffix: string) => (existsSync(path + suffix) ? readFileSync(path + suffix) : undefined);
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`,
    bytes,
    br: packed('.br'),
    gzip: packed('.gz'),
  };
}

function notBuilt(path: string): Error {
  return new Error(`The pages are not built: ${path} is missing. Run "npm run build".`);
}
