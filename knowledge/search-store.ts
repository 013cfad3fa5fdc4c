import { closeSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exampleFiles } from './examples.ts';
import type { Article } from './schema.ts';
import { packIndex, unpackIndex, unpackLearnt, type Stamps } from './search-file.ts';
import type { IndexStore } from './search-index.ts';

/** Whose change makes another index of the same articles. */
const CODE = [
  'concepts.ts',
  'examples.ts',
  'letter-tree.ts',
  'partition.ts',
  'postings.ts',
  'search-build.ts',
  'search-doubts.ts',
  'search-file.ts',
  'search-fit.ts',
  'search-grams.ts',
  'search-kin.ts',
  'search-lessons.ts',
  'search-signs.ts',
  'search-training.ts',
  'tokens.ts',
  'word-table.ts',
];
/** As this process runs it: a file that is edited later says nothing about what is built here. */
const CODE_READ = CODE.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));

/**
 * Keeps the index of the book in `file` (`npm run build` makes it). It carries a stamp of everything that it was made from:
 * articles, examples, synonyms, and the code; with any other stamp it is built anew and written again, so it is never out of
 * date. Where only the articles' texts differ, what was learnt is kept. A folder that can't be written is no fault: the next start builds it once more.
 */
export function createIndexStore(bookDir: string, file: string): IndexStore {
  let known: Stamps | undefined;
  const synonyms = readFileSync(join(bookDir, 'synonyms.yaml'), 'utf8');
  const stamps = (articles: readonly Article[]): Stamps => (known ??= stampsOf(bookDir, synonyms, articles));
  const unpacked = <T>(unpack: (bytes: Uint8Array) => T): T | undefined => {
    const bytes = readBytes(file);
    return bytes === undefined ? undefined : unpack(bytes);
  };
  return {
    read: (articles) => unpacked((bytes) => unpackIndex(bytes, stamps(articles))),
    learnt: (articles) => unpacked((bytes) => unpackLearnt(bytes, stamps(articles))),
    write: (articles, data) => {
      // Whole or not at all: another process may be reading it.
      const draft = `${file}.${process.pid}`;
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(draft, packIndex(data, stamps(articles)));
        renameSync(draft, file);
      } catch {
        // Without the file all works the same, only later.
      }
    },
  };
}

function readBytes(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function stampsOf(bookDir: string, synonyms: string, articles: readonly Article[]): Stamps {
  const hash = createHash();
  for (const text of [synonyms, ...CODE_READ]) hash.add(text);
  for (const file of exampleFiles(bookDir)) addFile(file, hash);
  for (const { topic, language, offerings, title, questions, keywords } of articles) {
    for (const text of [topic, language, ...offerings, title, ...questions, ...keywords]) hash.add(text);
  }
  const taught = hash.digest();
  for (const { body } of articles) hash.add(body);
  return { taught, stamp: hash.digest() };
}

/** Piece by piece through the same memory: a start pays for every page of memory that it is the first to use. */
function addFile(file: string, hash: Hash): void {
  const descriptor = openSync(file, 'r');
  try {
    for (;;) {
      const length = readSync(descriptor, PIECE, 0, PIECE.length, null);
      if (length === 0) return;
      hash.addBytes(PIECE.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
}
const PIECE = new Uint8Array(65_536);

interface Hash {
  add(text: string): void;
  addBytes(bytes: Uint8Array): void;
  digest(): string;
}

/**
 * 64 bits in two halves, mixed by two multiplications a step (cyrb53): to see a change, not to withstand an attack. A step takes
 * two characters into each half, and of files, which are megabytes, eight bytes as they stand: most of a start was this.
 */
function createHash(): Hash {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  const mix = (one: number, other: number): void => {
    low = Math.imul(low ^ one, 2_654_435_761);
    high = Math.imul(high ^ other, 1_597_334_677);
    low ^= high >>> 15;
    high ^= low >>> 13;
  };
  return {
    add: (text) => {
      const { length } = text;
      let at = 0;
      for (; at + 3 < length; at += 4) {
        mix(
          text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16),
          text.charCodeAt(at + 2) | (text.charCodeAt(at + 3) << 16),
        );
      }
      for (; at < length; at++) mix(text.charCodeAt(at), at);
      mix(length, length);
    },
    addBytes: (bytes) => {
      const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
      const even = words.length & ~1;
      for (let at = 0; at < even; at += 2) mix(words[at] ?? 0, words[at + 1] ?? 0);
      for (let at = even * 4; at < bytes.length; at++) mix(bytes[at] ?? 0, at);
      mix(bytes.length, bytes.length);
    },
    digest: () => `${(high >>> 0).toString(16)}-${(low >>> 0).toString(16)}`,
  };
}
