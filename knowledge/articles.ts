import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.ts';
import { splitFrontMatter } from './front-matter.ts';
import { blockFaults, textOfAll, textsByOffering } from './offering-blocks.ts';
import { fillReferences, type OfferingTrees } from './references.ts';
import { articleMetaSchema, LANGUAGES, type Article, type ArticleMeta, type Language } from './schema.ts';

interface Articles {
  articles: Article[];
  findings: Finding[];
}

/**
 * Reads `articles/<language>/<topic>.md` of every language: front matter checked, references filled in. A file that can't be
 * used is left out and named in the findings.
 */
export function readArticles(dir: string, trees: OfferingTrees): Articles {
  return readFolders(join(dir, 'articles'), 'articles', (draft) => finish(draft, trees));
}

/**
 * Reads the articles that `import-docs` made: `<language>/doc.<name>.md` below `dir`, which need not be there. Their texts are
 * other people's: a {{word}} in them is a word.
 */
export function readImports(dir: string | undefined): Articles {
  if (dir === undefined || !existsSync(dir)) return { articles: [], findings: [] };
  return readFolders(dir, dir, ({ file, language, meta, body }) => {
    const isOwn = meta.topic.startsWith('doc.') && meta.offerings.length === 1;
    if (!isOwn) return [{ file, field: 'topic', problem: 'an imported article is a doc.… of one offering' }];
    return { ...meta, language, body, imported: true };
  });
}

interface Draft {
  file: string;
  language: Language;
  meta: ArticleMeta;
  body: string;
}

function readFolders(dir: string, label: string, take: (draft: Draft) => Article | Finding[]): Articles {
  const read: Articles = { articles: [], findings: [] };
  for (const language of LANGUAGES) {
    const folder = join(dir, language);
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).toSorted()) {
      if (!name.endsWith('.md')) continue;
      const draft = readDraft({ file: `${label}/${language}/${name}`, name, language, path: join(folder, name) });
      const article = Array.isArray(draft) ? draft : take(draft);
      if (Array.isArray(article)) read.findings.push(...article);
      else read.articles.push(article);
    }
  }
  return read;
}

interface Place {
  file: string;
  name: string;
  language: Language;
  path: string;
}

function readDraft({ file, name, language, path }: Place): Draft | Finding[] {
  const fault = (field: string, problem: string): Finding[] => [{ file, field, problem }];
  const parts = splitSafely(readFileSync(path, 'utf8'));
  if (typeof parts === 'string') return fault('', parts);
  const meta = articleMetaSchema.safeParse(parts.meta);
  if (!meta.success) return meta.error.issues.flatMap((issue) => fault(issue.path.join('.'), issue.message));
  if (`${meta.data.topic}.md` !== name) return fault('topic', `"${meta.data.topic}" is not the file's name`);
  if (parts.body === '') return fault('', 'the article has no text');
  return { file, language, meta: meta.data, body: parts.body };
}

function finish({ file, language, meta, body: raw }: Draft, trees: OfferingTrees): Article | Finding[] {
  const { body, unknown } = fillReferences(raw, trees, language);
  const faults = [...unknown.map((path) => `unknown reference {{${path}}}`), ...blockFaults(body, meta.offerings)];
  if (faults.length > 0) return faults.map((problem) => ({ file, field: '', problem }));
  const bodies = textsByOffering(body, meta.offerings);
  const empty = Object.entries(bodies ?? {}).filter(([, text]) => text === '');
  if (empty.length > 0) return empty.map(([id]) => ({ file, field: '', problem: `the article has no text for ${id}` }));
  return { ...meta, language, body: textOfAll(body), ...(bodies !== undefined && { bodies }) };
}

function splitSafely(text: string): { meta: unknown; body: string } | string {
  try {
    return splitFrontMatter(text) ?? 'no front matter between two lines of ---';
  } catch (error) {
    return error instanceof Error ? `front matter: ${error.message}` : 'front matter is not YAML';
  }
}
