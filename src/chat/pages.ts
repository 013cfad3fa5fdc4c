import { createHash, randomBytes } from 'node:crypto';
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
  readonly br?: Buffer;
  readonly gzip?: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Put into the pages by the build (`html.cspNonce`), replaced by a fresh one in every answer. */
export const NONCE_MARK = 'frontdesk-csp-nonce';

/**
 * The routes of the pages: `/` (local mode), `/chat`, `/chat/embed.js`, `/desk` and `/assets/*`. Everything is read once,
 * here; a request only looks a name up. Throws when the pages are not built.
 */
export function pageRoutes(options: PageOptions): Route[] {
  const { distDir, local } = options;
  const page = (...path: string[]) => readFileSync(builtFile(distDir, ...path), 'utf8');
  const chat = page('chat', 'page', 'chat.html');
  const desk = page('desk', 'page', 'desk.html');
  const demo = page('chat', 'demo', 'demo.html');
  const script = readBuilt(distDir, 'embed.js');
  const assets = readAssets(join(distDir, 'assets'));
  return [
    ...(local ? [{ method: 'GET', path: '/', kind: 'page', handle: () => html(demo) } as const] : []),
    { method: 'GET', path: '/chat', kind: 'embeddable-page', handle: () => html(chat) },
    { method: 'GET', path: '/desk', kind: 'page', handle: () => html(desk) },
    { method: 'GET', path: '/chat/embed.js', kind: 'asset', handle: (call) => send(call, script, EMBED_CACHE) },
    { method: 'GET', path: '/assets/:name', kind: 'asset', handle: (call) => send(call, find(assets, call), FOR_EVER) },
  ];
}

const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000, immutable' };
/** Host pages name this script without a hash: a new one must reach them soon. */
const EMBED_CACHE = { 'Cache-Control': 'public, max-age=300' };

function find(assets: ReadonlyMap<string, Built>, call: Call): Built {
  const asset = assets.get(call.params.name ?? '');
  if (!asset) throw new Refusal(404, 'not-found', 'There is nothing here.');
  return asset;
}

/**
 * The door sends the policy of the route's kind. Each page narrows it by a `meta` of its own: styles from here or with
 * the answer's nonce (Web Chat's emotion takes it), pictures only from here. Both hold, so the stricter one counts.
 */
function html(template: string): Answer {
  const nonce = randomBytes(18).toString('base64');
  return {
    status: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
    bytes: Buffer.from(template.replaceAll(NONCE_MARK, nonce)),
  };
}

function send(call: Call, built: Built, caching: Readonly<Record<string, string>>): Answer {
  const headers = { ...caching, ETag: built.etag, Vary: 'Accept-Encoding' };
  if (call.headers['if-none-match']?.includes(built.etag)) return { status: 304, headers };
  const typed = { ...headers, 'Content-Type': built.type };
  const accepted = [call.headers['accept-encoding'] ?? ''].join();
  if (built.br && /\bbr\b/.test(accepted)) {
    return { status: 200, headers: { ...typed, 'Content-Encoding': 'br' }, bytes: built.br };
  }
  if (built.gzip && /\bgzip\b/.test(accepted)) {
    return { status: 200, headers: { ...typed, 'Content-Encoding': 'gzip' }, bytes: built.gzip };
  }
  return { status: 200, headers: typed, bytes: built.bytes };
}

function readAssets(directory: string): ReadonlyMap<string, Built> {
  const names = readdirSync(directory).filter((name) => TYPES[extname(name)]);
  return new Map(names.map((name) => [name, readBuilt(directory, name)]));
}

function readBuilt(directory: string, name: string): Built {
  const bytes = readFileSync(builtFile(directory, name));
  const packed = (suffix: string) => {
    const path = join(directory, name + suffix);
    return existsSync(path) ? readFileSync(path) : undefined;
  };
  const br = packed('.br');
  const gzip = packed('.gz');
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`,
    bytes,
    ...(br ? { br } : {}),
    ...(gzip ? { gzip } : {}),
  };
}

function builtFile(...path: string[]): string {
  const file = join(...path);
  if (!existsSync(file)) throw new Error(`the pages are not built (${file} is missing): run "npm run build"`);
  return file;
}
