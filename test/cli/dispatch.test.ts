import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { dispatch } from '#src/cli/dispatch.ts';
import { VERBS } from '#src/cli/verbs.ts';
import { run, withData } from './run.ts';

const NAMES = Object.keys(VERBS);

test.each([
  ['nothing', []],
  ['an unknown command', ['nope']],
  ['a name out of the prototype', ['constructor']],
])('%s: 2, and the list of commands on stderr', async (_what, args) => {
  const { code, out, err } = await run(args);
  expect(code).toBe(2);
  expect(out).toBe('');
  for (const name of NAMES) expect(err).toContain(`  ${name}`);
});

test.each([[['evaluate']], [['requests', 'nope']]])('half a command, %s: 2, and its other halves', async (args) => {
  const { code, err } = await run(args);
  expect(code).toBe(2);
  const family = NAMES.filter((name) => name.startsWith(`${args[0] ?? ''} `));
  expect(family.length).toBeGreaterThan(1);
  for (const name of family) expect(err).toContain(name);
});

const never = () => {
  throw new Error('the verb ran');
};

/** Everything that a verb could be given wrongly, tried on all of them, in this process: a verb that ran would be seen. */
async function tried(args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const office = {
    calendarDir: undefined,
    articlesDir: '',
    storage: never,
    scrub: never,
    line: never,
    checks: never,
    docs: never,
    pack: never,
  };
  const code = await dispatch(args, VERBS, { office, out: (line) => out.push(line), tell: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test.each(NAMES)('%s: --help tells its use; an unknown option and words too many are refused with it', async (name) => {
  const words = VERBS[name]?.words ?? [];
  for (const args of [
    [...name.split(' '), '--help'],
    ['help', ...name.split(' ')],
    [...name.split(' '), '-h'],
  ]) {
    const help = await tried(args);
    expect(help.code).toBe(0);
    expect(help.out).toContain(`-- ${name}`);
    for (const option of Object.keys(VERBS[name]?.options ?? {})) expect(help.out).toContain(`--${option}`);
  }
  const wrong = [['--nope'], ['--nope=1'], [...words, 'too', 'many'], ...(words.length > 0 ? [[]] : [])];
  for (const rest of wrong) {
    const refused = await tried([...name.split(' '), ...rest]);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain(`-- ${name}`);
  }
});

test('a setting that can’t be read is bad use, named without its value', async () => {
  const { code, err } = await run(['requests', 'list'], { env: { PORT: 'canary-port' } });
  expect(code).toBe(2);
  expect(err).toContain('PORT');
  expect(err).not.toContain('canary-port');
});

/** As Node.js 20 is: of that version, and without what came later. */
const OLD = `data:text/javascript,${encodeURIComponent(`
  import module from 'node:module';
  delete module.enableCompileCache;
  Object.defineProperty(process, 'version', { value: 'v20.20.2' });
`)}`;

test('an older Node.js is bad use, told in one line by the command and by the start', async () => {
  const told = 'Node.js is older than 24. Start with `npm start`: npm ci brings the right one.\n';
  expect(await run(['triage'], { node: ['--import', OLD] })).toMatchObject({ code: 2, out: '', err: told });
  const start = await run([], { node: ['--import', OLD, join(import.meta.dirname, '..', '..', 'src', 'start.js')] });
  expect(start).toMatchObject({ code: 1, out: '', err: `Frontdesk can't start:\n${told}` });
});

/** Prints the files of all modules that were loaded. */
const SPY = `data:text/javascript,${encodeURIComponent(`
  import { Module, registerHooks } from 'node:module';
  const urls = [];
  registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
  process.on('exit', () => process.stderr.write('LOADED ' + [...Object.keys(Module._cache), ...urls].join(' ')));
`)}`;

/** Which packages each file of the pack in this `dist/server` holds. */
function packagesOf(root: string): Record<string, string[]> {
  const list = readFileSync(new URL(`${root}/dist/server/packages.json`), 'utf8');
  return z.record(z.string(), z.array(z.string())).parse(JSON.parse(list));
}

const HEAVY = new Set(['botbuilder', 'better-sqlite3', 'restify', 'pg', 'kysely']);

/** What is heavy among the packages of the modules that were loaded, those in the pack by its own list. */
function heavy(printed: string): string[] {
  const files = /LOADED (.*)/.exec(printed)?.[1]?.split(' ') ?? [];
  const names = files.flatMap((file) => {
    const [folder, chunk] = file.split('/dist/server/');
    if (folder === undefined || chunk === undefined) return /node_modules\/([^/]+)\//.exec(file)?.[1] ?? [];
    return packagesOf(folder)[chunk] ?? [];
  });
  return [...new Set(names)].filter((name) => HEAVY.has(name)).toSorted();
}

const LIGHT = [['triage'], ['ask'], ['decide'], ['evaluate', 'ask'], ['evaluate', 'decide'], ['--help']];

test.each(LIGHT)('%s %s: neither database nor bot is loaded, and no data folder is made', async (...args) => {
  await withData(async (dataDir) => {
    const env = { DATA_DIR: `${dataDir}/none` };
    const { code, err } = await run(args.filter(Boolean), { env, node: ['--import', SPY] });
    expect(code).toBe(0);
    expect(err).toContain('LOADED');
    expect(heavy(err)).toEqual([]);
    expect(existsSync(`${dataDir}/none`)).toBe(false);
  });
});

test('the same look does see them where they are needed', async () => {
  await withData(async (dataDir) => {
    const { err } = await run(['requests', 'list'], { env: { DATA_DIR: dataDir }, node: ['--import', SPY] });
    expect(heavy(err)).toEqual(['better-sqlite3', 'kysely']);
    const talk = await run(['chat'], { env: { DATA_DIR: dataDir }, node: ['--import', SPY] });
    expect(heavy(talk.err)).toEqual(expect.arrayContaining(['better-sqlite3', 'botbuilder', 'kysely']));
  });
});
