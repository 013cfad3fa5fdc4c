import type { Phrases } from '#knowledge/phrases.ts';
import type { Language, OfferingId } from '#knowledge/schema.ts';
import {
  BrokenDocument,
  type DocRead,
  type DocSettings,
  type DocSource,
  type LeftOut,
} from '#src/outside/docs/types.ts';
import { openFolder, type DocsFolder } from './docs-folder.ts';
import { openStore, type DocsStore } from './docs-store.ts';
import { languageOf, topicOf } from './docs-topic.ts';
import type { DocsReader } from './office.ts';
import { startProgress } from './progress.ts';

export interface ImportOptions {
  readonly dir: string;
  readonly offering: OfferingId;
  /** Folder of the imported articles. */
  readonly out: string;
  /** undefined: seen from each document. */
  readonly language: Language | undefined;
  readonly base: string | undefined;
  readonly licence: string | undefined;
  readonly moniker: string | undefined;
}

export interface ImportTools {
  readonly reader: DocsReader;
  readonly phrases: Phrases;
  readonly out: (line: string) => void;
  readonly tell: (line: string) => void;
}

type Files = Map<string, { text: string; document: string }>;

interface Counts {
  documents: number;
  imported: number;
  skipped: number;
  articles: number;
  leftOut: Record<string, number>;
}

/**
 * `import-docs DIR`: every document of the folder as articles of one offering. A JSON line for each document, with its topics and
 * what was left out of it, or why it was skipped; a summary for people on stderr. Returns 0, or 1 where nothing was imported.
 */
export async function runImportDocs(options: ImportOptions, tools: ImportTools): Promise<number> {
  const folder = openFolder(options.dir);
  const store = openStore(options.out, { dir: folder.dir, offering: options.offering });
  const licence = options.licence ?? folder.licence;
  const settings: DocSettings = { ...options, readInclude: folder.readInclude, uids: uidsOf(folder, tools.reader) };
  const files: Files = new Map();
  const counts: Counts = { documents: folder.documents.length, imported: 0, skipped: 0, articles: 0, leftOut: {} };
  for (const { path, reason } of folder.passedOver)
    tools.out(JSON.stringify({ document: path, state: 'passed-over', reason }));
  const progress = await startProgress(folder.documents.length);
  for (const path of folder.documents) {
    const line = importOne(path, { folder, store, licence, settings, options, tools, files });
    count(counts, line);
    tools.out(JSON.stringify(line));
    progress.step();
  }
  progress.stop();
  const stored = store.save(files);
  for (const words of summary(counts, stored, { out: options.out, licence, base: options.base })) tools.tell(words);
  return counts.imported > 0 ? 0 : 1;
}

interface Work {
  folder: DocsFolder;
  store: DocsStore;
  licence: string | undefined;
  settings: DocSettings;
  options: ImportOptions;
  tools: ImportTools;
  files: Files;
}

type Outcome =
  | { document: string; state: 'imported'; language: Language; topics: string[]; leftOut: readonly LeftOut[] }
  | { document: string; state: 'skipped'; file: string; line: number; reason: string };

/** One document; its articles go to `files` all together or not at all. */
function importOne(path: string, work: Work): Outcome {
  const { folder, tools, settings, options, files } = work;
  try {
    const text = folder.read(path);
    const language = options.language ?? languageOf(path, text);
    const words: DocSource['words'] = (word, values) => tools.phrases.text(language, `docs.${word}`, values);
    const read = tools.reader.readDocument({ path, language, text, words }, settings);
    const own = filesOf(path, language, read, work);
    for (const [file, one] of own) files.set(file, one);
    const topics = [...own.values()].map(({ topic }) => topic);
    return { document: path, state: 'imported', language, topics, leftOut: withDate(path, read, folder) };
  } catch (error) {
    if (error instanceof BrokenDocument)
      return { document: path, state: 'skipped', file: error.file, line: error.line, reason: error.message };
    // A fault of ours in one document must not cost the others.
    const reason = `it can’t be read: ${error instanceof Error ? error.message : 'unknown'}`;
    return { document: path, state: 'skipped', file: path, line: 0, reason };
  }
}

/** Where the document has no date, the file's is taken, and that is told. */
function withDate(path: string, { leftOut }: DocRead, folder: DocsFolder): readonly LeftOut[] {
  return leftOut.map((one) =>
    one.kind === 'date'
      ? { ...one, text: folder.changed(path), reason: 'no ms.date: the day the file changed is taken' }
      : one,
  );
}

function filesOf(
  path: string,
  language: Language,
  read: DocRead,
  work: Work,
): Map<string, { text: string; document: string; topic: string }> {
  const { folder, store, options, licence, files } = work;
  const seen = new Map<string, number>();
  const own = new Map<string, { text: string; document: string; topic: string }>();
  const reviewed = read.reviewed ?? folder.changed(path);
  for (const article of read.articles) {
    const nth = seen.get(article.part) ?? 0;
    seen.set(article.part, nth + 1);
    const topic = topicOf({ offering: options.offering, name: folder.name, path, heading: article.part, nth });
    const file = `${language}/${topic}.md`;
    const other = files.get(file)?.document;
    const taken = other === undefined ? store.taken(file) : `its article is the same as that of ${other}`;
    if (taken !== undefined) throw new BrokenDocument(path, 0, taken);
    const head = frontMatter({
      topic,
      title: article.title,
      offerings: [options.offering],
      audience: read.audience,
      keywords: article.keywords,
      source: `${read.title} (${path})`,
      sourceUrl: article.sourceUrl,
      licence,
      reviewed,
    });
    own.set(file, { text: `---\n${head}---\n${article.body}\n`, document: path, topic });
  }
  return own;
}

/** As `knowledge/front-matter.ts` reads it without a YAML parser: one line a value, in single quotes. */
function frontMatter(meta: Readonly<Record<string, string | readonly string[] | undefined>>): string {
  return Object.entries(meta)
    .map(([name, value]) => {
      if (value === undefined || value.length === 0) return '';
      return typeof value === 'string'
        ? `${name}: ${quoted(value)}\n`
        : `${name}:\n${value.map((one) => `  - ${quoted(one)}\n`).join('')}`;
    })
    .join('');
}

function quoted(text: string): string {
  return `'${text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replaceAll("'", "''")}'`;
}

function uidsOf(folder: DocsFolder, reader: DocsReader): ReadonlyMap<string, string> {
  const uids = new Map<string, string>();
  for (const path of folder.documents) {
    try {
      const uid = reader.uidIn(folder.read(path));
      if (uid !== undefined && !uids.has(uid)) uids.set(uid, path);
    } catch {
      // It is named when its turn comes.
    }
  }
  return uids;
}

function count(counts: Counts, outcome: Outcome): void {
  if (outcome.state === 'skipped') {
    counts.skipped += 1;
    return;
  }
  counts.imported += 1;
  counts.articles += outcome.topics.length;
  for (const { kind } of outcome.leftOut) counts.leftOut[kind] = (counts.leftOut[kind] ?? 0) + 1;
}

const counted = (many: number, thing: string): string => `${many} ${thing}${many === 1 ? '' : 's'}`;

function summary(
  { documents, imported, skipped, articles, leftOut }: Counts,
  { written, unchanged, removed }: ReturnType<DocsStore['save']>,
  { out, licence, base }: { out: string; licence: string | undefined; base: string | undefined },
): string[] {
  const kinds = Object.entries(leftOut)
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, times]) => `${times} ${kind}`);
  return [
    `${imported} of ${counted(documents, 'document')} became ${counted(articles, 'article')} in ${out}; ${skipped} skipped.`,
    `${written} written, ${unchanged} unchanged, ${removed} of documents that are gone taken away.`,
    kinds.length === 0 ? 'Nothing was left out.' : `Left out, each named above: ${kinds.join(', ')}.`,
    ...(licence === undefined
      ? ['No licence is known: put a LICENSE file into the folder, or say --licence TEXT.']
      : []),
    ...(base === undefined ? ['Without --base URL links between the documents could not be kept.'] : []),
  ];
}
