import type { Heading, Nodes, RootContent } from 'mdast';
import { bold, flowOf, type FlowReading, type Piece } from './flow.ts';
import { inlineOf, plainText } from './inline.ts';
import { splitList, write } from './write.ts';

/** Characters of an article: more is no answer in a chat. Shorter documents stay whole; shorter sections join the one before. */
const LONGEST = 2_400;
const WHOLE = 1_200;
const TINY = 200;

export interface Section {
  /** '' for what stands before the first heading. */
  readonly heading: string;
  readonly pieces: readonly Piece[];
}

interface Read {
  /** The first heading of the first level. */
  readonly title: string | undefined;
  readonly sections: Section[];
}

/** Splits a document at its headings of the second level; the first of the first level is its title. */
export function sectionsOf(nodes: readonly RootContent[], reading: FlowReading, source: (node: Nodes) => string): Read {
  let title: string | undefined;
  const sections: { heading: string; pieces: Piece[] }[] = [{ heading: '', pieces: [] }];
  let inTabs = false;
  for (const node of nodes) {
    const pieces = sections.at(-1)?.pieces ?? [];
    if (node.type === 'heading') {
      const tab = tabOf(node);
      if (tab !== undefined) {
        inTabs = true;
        pieces.push(...bold(inlineOf(tab, reading)));
        continue;
      }
      // `text` above `---` is a heading by the rules of Markdown, but here the rule ends the tabs.
      const endsTabs: boolean = inTabs && node.depth === 2 && /\n\s{0,3}-+\s*$/.test(source(node));
      inTabs &&= !endsTabs && node.depth > 2;
      if (endsTabs) pieces.push(...flowOf({ type: 'paragraph', children: node.children }, reading));
      else if (node.depth > 2 || inTabs) pieces.push(...flowOf(node, reading));
      else if (node.depth === 1 && title === undefined) title = headingOf(node, reading);
      else sections.push({ heading: headingOf(node, reading), pieces: [] });
    } else if (node.type === 'thematicBreak') inTabs = false;
    else pieces.push(...flowOf(node, reading));
  }
  return { title, sections };
}

function headingOf(node: Heading, reading: FlowReading): string {
  return plainText(inlineOf(node.children, reading)).replace(/\s+/g, ' ').trim();
}

/** `# [Windows](#tab/windows)` begins a tab, whatever its level. */
function tabOf({ children }: Heading): Heading['children'] | undefined {
  const [link] = children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  return link?.type === 'link' && /^#tab\//i.test(link.url) ? link.children : undefined;
}

/** Sections of a length that a person reads in a chat; nothing is lost, and each keeps its heading. */
export function fitted(sections: readonly Section[]): Section[] {
  const filled = sections.filter(({ heading, pieces }) => heading !== '' || pieces.length > 0);
  const total = filled.reduce((sum, { pieces }) => sum + lengthOf(pieces), 0);
  const joined: Section[] = [];
  for (const section of filled) {
    const last = joined.at(-1);
    const size = lengthOf(section.pieces);
    const room = last !== undefined && lengthOf(last.pieces) + size < LONGEST;
    if (last !== undefined && room && (total <= WHOLE || size < TINY)) {
      const heading = bold([{ type: 'text', value: section.heading }], 2);
      joined[joined.length - 1] = { heading: last.heading, pieces: [...last.pieces, ...heading, ...section.pieces] };
    } else joined.push(section);
  }
  return joined.flatMap(cut);
}

/** A piece is written to be measured, once: sections are joined and cut by their lengths. */
const lengths = new WeakMap<Piece, number>();

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + lengthOfPiece(piece), 0);
}

function lengthOfPiece(piece: Piece): number {
  const known = lengths.get(piece);
  if (known !== undefined) return known;
  const text = write([piece]);
  // A Chinese or Japanese sign says as much as two letters; an empty line parts two pieces.
  const signs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  lengths.set(piece, text.length + signs + 2);
  return text.length + signs + 2;
}

/** Cuts what is too long: before a heading where there is one near, else between two blocks. */
function cut(section: Section): Section[] {
  if (lengthOf(section.pieces) <= LONGEST) return [section];
  const pieces = section.pieces.flatMap((piece): Piece[] =>
    piece.node.type === 'list' ? splitList(piece.node, LONGEST / 2).map((node) => ({ node })) : [piece],
  );
  const parts: Piece[][] = [[]];
  let size = 0;
  for (const piece of pieces) {
    const own = lengthOfPiece(piece);
    const isFull = size + own > LONGEST || (piece.heading !== undefined && size > LONGEST / 2);
    const [last = []] = parts.slice(-1);
    // A heading goes with what follows it.
    const carried = isFull && piece.heading === undefined && last.at(-1)?.heading !== undefined ? last.splice(-1) : [];
    if (isFull && last.length > 0) {
      parts.push([...carried, piece]);
      size = own;
    } else {
      last.push(...carried, piece);
      size += own;
    }
  }
  return parts.map((part, at) => ({
    heading: at === 0 ? section.heading : named(section.heading, part, at),
    pieces: part,
  }));
}

function named(heading: string, [first]: readonly Piece[], at: number): string {
  const own =
    first?.heading !== undefined && first.node.type === 'paragraph' ? plainText(first.node.children) : `(${at + 1})`;
  return [heading, own].filter((words) => words !== '').join(own.startsWith('(') ? ' ' : ' – ');
}
