import { createFence, linesOf, withoutComments } from './lines.ts';
import { BrokenDocument, type DocSettings, type LeftOut, type Line } from './types.ts';

const MOST_DEEP = 5;
export const MOST_INCLUDED = 1_000_000;
const INCLUDE = /\[!include\s*\[[^\]]*\]\s*\(\s*<?([^)>\s"]+)>?[^)]*\)\s*\]/i;

interface Place {
  readonly settings: Pick<DocSettings, 'readInclude'>;
  readonly leftOut: LeftOut[];
  /** The files that we are in, the document first. */
  readonly trail: readonly string[];
  /** Characters that includes may still bring: a few files that name each other make very many. */
  readonly budget: { left: number };
}

/**
 * Puts what `[!INCLUDE [title](path)]` names in its place: as lines with the same indent where it stands alone, else within
 * the line. Addresses in it are written anew, as they are seen from the document. Throws a `BrokenDocument` where the file is
 * missing, outside of the folder, includes itself, or lies too deep.
 */
export function withIncludes(lines: readonly Line[], place: Place): Line[] {
  const inCode = createFence();
  return lines.flatMap((line) => (inCode(line.text) ? [line] : expand(line, place)));
}

function expand(line: Line, place: Place): Line[] {
  const found = INCLUDE.exec(line.text);
  if (found === null) return [line];
  const [whole, target = ''] = found;
  const included = read(target, line, place);
  const before = line.text.slice(0, found.index);
  const after = line.text.slice(found.index + whole.length);
  if (/^[\s>]*$/.test(before) && after.trim() === '')
    return included.map((one) => ({ ...one, text: one.text.trim() === '' ? before.trimEnd() : before + one.text }));
  const words = included.map(({ text }) => text.trim()).filter((text) => text !== '');
  return expand({ ...line, text: `${before}${words.join(' ')}${after}` }, place);
}

function read(target: string, line: Line, place: Place): Line[] {
  const { settings, leftOut, trail } = place;
  const broken = (reason: string): never => {
    throw new BrokenDocument(line.file, line.number, reason);
  };
  // `~/` is the folder itself; everything else is seen from the file that names it.
  const path = resolvePath(target.startsWith('~/') ? '' : folderOf(line.file), decode(target.replace(/^~\//, '')));
  if (path === undefined) return broken(`the include ${target} lies outside of the folder`);
  if (trail.includes(path)) return broken(`the include goes round in a circle: ${[...trail, path].join(' → ')}`);
  if (trail.length > MOST_DEEP) return broken(`includes lie deeper than ${MOST_DEEP}: ${[...trail, path].join(' → ')}`);
  const text = settings.readInclude(path);
  if (text === undefined) return broken(`the include ${target} is missing`);
  place.budget.left -= text.length;
  if (place.budget.left < 0) return broken(`the includes hold more than ${MOST_INCLUDED} characters`);
  const own = trimmed(withoutComments(bodyOf(text, path), leftOut));
  const whole = withIncludes(own, { ...place, trail: [...trail, path] });
  const inCode = createFence();
  const move = (one: string): string => (inCode(one) ? one : rebase(one, folderOf(path), folderOf(line.file)));
  return whole.map((one) => ({ ...one, text: move(one.text) }));
}

function bodyOf(text: string, file: string): Line[] {
  const lines = linesOf(text.replace(/^\uFEFF/, ''), file);
  if (lines[0]?.text.trimEnd() !== '---') return lines;
  const end = lines.findIndex(({ text: line }, at) => at > 0 && /^---\s*$/.test(line));
  return end < 0 ? lines : lines.slice(end + 1);
}

function trimmed(lines: readonly Line[]): readonly Line[] {
  const first = lines.findIndex(({ text }) => text.trim() !== '');
  const last = lines.findLastIndex(({ text }) => text.trim() !== '');
  return first < 0 ? [] : lines.slice(first, last + 1);
}

/** The folder of a path in the folder of the import, '' for itself. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `path` as seen from `folder`, in the folder of the import; undefined where it leads out of it. */
export function resolvePath(folder: string, path: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${path.startsWith('/') ? '' : folder}/${path}`.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

const TARGET = /(\]\(|^\s*\[[^\]]+\]:\s*|\bsource="|\bsrc=")(?![a-z][a-z0-9+.-]*:|[/#~])([^\s)"]+)/gi;

/** Relative addresses of an included file, written as the document would. */
function rebase(text: string, from: string, to: string): string {
  if (from === to) return text;
  return text.replace(TARGET, (_whole, before: string, target: string) => {
    const [, path = '', rest = ''] = /^([^#?]*)(.*)$/.exec(target) ?? [];
    const absolute = resolvePath(from, path);
    if (absolute === undefined) return `${before}${target}`;
    const up = to === '' ? '' : to.split('/').map(() => '..').join('/') + '/'; // prettier-ignore
    return `${before}${up}${absolute}${rest}`;
  });
}
