import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';
import { withoutDirectives } from './directives.ts';
import type { FlowReading } from './flow.ts';
import { oneLine, readHead, type DocHead } from './front-matter.ts';
import { MOST_INCLUDED, withIncludes } from './includes.ts';
import { withoutComments } from './lines.ts';
import { absolute, documentUrl } from './links.ts';
import { judgeRange } from './moniker.ts';
import { fitted, sectionsOf, type Section } from './sections.ts';
import {
  BrokenDocument,
  type DocArticle,
  type DocRead,
  type DocSettings,
  type DocSource,
  type LeftOut,
  type Line,
} from './types.ts';
import { write } from './write.ts';

/**
 * One document of Microsoft's kind as articles: front matter, includes, ranges and zones, alerts, tabs, tables and links
 * resolved, split by heading. Throws a `BrokenDocument` that names file and line where it can't be read.
 */
export function readDocument(source: DocSource, settings: DocSettings): DocRead {
  const leftOut: LeftOut[] = [];
  const { head, lines } = readHead(source.text, source.path);
  if (lines.every(({ text }) => text.trim() === '')) throw new BrokenDocument(source.path, 1, 'it has no text');
  checkCloud(head, source, settings);
  const place = { settings, leftOut, trail: [source.path], budget: { left: MOST_INCLUDED } };
  const whole = withIncludes(withoutComments(lines, leftOut), place);
  const plain = withoutDirectives(whole, { settings, words: source.words, leftOut });
  const url = documentUrl(source.path, settings, head.canonicalUrl);
  const { title, sections } = sectionsIn(plain, { source, settings, url, leftOut });
  const name = oneLine(title ?? head.title ?? fileTitle(source.path));
  const articles = articlesOf(fitted(sections), { name, url, head });
  if (articles.length === 0) throw new BrokenDocument(source.path, 1, 'nothing of its text can be kept');
  if (head.date === undefined)
    leftOut.push({ kind: 'date', file: source.path, line: 1, text: '', reason: 'no ms.date' });
  return { title: name, reviewed: head.date, audience: head.audience, articles, leftOut };
}

/** The name of a file as a title, where the document has none. */
function fileTitle(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.md$/i, '').replace(/[-_]+/g, ' ').trim() || path;
}

/** A document may be of one cloud as a whole. */
function checkCloud({ monikerRange }: DocHead, { path }: DocSource, { offering, moniker }: DocSettings): void {
  if (monikerRange === undefined) return;
  const verdict = judgeRange(monikerRange, offering, moniker);
  if (verdict === 'other-cloud' || verdict === 'other-moniker')
    throw new BrokenDocument(path, 1, `the whole document is for ${monikerRange} only`);
}

interface Work {
  source: DocSource;
  settings: DocSettings;
  url: string | undefined;
  leftOut: LeftOut[];
}

function sectionsIn(lines: readonly Line[], work: Work): ReturnType<typeof sectionsOf> {
  const text = lines.map((line) => line.text).join('\n');
  const root = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const written = ({ position }: Nodes): string => text.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
  return sectionsOf(root.children, readingOf(root, lines, work), written);
}

function readingOf(root: Root, lines: readonly Line[], { source, settings, url, leftOut }: Work): FlowReading {
  const definitions = new Map<string, string>();
  // They may stand within a list or a quotation; the first of a name counts.
  visit(root, 'definition', ({ identifier, url: target }) => {
    if (!definitions.has(identifier)) definitions.set(identifier, target);
  });
  const tell: FlowReading['tell'] = (kind, line, text, reason) => {
    const from = lines[line - 1];
    leftOut.push({ kind, file: from?.file ?? source.path, line: from?.number ?? line, text: text.trim(), reason });
  };
  return {
    words: source.words,
    tell,
    definition: (id) => definitions.get(id),
    follow: (target, { line }) => {
      const found = absolute(target, source.path, settings, url);
      if ('url' in found) return found.url;
      tell('link', line, target, found.reason);
      return undefined;
    },
  };
}

function articlesOf(
  sections: readonly Section[],
  about: { name: string; url: string | undefined; head: DocHead },
): DocArticle[] {
  const { name, url, head } = about;
  const { description } = head;
  return sections.map(({ heading, pieces }, at): DocArticle => {
    const words = at === 0 && description !== undefined ? [description] : [];
    const title = heading === '' || heading === name ? name : `${name}: ${heading}`;
    // A heading with nothing below it is all that there is to say.
    return { part: heading, title: oneLine(title), keywords: words, body: write(pieces) || heading, sourceUrl: url };
  });
}
