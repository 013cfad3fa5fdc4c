import { createFence } from './lines.ts';
import { judgeRange } from './moniker.ts';
import { BrokenDocument, type DocSettings, type DocWords, type LeftOut, type LeftOutKind, type Line } from './types.ts';

/** `::: name attributes`, alone on its line; `:::image …:::` and its like may stand within a line. */
const FENCE = /^([\s>]*):::\s*([a-z][a-z-]*|$)\s*(.*?)\s*(?::::)?\s*$/i;
const INLINE = /:::\s*(image|video|code|no-loc)\b((?:"[^"]*"|(?!:::).)*?):::/gi;

interface Open {
  readonly kind: 'moniker' | 'zone' | 'layout';
  readonly line: Line;
  /** Why its lines are left out; undefined where they are kept. */
  readonly dropped: { kind: LeftOutKind; reason: string } | undefined;
  readonly label: string | undefined;
  /** Whether the label stands already before what comes next. */
  labelled: boolean;
}

export interface Ground {
  readonly settings: Pick<DocSettings, 'offering' | 'moniker'>;
  readonly words: DocWords;
  readonly leftOut: LeftOut[];
}

/**
 * Resolves the blocks with three colons: ranges and zones are kept, left out or labelled; pictures become Markdown's own; the
 * layout of columns goes. Throws a `BrokenDocument` at a block that never ends.
 */
export function withoutDirectives(lines: readonly Line[], ground: Ground): Line[] {
  const inCode = createFence();
  const open: Open[] = [];
  const kept: Line[] = [];
  for (const line of lines) {
    const dropped = open.find((one) => one.dropped !== undefined)?.dropped;
    const code = inCode(line.text);
    const fence = code ? null : FENCE.exec(line.text);
    if (fence !== null && !isInline(line.text)) takeFence(fence, line, open, ground);
    else if (dropped !== undefined) told(ground, line, dropped.kind, dropped.reason);
    else kept.push(...labelled(code ? line : inlined(line, ground), open, code));
  }
  const unclosed = open.find(({ kind }) => kind !== 'layout');
  if (unclosed !== undefined)
    throw new BrokenDocument(unclosed.line.file, unclosed.line.number, `never ends: ${unclosed.line.text.trim()}`);
  return kept;
}

function isInline(text: string): boolean {
  return /^[\s>]*:::\s*(?:image|video|code|no-loc)\b/i.test(text) && !/^[\s>]*:::\s*image-end/i.test(text);
}

function told({ leftOut }: Ground, { file, number, text }: Line, kind: LeftOutKind, reason: string): void {
  if (text.trim() !== '') leftOut.push({ kind, file, line: number, text: text.trim(), reason });
}

function takeFence([, , name = '', rest = '']: RegExpExecArray, line: Line, open: Open[], ground: Ground): void {
  const word = name.toLowerCase();
  if (word === '' || word.endsWith('-end')) return close(word.replace('-end', ''), line, open, ground);
  if (word === 'moniker') open.push(moniker(attribute(rest, 'range'), line, ground));
  else if (word === 'zone') open.push(zone(rest, line, ground));
  else if (word === 'row' || word === 'column')
    open.push({ kind: 'layout', line, dropped: undefined, label: undefined, labelled: false }); // prettier-ignore
  else told(ground, line, 'directive', 'a block that only its publisher knows; what stands in it is kept');
}

function close(word: string, line: Line, open: Open[], ground: Ground): void {
  const kind = word === 'row' || word === 'column' ? 'layout' : word;
  const at = word === '' ? open.length - 1 : open.findLastIndex((one) => one.kind === kind);
  if (at >= 0) open.splice(at, 1);
  else if (word !== 'image') told(ground, line, 'directive', 'the end of a block that was never begun');
}

function moniker(range: string | undefined, line: Line, { settings, words }: Ground): Open {
  if (range === undefined)
    throw new BrokenDocument(line.file, line.number, `a moniker without range: ${line.text.trim()}`);
  const base = { kind: 'moniker' as const, line, labelled: false };
  switch (judgeRange(range, settings.offering, settings.moniker)) {
    case 'keep':
      return { ...base, dropped: undefined, label: undefined };
    case 'label':
      return { ...base, dropped: undefined, label: words('applies', { range }) };
    case 'other-cloud':
      return { ...base, dropped: { kind: 'other-cloud', reason: `for ${range} only` }, label: undefined };
    case 'other-moniker':
      return { ...base, dropped: { kind: 'moniker', reason: `for ${range} only` }, label: undefined };
  }
}

function zone(rest: string, line: Line, { words }: Ground): Open {
  const pivot = attribute(rest, 'pivot');
  const label = pivot === undefined ? undefined : words('applies', { range: pivot });
  return { kind: 'zone', line, dropped: undefined, label, labelled: false };
}

function attribute(text: string, name: string): string | undefined {
  const [, value] = new RegExp(`(?:^|\\s)${name}\\s*=\\s*"([^"]*)"`, 'i').exec(text) ?? [];
  return value?.trim();
}

const HEADING = /^\s{0,3}#{1,6}\s/;

/** The label comes first, but after a heading: a heading begins an article, and each must say what it is for. */
function labelled(line: Line, open: readonly Open[], code: boolean): Line[] {
  const labels = open.flatMap(({ label }) => (label === undefined ? [] : [label]));
  const [layout] = open.filter(({ kind }) => kind === 'layout');
  const text = layout === undefined || code ? line.text : line.text.trimStart();
  if (labels.length === 0 || text.trim() === '') return [{ ...line, text }];
  const indent = /^[\s>]*/.exec(text)?.[0] ?? '';
  const blank = { ...line, text: indent.trimEnd() };
  const label = { ...line, text: `${indent}**${labels.join(' · ')}**` };
  const isHeading = !code && HEADING.test(text);
  const said = open.every((one) => one.label === undefined || one.labelled);
  for (const one of open) one.labelled = true;
  if (isHeading)
    return [line, { ...line, text: '' }, { ...line, text: `**${labels.join(' · ')}**` }, { ...line, text: '' }];
  return said ? [{ ...line, text }] : [blank, label, blank, { ...line, text }];
}

/** Pictures as Markdown has them; what has no words is told. */
function inlined(line: Line, ground: Ground): Line {
  if (!line.text.includes(':::')) return legacy(line, ground);
  const text = line.text.replace(INLINE, (whole: string, name: string, rest: string) => {
    const source = attribute(rest, 'source') ?? '';
    switch (name.toLowerCase()) {
      case 'image':
        return `![${(attribute(rest, 'alt-text') ?? '').replace(/[[\]]/g, '')}](<${source.replace(/[<>]/g, '')}>)`;
      case 'no-loc':
        return attribute(rest, 'text') ?? '';
      default:
        told(
          ground,
          { ...line, text: whole },
          name === 'video' ? 'video' : 'code',
          `only the document shows it: ${source}`,
        );
        return '';
    }
  });
  return legacy({ ...line, text: text.replace(/:::\s*image-end\s*:::/gi, '') }, ground);
}

/** The older forms with an exclamation mark: `[!VIDEO …]`, `[!div …]`, `[!code-csharp[…](…)]`. */
function legacy(line: Line, ground: Ground): Line {
  if (!line.text.includes('[!')) return line;
  const drop = (kind: LeftOutKind, reason: string) => (whole: string) => {
    told(ground, { ...line, text: whole }, kind, reason);
    return '';
  };
  const text = line.text
    .replace(/\[!video\b[^\]]*\]/gi, drop('video', 'a video'))
    .replace(/\[!div\b[^\]]*\]/gi, drop('directive', 'how it looks, not what it says'))
    .replace(/\[!code(?:-\w+)?\s*\[[^\]]*\]\s*\([^)]*\)\s*\]/gi, drop('code', 'code that only the document shows'));
  return { ...line, text };
}
