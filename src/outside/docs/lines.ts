import type { LeftOut, Line } from './types.ts';

/** Where a block of code begins and ends: nothing within is markup. */
export function createFence(): (text: string) => boolean {
  let fence: string | undefined;
  return (text) => {
    const [, marks] = /^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})/.exec(text) ?? [];
    if (fence === undefined) {
      // An info string with a backtick is inline code that happens to begin a line.
      if (
        marks === undefined ||
        (marks.startsWith('`') && text.slice(text.indexOf(marks) + marks.length).includes('`'))
      )
        return false;
      fence = marks;
      return true;
    }
    if (marks !== undefined && marks.startsWith(fence) && text.trim().replace(/^[\s>]*/, '') === marks)
      fence = undefined;
    return true;
  };
}

/** The lines of a text from its `first` line on; line ends of any system. */
export function linesOf(text: string, file: string, first = 1): Line[] {
  return text.split(/\r\n|\r|\n/).map((line, at) => ({ text: line, number: first + at, file }));
}

const COMMENT_START = '<!--';
const COMMENT_END = '-->';

interface OpenComment {
  readonly line: Line;
  readonly words: string[];
}

/** Takes out HTML comments, over lines too, but not within code. What stood in them is told. */
export function withoutComments(lines: readonly Line[], leftOut: LeftOut[]): Line[] {
  const inCode = createFence();
  const kept: Line[] = [];
  let open: OpenComment | undefined;
  for (const line of lines) {
    if (open === undefined && inCode(line.text)) {
      kept.push(line);
      continue;
    }
    const taken = takeOut(line, open);
    open = taken.open;
    leftOut.push(...taken.ended.map(told));
    // A line that was nothing but a comment must not end a paragraph or a list.
    if (taken.text.trim() !== '' || line.text.trim() === '') kept.push({ ...line, text: taken.text });
  }
  if (open !== undefined) leftOut.push(told(open));
  return kept;
}

function told({ line: { file, number }, words }: OpenComment): LeftOut {
  return { kind: 'comment', file, line: number, text: words.join('\n').trim(), reason: 'a comment for the authors' };
}

interface Taken {
  readonly text: string;
  readonly open: OpenComment | undefined;
  readonly ended: OpenComment[];
}

/** What of a line stands outside of comments; `before` is the comment that the line begins in. */
function takeOut(line: Line, before: OpenComment | undefined): Taken {
  let open = before;
  let text = '';
  const ended: OpenComment[] = [];
  for (let rest = line.text; rest !== '';) {
    const at = open === undefined ? commentIn(rest) : rest.indexOf(COMMENT_END);
    const words = at < 0 ? rest : rest.slice(0, at);
    rest = at < 0 ? '' : rest.slice(at + (open === undefined ? COMMENT_START : COMMENT_END).length);
    if (open === undefined) text += words;
    else open.words.push(words);
    if (at < 0) break;
    if (open !== undefined) ended.push(open);
    open = open === undefined ? { line, words: [] } : undefined;
  }
  return { text, open, ended };
}

/** Where a comment begins outside of inline code; -1 where none does. */
function commentIn(text: string): number {
  const found = [...text.matchAll(/(`+)(?!`).*?(?<!`)\1(?!`)|<!--/g)].find(([whole]) => whole === COMMENT_START);
  return found?.index ?? -1;
}
