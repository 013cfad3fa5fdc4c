import { join } from 'node:path';
import type { Check, Office } from './cli/office.ts';
import { checkRuntime, readConfig, type Config, type Environment } from './config.ts';
import { SETTINGS } from './config/settings.ts';
import type { Storage } from './log/ports.ts';

const DIST = join(import.meta.dirname, '..', 'dist', 'pages');
/** More open turns than this are not counted one by one. */
const MANY = 10_000;

/** The house as the commands use it, each part built when it is asked for and not before. */
export function officeOf(env: Environment): Office {
  return {
    calendarDir: calendarDirOf(env),
    articlesDir: articlesDirOf(env),
    storage: () => open(readConfig(env)),
    scrub: () => scrub(readConfig(env)),
    line: async (options) => {
      const { openLine } = await import('./line.ts');
      return openLine(readConfig(env), options);
    },
    checks: () => checksOf(env),
    docs: async () => {
      const [{ readDocument }, { uidIn }] = await Promise.all([
        import('./outside/docs/document.ts'),
        import('./outside/docs/front-matter.ts'),
      ]);
      return { readDocument, uidIn };
    },
    pack: async (operator) => {
      const [{ pack }, { appFacts }] = await Promise.all([import('../manifest/pack.ts'), import('./config/teams.ts')]);
      const facts = appFacts(env, operator);
      const { version, cloud } = facts;
      const packed = await pack(facts);
      return 'problems' in packed ? packed : { ...packed, version, cloud };
    },
  };
}

/** Read by itself: who asks for the rules needs none of the server's other settings. */
function calendarDirOf(env: Environment): string | undefined {
  return env['CALENDAR_DIR'] || undefined;
}

/** Where imported articles are; read by itself, too. */
function articlesDirOf(env: Environment): string {
  return join(env['DATA_DIR'] || SETTINGS.DATA_DIR.default, 'articles');
}

async function open(config: Config): Promise<Storage> {
  const { openStorage } = await import('./storage/open.ts');
  return openStorage({ url: config.DATABASE_URL, dataDir: config.DATA_DIR });
}

/** PostgreSQL's files are nobody's to read, and it gives room that was freed to what comes next by itself. */
async function scrub(config: Config): Promise<void> {
  if (isPostgres(config)) return;
  const { scrubSqlite } = await import('./storage/sqlite/scrub.ts');
  scrubSqlite(config.DATA_DIR);
}

function checksOf(env: Environment): Check[] {
  return [
    { check: 'runtime', run: runtime },
    { check: 'configuration', run: () => `${readConfig(env).mode} mode` },
    { check: 'database', run: () => inDatabase(env, database) },
    { check: 'integrity', run: () => integrity(readConfig(env)) },
    { check: 'synchronous', run: () => synchronous(readConfig(env)) },
    { check: 'pending', run: () => inDatabase(env, pending) },
    { check: 'jobs', run: () => inDatabase(env, async (storage) => `${(await jobs(storage)).ready} to do`) },
    { check: 'dead-letters', run: () => inDatabase(env, deadLetters) },
    { check: 'pages', run: pages },
    { check: 'book', run: () => book(env) },
    { check: 'calendars', run: () => calendars(env, Date.now()) },
    { check: 'triage-model', run: triageModel },
  ];
}

function runtime(): string {
  checkRuntime(process.version);
  return `Node.js ${process.version}`;
}

async function inDatabase(env: Environment, look: (storage: Storage) => Promise<string>): Promise<string> {
  const storage = await open(readConfig(env));
  try {
    return await look(storage);
  } finally {
    await storage.close();
  }
}

async function database(storage: Storage): Promise<string> {
  await storage.check();
  return 'reads and writes';
}

const isPostgres = ({ DATABASE_URL }: Config): boolean => DATABASE_URL !== undefined;

async function integrity(config: Config): Promise<string> {
  if (isPostgres(config)) return 'PostgreSQL keeps its own checksums';
  const { inspectSqlite } = await import('./storage/sqlite/inspect.ts');
  const { integrity: found } = inspectSqlite(config.DATA_DIR);
  if (found !== 'ok') throw new Error(`integrity_check: ${found}`);
  return found;
}

/** 2 is FULL: what was acknowledged survives a loss of power (promises.md row 6). */
async function synchronous(config: Config): Promise<string> {
  if (isPostgres(config)) return 'PostgreSQL decides by its own synchronous_commit';
  const { inspectSqlite } = await import('./storage/sqlite/inspect.ts');
  const { synchronous: level, journalMode } = inspectSqlite(config.DATA_DIR);
  if (level !== 2 || journalMode !== 'wal')
    throw new Error(`synchronous is ${level} and the journal ${journalMode}: acknowledged data may be lost`);
  return `synchronous = ${level}, journal ${journalMode}`;
}

async function pending(storage: Storage): Promise<string> {
  const [turns, unsent] = await storage.transact(async ({ conversations }) => [
    (await conversations.withPendingTurns(MANY)).length,
    (await conversations.withUnsentRows(MANY)).length,
  ]);
  return `${turns} conversations with open turns, ${unsent} with unsent replies`;
}

function jobs(storage: Storage): Promise<{ ready: number; dead: number }> {
  return storage.transact((unit) => unit.jobs.counts());
}

async function deadLetters(storage: Storage): Promise<string> {
  const { dead } = await jobs(storage);
  if (dead > 0) throw new Error(`${dead} jobs need a person`);
  return 'none';
}

async function pages(): Promise<string> {
  const { pageRoutes } = await import('./chat/pages.ts');
  pageRoutes({ distDir: DIST, local: true });
  return 'built';
}

async function book(env: Environment): Promise<string> {
  const { BOOK_FOLDER, readBook } = await import('#knowledge/book.ts');
  const { articles, unread } = readBook(BOOK_FOLDER, {
    calendarDir: calendarDirOf(env),
    articlesDir: articlesDirOf(env),
  });
  const [first] = unread;
  if (first !== undefined)
    throw new Error(`${unread.length} imported articles can't be used: ${first.file}: ${first.problem}`);
  return `${articles.length} articles`;
}

/** A year that is missing spoils no promise, it only makes it provisional: told, and not counted as a fault. */
async function calendars(env: Environment, now: number): Promise<string> {
  const [{ BOOK_FOLDER }, { readRules }, { missingCalendars }] = await Promise.all([
    import('#knowledge/book.ts'),
    import('#knowledge/rules.ts'),
    import('./policy/missing-calendars.ts'),
  ]);
  const rules = readRules(BOOK_FOLDER, calendarDirOf(env));
  const missing = missingCalendars(rules, now).map(({ calendar, year }) => `${calendar} ${year}`);
  if (missing.length > 0)
    return `warning: no calendar for ${missing.join(', ')}; promises there are provisional. Put the year into a file in CALENDAR_DIR`;
  const known = Object.values(rules.calendars).map(({ id, years }) => `${id} ${Object.keys(years).join(', ')}`);
  return known.join('; ');
}

async function triageModel(): Promise<string> {
  const [{ BOOK_FOLDER }, { readTriageModel }, { buildTriageModel }] = await Promise.all([
    import('#knowledge/book.ts'),
    import('#knowledge/triage-model.ts'),
    import('./triage/model.ts'),
  ]);
  buildTriageModel(readTriageModel(BOOK_FOLDER));
  return 'fits';
}
