import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { BrokenDocument } from '#src/outside/docs/types.ts';

/** Bytes; a longer file is no document for people. */
const LARGEST = 1_000_000;

/** A folder of documents, and nothing outside of it: links out of the folder aren't followed. */
export interface DocsFolder {
  /** Its real path, and its name. */
  readonly dir: string;
  readonly name: string;
  /** Paths with `/`, in order: documents, and files that are none, each with the reason. */
  readonly documents: readonly string[];
  readonly passedOver: readonly { path: string; reason: string }[];
  /** First line of the licence, where there is a file. */
  readonly licence: string | undefined;
  /** The text of a document. Throws a `BrokenDocument` where it is none. */
  readonly read: (path: string) => string;
  /** As `read`, but undefined where there is no such file in the folder. */
  readonly readInclude: (path: string) => string | undefined;
  /** ISO date of the file's last change. */
  readonly changed: (path: string) => string;
}

export function openFolder(path: string): DocsFolder {
  const dir = realpathSync(path);
  const documents: string[] = [];
  const passedOver: { path: string; reason: string }[] = [];
  walk(dir, '', (file) => {
    const reason = reasonAgainst(file);
    if (reason === undefined) documents.push(file);
    else if (reason !== '') passedOver.push({ path: file, reason });
  });
  const readInclude = (file: string): string | undefined => (isWithin(dir, file) ? decode(dir, file) : undefined);
  return {
    dir,
    name: basename(dir),
    documents,
    passedOver,
    licence: licenceOf(dir),
    readInclude,
    read: (file) => {
      const text = readInclude(file);
      if (text === undefined) throw new BrokenDocument(file, 0, 'it leads out of the folder, or can’t be read');
      return text;
    },
    changed: (file) => statSync(join(dir, file)).mtime.toISOString().slice(0, 10),
  };
}

function walk(dir: string, below: string, take: (file: string) => void): void {
  const entries = readdirSync(join(dir, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) walk(dir, path, take);
    else take(path);
  }
}

/** Why a file is no document; '' where nobody would think so. */
function reasonAgainst(path: string): string | undefined {
  if (!/\.md$/i.test(path)) return '';
  const name = basename(path).toLowerCase();
  if (name === 'toc.md') return 'a table of contents';
  if (LICENCE.test(name)) return 'the licence';
  return path.toLowerCase().split('/').slice(0, -1).some((part) => /^_?includes$/.test(part)) ? 'a part of other documents' : undefined; // prettier-ignore
}

function isWithin(dir: string, file: string): boolean {
  try {
    const real = relative(dir, realpathSync(join(dir, file)));
    return real !== '' && real !== '..' && !real.startsWith(`..${sep}`) && statSync(join(dir, file)).isFile();
  } catch {
    return false;
  }
}

function decode(dir: string, file: string): string {
  const bytes = readFileSync(join(dir, file));
  if (bytes.length > LARGEST)
    throw new BrokenDocument(file, 0, `${bytes.length} bytes are too many: ${LARGEST} at most`);
  if (bytes.length === 0) throw new BrokenDocument(file, 0, 'it is empty');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BrokenDocument(file, badLine(bytes), 'it is not UTF-8');
  }
}

/** The first line that is no UTF-8. */
function badLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start <= bytes.length; line++) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    const part = bytes.subarray(start, end);
    // What comes back is longer or has other bytes where a sign had to take the place of what wasn't text.
    if (Buffer.compare(Buffer.from(Buffer.from(part).toString('utf8')), part) !== 0) return line;
    start = end + 1;
  }
  return line;
}

const LICENCE = /^licen[cs]e(?:\.(?:md|txt))?$/i;

function licenceOf(dir: string): string | undefined {
  for (const place of [dir, dirname(dir)]) {
    const name = readdirSync(place).toSorted().find((one) => LICENCE.test(one)); // prettier-ignore
    if (name === undefined || !statSync(join(place, name)).isFile()) continue;
    const lines = readFileSync(join(place, name), 'utf8').split('\n');
    const first = lines.map((line) => line.replace(/^[#\s*]+/, '').trim()).find((line) => line !== '');
    if (first !== undefined) return first.slice(0, 200);
  }
  return undefined;
}
