import type { Emphasis, PhrasingContent, Strong, Text } from 'mdast';
import { SILENT, tagOf, textOfHtml } from './html.ts';
import type { LeftOutKind } from './types.ts';

/** What the words of a document are read with. */
export interface Reading {
  /** Where a link leads, or undefined: then its words stay (why is told by `tell`). */
  readonly follow: (target: string, at: { line: number }) => string | undefined;
  readonly definition: (id: string) => string | undefined;
  readonly tell: (kind: LeftOutKind, line: number, text: string, reason: string) => void;
}

/** The words of a paragraph in the Markdown that every channel draws: text, bold, italics, code, links, line breaks. */
export function inlineOf(nodes: readonly PhrasingContent[], reading: Reading): PhrasingContent[] {
  const kept: PhrasingContent[] = [];
  let silent: string | undefined;
  for (const node of withLinks(nodes)) {
    const tag = node.type === 'html' ? tagOf(node.value) : undefined;
    if (silent !== undefined) {
      if (tag === `/${silent}`) silent = undefined;
      else if (node.type === 'text') reading.tell('html', lineOf(node), node.value, `within <${silent}>`);
    } else if (tag !== undefined && SILENT.has(tag)) {
      silent = tag;
      reading.tell('html', lineOf(node), node.type === 'html' ? node.value : '', 'no text for people');
    } else kept.push(...oneOf(node, reading));
  }
  return tidy(kept);
}

/** `<a href="…">words</a>` as the link that it is. */
function withLinks(nodes: readonly PhrasingContent[]): readonly PhrasingContent[] {
  const start = nodes.findIndex((node) => node.type === 'html' && hrefOf(node.value) !== undefined);
  const end = nodes.findIndex((node, at) => at > start && node.type === 'html' && tagOf(node.value) === '/a');
  const first = nodes[start];
  if (first?.type !== 'html' || end < 0) return nodes;
  const whole: PhrasingContent = {
    type: 'link',
    url: hrefOf(first.value) ?? '',
    children: nodes.slice(start + 1, end).flatMap((node) => (node.type === 'link' ? node.children : [node])),
    ...(first.position && { position: first.position }),
  };
  return [...nodes.slice(0, start), whole, ...withLinks(nodes.slice(end + 1))];
}

function hrefOf(html: string): string | undefined {
  return tagOf(html) === 'a' ? /\bhref\s*=\s*"([^"]*)"/i.exec(html)?.[1] : undefined;
}

export function lineOf({ position }: { position?: { start: { line: number } } | undefined }): number {
  return position?.start.line ?? 1;
}

function oneOf(node: PhrasingContent, reading: Reading): PhrasingContent[] {
  switch (node.type) {
    case 'text':
      return boldIn(node);
    case 'inlineCode':
    case 'break':
      return [node];
    case 'strong':
    case 'emphasis':
      return around(node, inlineOf(node.children, reading));
    case 'delete':
      return inlineOf(node.children, reading);
    case 'html':
      return htmlOf(node.value);
    case 'image':
      return picture(node.alt, node.url, node, reading);
    case 'imageReference':
      return picture(node.alt, reading.definition(node.identifier) ?? '', node, reading);
    case 'link':
      return link(node.url, node.children, node, reading);
    case 'linkReference':
      return link(reading.definition(node.identifier) ?? '', node.children, node, reading);
    case 'footnoteReference':
      return [{ type: 'text', value: ` (${node.identifier})` }];
  }
}

function around(
  node: PhrasingContent & { type: 'strong' | 'emphasis' },
  children: PhrasingContent[],
): PhrasingContent[] {
  if (children.length === 0) return [];
  // Bold within bold would be written as four stars, which nobody draws.
  const flat = children.flatMap((child) =>
    child.type === 'strong' || child.type === 'emphasis' ? child.children : [child],
  );
  return outside({ type: node.type, children: flat });
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * `**重要：**请`: by the rules of Markdown the stars beside a sign of punctuation don't close where no space follows, and
 * Chinese and Japanese have none. Documents write it all the same, so it is read; and written with the signs outside.
 */
function boldIn(node: Text): PhrasingContent[] {
  if (!node.value.includes('**') || !CJK.test(node.value)) return [node];
  return node.value.split(/(\*\*[^*\n]+\*\*)/).flatMap((part): PhrasingContent[] => {
    if (!/^\*\*[^*\n]+\*\*$/.test(part)) return part === '' ? [] : [{ type: 'text', value: part }];
    return outside({ type: 'strong', children: [{ type: 'text', value: part.slice(2, -2) }] });
  });
}

/** Signs of punctuation at the ends of bold Chinese or Japanese words stand outside of it. */
function outside(node: Strong | Emphasis): PhrasingContent[] {
  const [only] = node.children;
  if (node.children.length !== 1 || only?.type !== 'text' || !CJK.test(only.value)) return [node];
  const [, before = '', words = '', after = ''] = /^(\p{P}*)(.*?)(\p{P}*)$/su.exec(only.value) ?? [];
  const inner: PhrasingContent[] =
    words === '' ? [] : [{ type: node.type, children: [{ type: 'text', value: words }] }];
  return [textOf(before), ...inner, textOf(after)].filter((part) => !isEmpty(part));
}

/** Elements that stand apart from the words around them, as documents use them within the cells of a table. */
const APART = new Set('br p div ul ol table tr dl dt dd h3 h4 h5 h6 pre blockquote summary details'.split(' '));

function htmlOf(html: string): PhrasingContent[] {
  const tag = tagOf(html);
  if (tag !== undefined && APART.has(tag.replace('/', ''))) return [{ type: 'break' }];
  if (tag === 'li') return [{ type: 'break' }, { type: 'text', value: '– ' }];
  // A raised number is a footnote's: beside a word it must not read as part of it.
  if (tag === 'sup') return [{ type: 'text', value: ' (' }];
  if (tag === '/sup') return [{ type: 'text', value: ')' }];
  if (tag === 'img') return textOfHtml(html).map((value) => ({ type: 'text', value: ` (${value}) ` }));
  if (tag !== undefined || /^<[!?]/.test(html)) return [];
  // `<your name>` is what to fill in, not HTML.
  return [{ type: 'text', value: html }];
}

interface Placed {
  position?: { start: { line: number } } | undefined;
}

/** A picture's words take its place. */
function picture(alt: string | null | undefined, url: string, node: Placed, { tell }: Reading): PhrasingContent[] {
  const words = (alt ?? '').replace(/\s+/g, ' ').trim();
  tell('image', lineOf(node), url, words === '' ? 'a picture without words' : 'a picture; its words are kept');
  return words === '' ? [] : [{ type: 'text', value: `(${words})` }];
}

function link(target: string, nodes: readonly PhrasingContent[], node: Placed, reading: Reading): PhrasingContent[] {
  const children = inlineOf(nodes, reading).flatMap((child) => (child.type === 'link' ? child.children : [child]));
  const url = reading.follow(target, { line: lineOf(node) });
  const isBareUid = /^<?xref:/i.test(plainText(children));
  const words: PhrasingContent[] = isBareUid ? [{ type: 'text', value: plainText(children).replace(/^xref:/i, '').replace(/\?.*$/, '') }] : children; // prettier-ignore
  if (url === undefined) return words;
  if (words.length === 0) return [];
  return [{ type: 'link', url, children: words.filter((child) => child.type !== 'link') }];
}

/** The words alone. */
export function plainText(nodes: readonly PhrasingContent[]): string {
  return nodes
    .map((node): string => {
      if ('children' in node) return plainText(node.children);
      if (node.type === 'break') return ' ';
      return 'value' in node ? node.value : '';
    })
    .join('');
}

/** Without breaks at the ends or two in a row, and without two texts in a row, which would be escaped one by one. */
function tidy(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const joined: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type === 'text' && last?.type === 'text') joined[joined.length - 1] = textOf(last.value + node.value);
    else joined.push(node.type === 'text' ? textOf(node.value) : node);
  }
  const beside = joined
    .map((node, at) => besideBreak(node, joined[at - 1], joined[at + 1]))
    .filter((node) => !isEmpty(node));
  const single = beside.filter((node, at) => node.type !== 'break' || beside[at - 1]?.type !== 'break');
  const first = single.findIndex((node) => node.type !== 'break');
  const last = single.findLastIndex((node) => node.type !== 'break');
  return first < 0 ? [] : single.slice(first, last + 1);
}

function textOf(value: string): PhrasingContent {
  return { type: 'text', value: value.replace(/ {2,}/g, ' ') };
}

const isEmpty = (node: PhrasingContent): boolean => node.type === 'text' && node.value === '';

/** Spaces beside a line break would be written as signs. */
function besideBreak(node: PhrasingContent, before?: PhrasingContent, after?: PhrasingContent): PhrasingContent {
  if (node.type !== 'text') return node;
  const start = before?.type === 'break' ? node.value.trimStart() : node.value;
  return { type: 'text', value: after?.type === 'break' ? start.trimEnd() : start };
}

/** The words of a whole paragraph, without spaces at its ends. */
export function trimmed(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const [first, last] = [nodes[0], nodes.at(-1)];
  const cut = nodes.map((node): PhrasingContent => {
    if (node.type !== 'text') return node;
    const start = node === first ? node.value.trimStart() : node.value;
    return { type: 'text', value: node === last ? start.trimEnd() : start };
  });
  return cut.filter((node) => !isEmpty(node));
}
