import type {
  BlockContent,
  DefinitionContent,
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
  RootContent,
  Table,
} from 'mdast';
import { textOfHtml, tagOf, SILENT } from './html.ts';
import { inlineOf, lineOf, plainText, trimmed, type Reading } from './inline.ts';
import type { DocWords } from './types.ts';

/** A piece of an article: a paragraph, a list of one level, or code. `heading`: a bold line that was a heading of that depth. */
export interface Piece {
  readonly node: Paragraph | List | (RootContent & { type: 'code' });
  readonly heading?: number;
}

export interface FlowReading extends Reading {
  readonly words: DocWords;
}

type Flow = RootContent | BlockContent | DefinitionContent;

/** A block in the Markdown that every channel draws: tables become lists, quotations and alerts paragraphs. */
export function flowOf(node: Flow, reading: FlowReading): Piece[] {
  switch (node.type) {
    case 'paragraph':
      return paragraph(inlineOf(node.children, reading));
    case 'heading':
      return bold(inlineOf(node.children, reading), node.depth);
    case 'blockquote':
      return quote(node.children, reading);
    case 'list':
      return [{ node: listOf(node, reading) }].filter((piece) => piece.node.children.length > 0);
    case 'table':
      return tableOf(node, reading);
    case 'code':
      return node.value.trim() === '' ? [] : [{ node: { type: 'code', value: node.value, lang: node.lang ?? null } }];
    case 'html':
      return htmlBlock(node, reading);
    case 'footnoteDefinition':
      return footnote(
        node.identifier,
        node.children.flatMap((child) => flowOf(child, reading)),
      );
    case 'thematicBreak':
    case 'definition':
    case 'yaml':
    // These stand only within a list or a table.
    case 'listItem':
    case 'tableRow':
    case 'tableCell':
      return [];
    default:
      return paragraph(inlineOf([node], reading));
  }
}

function paragraph(children: PhrasingContent[]): Piece[] {
  const words = plainText(children).trim();
  return words === '' ? [] : [{ node: { type: 'paragraph', children: trimmed(children) } }];
}

/** A bold line, in which nothing is bolder. */
export function bold(children: readonly PhrasingContent[], heading?: number): Piece[] {
  const flat = children.flatMap((child) => (child.type === 'strong' ? child.children : [child]));
  if (plainText(flat).trim() === '') return [];
  const node: Paragraph = { type: 'paragraph', children: [{ type: 'strong', children: flat }] };
  return [heading === undefined ? { node } : { node, heading }];
}

const ALERT = /^\s*\[!(note|tip|important|warning|caution)\]\s*/i;

function isAlert(word: string): word is 'note' | 'tip' | 'important' | 'warning' | 'caution' {
  return ['note', 'tip', 'important', 'warning', 'caution'].includes(word);
}

function quote(children: readonly Flow[], reading: FlowReading): Piece[] {
  const pieces = children.flatMap((child) => flowOf(child, reading));
  const [first, ...others] = pieces;
  if (first?.node.type !== 'paragraph') return pieces;
  const [text, ...rest] = first.node.children;
  const found = text?.type === 'text' ? ALERT.exec(text.value) : null;
  const word = (found?.[1] ?? '').toLowerCase();
  if (text?.type !== 'text' || found === null || !isAlert(word)) return pieces;
  const label: PhrasingContent = { type: 'strong', children: [{ type: 'text', value: reading.words(word) }] };
  const own: PhrasingContent[] = [{ type: 'text', value: ` ${text.value.slice(found[0].length)}` }, ...rest];
  // An alert that begins with a list has no words of its own.
  const isBare = plainText(own).trim() === '';
  return [{ node: { type: 'paragraph', children: isBare ? [label] : [label, ...own] } }, ...others];
}

function listOf(node: List, reading: FlowReading): List {
  const children = node.children.flatMap((item) => {
    const lines = linesOfItem(item, reading, 0);
    return lines.length === 0 ? [] : [itemOf(lines)];
  });
  return { type: 'list', ordered: node.ordered ?? false, start: node.start ?? null, spread: false, children };
}

function itemOf(lines: readonly PhrasingContent[][]): ListItem {
  const words = lines.flatMap((line, at): PhrasingContent[] => (at === 0 ? line : [{ type: 'break' }, ...line]));
  return { type: 'listItem', spread: false, children: [{ type: 'paragraph', children: words }] };
}

/** An item as lines: what lies deeper stands below it with a dash, for Teams draws lists of one level only. */
function linesOfItem(item: ListItem, reading: FlowReading, depth: number): PhrasingContent[][] {
  return item.children.flatMap((child) =>
    child.type === 'list' ? nested(child, reading, depth + 1) : linesOf(flowOf(child, reading)),
  );
}

function nested(list: List, reading: FlowReading, depth: number): PhrasingContent[][] {
  const dashes = '–'.repeat(Math.min(depth, 3));
  return list.children.flatMap((item, at) => {
    const lines = linesOfItem(item, reading, depth);
    const sign = list.ordered ? `${dashes} (${(list.start ?? 1) + at}) ` : `${dashes} `;
    return lines.map((line, row): PhrasingContent[] => (row === 0 ? [{ type: 'text', value: sign }, ...line] : line));
  });
}

/** What stands in an item, as lines of words. */
function linesOf(pieces: readonly Piece[]): PhrasingContent[][] {
  return pieces.flatMap(({ node }): PhrasingContent[][] => {
    switch (node.type) {
      case 'paragraph':
        return [node.children];
      case 'code':
        return node.value
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((value) => [{ type: 'inlineCode', value }]);
      case 'list':
        return node.children.flatMap(({ children }) =>
          children.flatMap((child): PhrasingContent[][] =>
            child.type === 'paragraph' ? [[{ type: 'text', value: '– ' }, ...child.children]] : [],
          ),
        );
    }
  });
}

/** One item a row: the first cell in bold, the others each with the name of its column. */
function tableOf({ children: [head, ...rows] }: Table, reading: FlowReading): Piece[] {
  const columns = (head?.children ?? []).map((cell) => inlineOf(cell.children, reading));
  const title = columns.filter((cell) => plainText(cell).trim() !== '');
  const named = bold(
    title.flatMap((cell, at): PhrasingContent[] => (at === 0 ? cell : [{ type: 'text', value: ' – ' }, ...cell])),
  );
  const items = rows.flatMap((row) => {
    const cells = row.children.map((cell) => inlineOf(cell.children, reading));
    const words = rowOf(cells, columns);
    return words.length === 0 ? [] : [itemOf(words)];
  });
  if (items.length === 0) return named;
  return [...named, { node: { type: 'list', ordered: false, spread: false, children: items } }];
}

/** Two columns fit one line; of more, each stands on a line of its own with its name. */
function rowOf(cells: readonly PhrasingContent[][], columns: readonly PhrasingContent[][]): PhrasingContent[][] {
  const filled = cells
    .map((cell, at) => ({ cell, column: plainText(columns[at] ?? []).trim() }))
    .filter(({ cell }) => plainText(cell).trim() !== '');
  const [first, second] = filled.map(({ cell }) => cell);
  if (first === undefined) return [];
  const head = bold(trimmed(first)).flatMap(({ node }) => (node.type === 'paragraph' ? node.children : []));
  if (columns.length <= 2)
    return [second === undefined ? head : [...head, { type: 'text', value: ' – ' }, ...trimmed(second)]];
  const others = filled
    .slice(1)
    .map(({ cell, column }): PhrasingContent[] => [
      { type: 'text', value: column === '' ? '' : `${column}: ` },
      ...trimmed(cell),
    ]);
  return [head, ...others];
}

function htmlBlock(node: { value: string } & Parameters<typeof lineOf>[0], reading: FlowReading): Piece[] {
  const { value } = node;
  const tag = tagOf(value);
  if (tag !== undefined && SILENT.has(tag)) reading.tell('html', lineOf(node), value, 'no text for people');
  else if (/<(?:script|style|iframe|object|embed|svg)\b/i.test(value))
    reading.tell('html', lineOf(node), value, 'what isn’t text of it');
  return textOfHtml(value).flatMap((words) => paragraph([{ type: 'text', value: words }]));
}

function footnote(id: string, pieces: Piece[]): Piece[] {
  const [first, ...others] = pieces;
  if (first?.node.type !== 'paragraph') return pieces;
  return [
    { node: { type: 'paragraph', children: [{ type: 'text', value: `(${id}) ` }, ...first.node.children] } },
    ...others,
  ];
}
