import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { pageRoutes } from '#src/chat/pages.ts';
import { Refusal, type Answer, type Route } from '#src/http/call.ts';
import { PAGES } from '../build.ts';
import { callOf } from './call.ts';

let routes: Route[];

beforeAll(() => {
  routes = pageRoutes({ distDir: PAGES, local: true });
});

const routeOf = (path: string, list = routes) => list.find((route) => route.path === path);

async function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const asset = path.startsWith('/assets/') ? path.slice('/assets/'.length) : undefined;
  const route = routeOf(asset === undefined ? path : '/assets/:name');
  if (!route) throw new Refusal(404, 'not-found', '');
  return route.handle(callOf(path, asset === undefined ? {} : { name: asset }, headers));
}

const textOf = async (path: string) => (await get(path)).bytes?.toString('utf8') ?? '';

describe('the routes of the pages', () => {
  it('serve the four addresses, the demo in local mode only', () => {
    expect(routes.map((route) => route.path).toSorted()).toEqual([
      '/',
      '/assets/:name',
      '/chat',
      '/chat/embed.js',
      '/desk',
    ]);
    expect(routeOf('/', pageRoutes({ distDir: PAGES, local: false }))).toBeUndefined();
    expect(routeOf('/chat')?.kind).toBe('embeddable-page');
    expect(routeOf('/desk')?.kind).toBe('tab-page');
  });

  it.each(['/', '/chat', '/desk'])('%s runs only files from here: no script or style in the page', async (path) => {
    const html = await textOf(path);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    for (const [, src] of html.matchAll(/(?:src|href)="([^"]+)"/g))
      expect(src).toMatch(/^(\/(assets\/[\w.-]+|chat|desk)?)$/);
  });

  it('serve every asset that a page names, to be kept for ever', async () => {
    const html = await textOf('/chat');
    const names = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      const answer = await get(name);
      expect(answer.status).toBe(200);
      expect(answer.headers?.['Cache-Control']).toContain('immutable');
    }
  });

  it('send the form that the browser accepts, the same bytes in each', async () => {
    const name = /"(\/assets\/webchat-[^"]+)"/.exec(await textOf('/chat'))?.[1] ?? '';
    const plain = await get(name);
    const br = await get(name, { 'accept-encoding': 'gzip, deflate, br, zstd' });
    const gzip = await get(name, { 'accept-encoding': 'gzip' });
    expect(plain.headers?.['Content-Encoding']).toBeUndefined();
    expect(br.headers?.['Content-Encoding']).toBe('br');
    expect(gzip.headers?.['Content-Encoding']).toBe('gzip');
    expect(brotliDecompressSync(br.bytes!).equals(plain.bytes!)).toBe(true);
    expect(gunzipSync(gzip.bytes!).equals(plain.bytes!)).toBe(true);
    expect(br.bytes!.length).toBeLessThan(800_000);
    const original = readFileSync(join('node_modules', 'botframework-webchat', 'dist', 'webchat.js'));
    expect(plain.bytes!.equals(original)).toBe(true);
  });

  it('answer 304 to a browser that has it', async () => {
    const { headers } = await get('/chat');
    const again = await get('/chat', { 'if-none-match': `W/"other", ${headers?.ETag}` });
    expect(again.status).toBe(304);
    expect(again.bytes).toBeUndefined();
    expect((await get('/chat', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it.each([
    '/assets/none.js',
    '/assets/..%2fembed.js',
    '/assets/../embed.js',
    '/assets/',
    '/assets/__proto__',
    '/assets/x\0.js',
  ])('%j is not there', async (path) => {
    await expect(get(path)).rejects.toMatchObject({ status: 404 });
  });

  it('say what to do when the pages are not built', () => {
    expect(() => pageRoutes({ distDir: join(PAGES, 'nowhere'), local: true })).toThrow(/npm run build/);
  });
});

describe('the embed script', () => {
  it('is small, classic, and holds no words but its own', async () => {
    const { bytes } = await get('/chat/embed.js');
    const text = bytes!.toString('utf8');
    expect(bytes!.length).toBeLessThan(15_000);
    expect(text).not.toMatch(/\b(import|export)\b\s*[{*]/);
    expect(text).toContain('サポートに問い合わせる');
    expect(text).not.toContain('page.desk');
  });
});
