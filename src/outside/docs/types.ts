import type { Language, OfferingId } from '#knowledge/schema.ts';

/** One line of a document, with the line and the file that it came from: an include brings lines of another file. */
export interface Line {
  readonly text: string;
  readonly number: number;
  readonly file: string;
}

/** The kinds of things that an article can't hold. */
export const LEFT_OUT = [
  'address',
  'code',
  'comment',
  'date',
  'directive',
  'file',
  'html',
  'image',
  'link',
  'moniker',
  'other-cloud',
  'video',
] as const;
export type LeftOutKind = (typeof LEFT_OUT)[number];

/** Something of a document that its articles don't hold: what it was, where it stood, and why. `line` 0: the whole file. */
export interface LeftOut {
  readonly kind: LeftOutKind;
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** The document can't be read; nothing of it becomes an article. */
export class BrokenDocument extends Error {
  readonly file: string;
  readonly line: number;
  constructor(file: string, line: number, reason: string) {
    super(reason);
    this.name = 'BrokenDocument';
    this.file = file;
    this.line = line;
  }
}

/** The words that an import adds to a text, in the document's language; see `knowledge/phrases/<language>/docs.json`. */
export type DocWord = 'note' | 'tip' | 'important' | 'warning' | 'caution' | 'applies';
export type DocWords = (word: DocWord, values?: Record<string, string>) => string;

/** What holds for every document of an import. */
export interface DocSettings {
  readonly offering: OfferingId;
  /** Address below which the documents are published; without it relative links can't be followed. */
  readonly base: string | undefined;
  /** Only ranges with this moniker are kept; without it all are, each with its range. */
  readonly moniker: string | undefined;
  /** Text of another file of the folder, undefined where there is none. Throws a `BrokenDocument` where it isn't text. */
  readonly readInclude: (path: string) => string | undefined;
  /** Addresses (in the folder) of the documents with a `uid`. */
  readonly uids: ReadonlyMap<string, string>;
}

/** A document as it was read: its path in the folder (with `/`), its language and its text. */
export interface DocSource {
  readonly path: string;
  readonly language: Language;
  readonly text: string;
  readonly words: DocWords;
}

/** What becomes an article; the rest of the front matter is the caller's affair. */
export interface DocArticle {
  /** Tells the articles of a document apart: '' for the first, then from the heading. */
  readonly part: string;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly body: string;
  readonly sourceUrl: string | undefined;
}

export interface DocRead {
  readonly title: string;
  /** ISO date of `ms.date`; undefined where the document has none. */
  readonly reviewed: string | undefined;
  readonly audience: 'everyone' | 'admin';
  readonly articles: readonly DocArticle[];
  readonly leftOut: readonly LeftOut[];
}
