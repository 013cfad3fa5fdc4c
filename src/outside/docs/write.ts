import type { List, Text } from 'mdast';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Piece } from './flow.ts';

/** Pieces as Markdown. Lists keep their numbers; `_` within a word needs no backslash, and people read over it. */
export function write(pieces: readonly Piece[]): string {
  const text = toMarkdown(
    { type: 'root', children: pieces.map(({ node }) => node) },
    {
      bullet: '-',
      bulletOther: '*',
      emphasis: '*',
      fences: true,
      incrementListMarker: true,
      listItemIndent: 'one',
      resourceLink: true,
      rule: '-',
      handlers: {
        break: () => '  \n',
        text: (node: Text, _parent, state, info) => lighter(state.safe(node.value, info)),
      },
      join: [(left, right) => (left.type === 'list' && right.type === 'list' ? 1 : undefined)],
    },
  );
  return text.replace(/<!---->\n*/g, '').trim();
}

/** Without backslashes that no reader of Markdown needs: people see them where it isn't drawn. */
function lighter(text: string): string {
  return text
    .replace(/(?<=[\p{L}\p{N}])\\_(?=[\p{L}\p{N}])/gu, '_')
    .replace(/\\&(?!#?[a-z0-9]+;)/gi, '&')
    .replace(/(?<=\S )\\\*(?= )/g, '*');
}

/** A list that is longer than an article may be, as several; the numbers go on. */
export function splitList(list: List, longest: number): List[] {
  const { children } = list;
  if (children.length < 2 || write([{ node: list }]).length <= longest) return [list];
  const half = Math.ceil(children.length / 2);
  const first: List = { ...list, children: children.slice(0, half) };
  const start = list.ordered === true ? (list.start ?? 1) + half : null;
  return [...splitList(first, longest), ...splitList({ ...list, start, children: children.slice(half) }, longest)];
}
