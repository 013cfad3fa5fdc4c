import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.ts';
import { splitFrontMatter } from './front-matter.ts';
import { fillReferences, type OfferingTrees } from './references.ts';
import { articleMetaSchema, LANGUAGES, type Article, type Language } from './schema.ts';

/**
 * Reads `articles/<language>/<topic>.md` of every language: front matter checked, references filled in. A file that can't be
 * used is left out and named in the findings.
 */
export function readArticles(dir: string, trees: OfferingTrees): { articles: Article[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const articles: Article[] = [];
  for (const language of LANGUAGES) {
    const folder = join(dir, 'articles', language);
    for (const name of readdirSync(folder).toSorted()) {
      if (!name.endsWith('.md')) continue;
      const text = readFileSync(join(folder, name), 'utf8');
      const article = readArticle({ name, language, text }, trees, findings);
      if (article !== undefined) articles.push(article);
    }
  }
  return { articles, findings };
}

interface Source {
  name: string;
  language: Language;
  text: string;
}

function readArticle(source: Source, trees: OfferingTrees, findings: Finding[]): Article | undefined {
  const file = `articles/${source.language}/${source.name}`;
  const fault = (field: string, problem: string): undefined => void findings.push({ file, field, problem });
  const parts = splitSafely(source.text);
  if (typeof parts === 'string') return fault('', parts);
  const meta = articleMetaSchema.safeParse(parts.meta);
  if (!meta.success) {
    for (const { path, message } of meta.error.issues) fault(path.join('.'), message);
    return undefined;
  }
  if (`${meta.data.topic}.md` !== source.name) return fault('topic', `"${meta.data.topic}" is not the file's name`);
  if (parts.body === '') return fault('', 'the article has no text');
  const { body, unknown } = fillReferences(parts.body, trees, source.language);
  for (const path of unknown) fault('', `unknown reference {{${path}}}`);
  return { ...meta.data, language: source.language, body };
}

function splitSafely(text: string): { meta: unknown; body: string } | string {
  try {
    return splitFrontMatter(text) ?? 'no front matter between two lines of ---';
  } catch (error) {
    return error instanceof Error ? `front matter: ${error.message}` : 'front matter is not YAML';
  }
}
