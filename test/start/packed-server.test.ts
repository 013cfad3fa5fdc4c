import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { contentOf, packedServer } from '../../src/packed-server.js';
import { packing } from '../../src/server.vite.config.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-packed-'));
const packed = join(folder, 'dist');
const source = join(folder, 'source.ts');

beforeEach(() => {
  mkdirSync(packed, { recursive: true });
  writeFileSync(source, 'one');
  utimesSync(source, 1, 1);
  const { size, mtimeMs: changed } = statSync(source);
  const sources = { 'source.ts': { size, changed, content: contentOf(source) } };
  writeFileSync(join(packed, 'sources.json'), JSON.stringify(sources));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed server is used where every source is as it was', () => {
  test.each<[string, boolean, () => void]>([
    ['nothing was touched', true, () => {}],
    ['the same content was checked out again', true, () => utimesSync(source, 2, 2)],
    ['a source changed', false, () => writeFileSync(source, 'two and more')],
    ['a source changed and is as long as before', false, () => writeFileSync(source, 'two')],
    ['a source is gone', false, () => rmSync(source)],
    ['it was never packed', false, () => rmSync(packed, { recursive: true })],
    ['its list of sources is broken', false, () => writeFileSync(join(packed, 'sources.json'), '{')],
  ])('%s: %s', (_what, fresh, change) => {
    change();
    expect(packedServer(packed, folder).packed).toBe(fresh);
  });
});

test('packed, the server and the commands load none of their sources, warn of nothing, find their folders and answer', async () => {
  // Inside the tree, where its one native package is found.
  const outDir = mkdtempSync(join(root, 'dist', 'packed-'));
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-'));
  const asked = join(dataDir, 'asked.jsonl');
  writeFileSync(asked, JSON.stringify(ASKED));
  try {
    await build({ ...packing(outDir), configFile: false });
    const loaded = packedServer(outDir, root);
    expect(loaded.packed).toBe(true);
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({ load(url, context, next) {
        if (url.endsWith('.ts')) console.error('loaded ' + url);
        return next(url, context);
      } });
      const { readConfig } = await import(${JSON.stringify(join(outDir, 'config.js'))});
      const { serve } = await import(${JSON.stringify(join(outDir, 'serve.js'))});
      await serve(readConfig({ PORT: '0', DATA_DIR: ${JSON.stringify(dataDir)}, LOG_LEVEL: 'warn' }));
      const address = /Health +(\\S+)readyz/.exec(printed)[1];
      const get = async (path) => (await fetch(address + path)).status;
      console.log(JSON.stringify([await get('readyz'), await get('chat'), await get('nothing')]));
      const { runCommand } = await import(${JSON.stringify(join(outDir, 'command.js'))});
      for (const verb of ['triage', 'decide', 'ask'])
        console.log(await runCommand([verb, '--file', ${JSON.stringify(asked)}]));
      process.exit(0);`;
    const told = await run(`let printed = ''; const write = process.stdout.write.bind(process.stdout);
      process.stdout.write = (text) => { printed += text; return write(text); };\n${script}`);
    expect(told.errors).toBe('');
    const lines = told.printed.trim().split('\n');
    expect(lines.slice(lines.indexOf('[200,200,404]'))).toEqual([
      '[200,200,404]',
      ...[/"category":"technical"/, /"route":"open"/, /"topic":/].flatMap((line) => [expect.stringMatching(line), '0']),
    ]);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** For every command that reads lines, what it needs of one. */
const ASKED = {
  id: '1',
  text: 'Outlook crashes when I open the calendar',
  question: 'How do I set a password that never expires?',
  offering: 'worldwide',
  person: 'may-open',
  purchase: 'direct',
  agreement: null,
  category: 'technical',
  severity: 'B',
  now: '2026-03-03T01:00:00Z',
};

function run(script: string): Promise<{ printed: string; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: root });
    let [printed, errors] = ['', ''];
    child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()));
    child.once('close', () => resolve({ printed, errors }));
  });
}
