import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import type { OfferingId } from '#knowledge/schema.ts';
import { runImportDocs } from '#src/cli/import-docs.ts';
import { readDocument } from '#src/outside/docs/document.ts';
import { uidIn } from '#src/outside/docs/front-matter.ts';
import { run } from '../cli/run.ts';

const DOCS = join(import.meta.dirname, 'docs');
const BASE = 'https://learn.microsoft.com/microsoft-365/admin';
const { phrases } = readBook();

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'frontdesk-import-'));
  cpSync(DOCS, join(dir, 'docs'), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

interface Line {
  document: string;
  state: string;
  topics?: string[];
  line?: number;
  reason?: string;
  leftOut?: { kind: string; text: string }[];
}

async function importing(folder = 'docs', offering: OfferingId = 'worldwide') {
  const lines: Line[] = [];
  const told: string[] = [];
  const code = await runImportDocs(
    {
      dir: join(dir, folder),
      offering,
      out: join(dir, 'out'),
      language: undefined,
      base: BASE,
      licence: undefined,
      moniker: undefined,
    },
    {
      reader: { readDocument, uidIn },
      phrases,
      out: (line) => lines.push(JSON.parse(line) as Line),
      tell: (line) => told.push(line),
    },
  );
  return { code, lines, told: told.join('\n') };
}

/** What is about folders and files needs no more than a few documents. */
function keepOnly(...names: string[]): void {
  for (const language of ['en-us', 'ja-jp', 'zh-cn'])
    for (const name of readdirSync(join(dir, 'docs', language)))
      if (!names.includes(name)) rmSync(join(dir, 'docs', language, name));
  rmSync(join(dir, 'docs', 'nasty'), { recursive: true });
}

/** Every file below `out`, with its text. */
function files(): Map<string, string> {
  const out = join(dir, 'out');
  const names = readdirSync(out, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return new Map(names.map((one) => [join(one.parentPath, one.name).slice(out.length + 1), readFileSync(join(one.parentPath, one.name), 'utf8')])); // prettier-ignore
}

it('imports 62 of 76 documents, names the 14 others with line and reason, and writes again only what changed', async () => {
  const { code, lines, told } = await importing();
  expect(code).toBe(0);
  const skipped = lines.filter(({ state }) => state === 'skipped');
  expect(skipped.map(({ document, line, reason }) => `${document}:${line} ${reason}`)).toMatchSnapshot();
  expect(lines.filter(({ state }) => state === 'imported')).toHaveLength(62);
  const topics = lines.flatMap((line) => line.topics ?? []);
  const written = [...files().keys()].filter((name) => name.endsWith('.md'));
  expect(written).toHaveLength(topics.length);
  expect(told).toContain('62 of 76 documents became');
  const book = readBook(BOOK_FOLDER, { articlesDir: join(dir, 'out') });
  expect(book.unread).toEqual([]);
  expect(book.articles.filter((one) => one.imported)).toHaveLength(topics.length);

  // The same again writes nothing, and a change what changed.
  const before = files();
  const again = await importing();
  expect(files()).toEqual(before);
  expect(again.told).toContain('0 written');
  writeFileSync(
    join(dir, 'docs', 'en-us', 'add-users.md'),
    '---\nms.date: 01/02/2025\n---\n# New users\n\nAll is new.\n',
  );
  expect((await importing()).told).toContain('1 written');
});

it('takes away the articles of documents that are gone, and of no others', async () => {
  keepOnly('add-users.md', 'meeting-policies.md');
  const { lines } = await importing();
  await importing('docs', 'o365-21vianet');
  const gone = lines.find(({ document }) => document === 'ja-jp/add-users.md')?.topics ?? [];
  expect(gone.length).toBeGreaterThan(1);
  rmSync(join(dir, 'docs', 'ja-jp', 'add-users.md'));
  await importing();
  for (const topic of gone) {
    expect(existsSync(join(dir, 'out', 'ja', `${topic}.md`))).toBe(false);
    expect(existsSync(join(dir, 'out', 'ja', `${topic.replace('doc.ww', 'doc.o365cn')}.md`))).toBe(true);
  }
});

it('goes on where the folder has moved, and keeps out of another folder of the same name', async () => {
  keepOnly('add-users.md', 'meeting-policies.md');
  await importing();
  const before = [...files().keys()];
  mkdirSync(join(dir, 'moved'));
  renameSync(join(dir, 'docs'), join(dir, 'moved', 'docs'));
  expect((await importing('moved/docs')).told).toContain('0 written');
  expect([...files().keys()]).toEqual(before);
  mkdirSync(join(dir, 'docs', 'en-us'), { recursive: true });
  cpSync(join(dir, 'moved', 'docs', 'en-us', 'add-users.md'), join(dir, 'docs', 'en-us', 'add-users.md'));
  cpSync(join(dir, 'moved', 'docs', 'includes'), join(dir, 'docs', 'includes'), { recursive: true });
  const other = await importing();
  expect(other.code).toBe(1);
  expect(other.lines.at(-1)?.reason).toContain('belongs to the import of');
  expect([...files().keys()]).toEqual(before);
});

it('never writes over a file that somebody else wrote', async () => {
  keepOnly('add-users.md', 'meeting-policies.md');
  const { lines } = await importing();
  const [topic = ''] = lines.find(({ document }) => document === 'en-us/add-users.md')?.topics ?? [];
  const own = join(dir, 'out', 'en', `${topic}.md`);
  rmSync(join(dir, 'out'), { recursive: true });
  mkdirSync(join(dir, 'out', 'en'), { recursive: true });
  writeFileSync(own, 'mine');
  const again = await importing();
  expect(readFileSync(own, 'utf8')).toBe('mine');
  expect(again.lines.find(({ document }) => document === 'en-us/add-users.md')?.reason).toContain('somebody else');
});

it('does not leave the folder by a link of the file system', async () => {
  keepOnly('add-users.md', 'meeting-policies.md');
  const { symlinkSync } = await import('node:fs');
  writeFileSync(join(dir, 'secret.md'), 'secret words');
  symlinkSync(join(dir, 'secret.md'), join(dir, 'docs', 'linked.md'));
  writeFileSync(join(dir, 'docs', 'linking.md'), '# T\n\n[!INCLUDE [x](linked.md)]\n');
  const { lines } = await importing();
  expect(lines.find(({ document }) => document === 'linked.md')).toMatchObject({ state: 'skipped' });
  expect(lines.find(({ document }) => document === 'linking.md')).toMatchObject({ state: 'skipped', line: 3 });
  expect([...files().values()].join('\n')).not.toContain('secret words');
});

it('an imported article is found from its offering only, in another language with its own, and with its licence', async () => {
  await importing();
  const book = readBook(BOOK_FOLDER, { articlesDir: join(dir, 'out') });
  const question = 'Which record in the audit log shows who changed meeting policies?';
  const { best, alternatives } = book.search.ask({ question, language: 'en', offering: 'worldwide' });
  const found = best ?? alternatives[0];
  expect(found?.topic).toMatch(/^doc\.ww-meeting-policies/);
  expect(found?.article).toMatchObject({ licence: 'Creative Commons Attribution 4.0 International', language: 'en' });
  expect(found?.article.sourceUrl).toBe(`${BASE}/en-us/meeting-policies`);
  const topic = 'doc.ww-nasty-html';
  const only = book.articles.find((one) => one.topic.startsWith(topic))?.topic ?? '';
  expect(book.article(only, 'ja', 'worldwide')?.language).toBe('en');
  expect(book.article(only, 'en', 'o365-21vianet')).toBeUndefined();
});

it('a damaged article is left out and told, and the book is read without it', () => {
  mkdirSync(join(dir, 'out', 'en'), { recursive: true });
  writeFileSync(join(dir, 'out', 'en', 'doc.ww-bad.md'), 'no front matter');
  writeFileSync(
    join(dir, 'out', 'en', 'ww.service-health.md'),
    readFileSync(join(BOOK_FOLDER, 'articles/en/ww.service-health.md')),
  );
  const book = readBook(BOOK_FOLDER, { articlesDir: join(dir, 'out') });
  expect(book.unread.map(({ problem }) => problem)).toEqual([
    'no front matter between two lines of ---',
    'an imported article is a doc.… of one offering',
  ]);
  expect(book.articles).toHaveLength(222);
});

it('the command: 0 where something was imported, 1 where nothing was, 2 for bad use', async () => {
  const env = { DATA_DIR: join(dir, 'data') };
  const docs = join(dir, 'docs', 'nasty');
  const [well, nothing, ...bad] = await Promise.all([
    run(['import-docs', docs, '--offering', 'worldwide', '--base', BASE], { env }),
    run(['import-docs', join(docs, 'broken'), '--offering', 'worldwide'], { env: { DATA_DIR: join(dir, 'none') } }),
    run(['import-docs', docs], { env }),
    run(['import-docs', docs, '--offering', 'moon'], { env }),
    run(['import-docs', join(dir, 'nowhere'), '--offering', 'worldwide'], { env }),
    run(['import-docs', docs, '--offering', 'worldwide', '--base', 'http://a.b'], { env }),
    run(['import-docs', docs, '--offering', 'worldwide', '--lang', 'fr'], { env }),
    run(['import-docs', docs, '--offering', 'worldwide', '--out', join(BOOK_FOLDER, 'articles')], { env }),
  ]);
  expect(well?.code).toBe(0);
  expect(well?.lines.length).toBeGreaterThan(20);
  expect(well?.err).not.toContain('\u001B');
  expect(existsSync(join(dir, 'data', 'articles', 'imports.json'))).toBe(true);
  expect(nothing?.code).toBe(1);
  expect(bad.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2]);
});
