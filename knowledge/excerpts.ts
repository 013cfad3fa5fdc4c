import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The passages of the documents that the book rests on, word for word: one file a document, one passage a line. So quotes
 * can be checked where the documents themselves are not.
 */
export interface Excerpts {
  /** Do these words stand in a passage of the document? undefined where nothing of that document is kept. */
  holds(doc: string, words: string): boolean | undefined;
}

/** Reads `excerpts/<doc>.txt` below `dir` as it is asked for. */
export function readExcerpts(dir: string): Excerpts {
  const read = new Map<string, readonly string[] | undefined>();
  return {
    holds(doc, words) {
      if (!read.has(doc)) read.set(doc, passages(dir, doc));
      const wanted = evenly(words);
      return read.get(doc)?.some((passage) => passage.includes(wanted));
    },
  };
}

function passages(dir: string, doc: string): readonly string[] | undefined {
  const path = join(dir, 'excerpts', doc.endsWith('.txt') ? doc : `${doc}.txt`);
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  // The first lines say which document this is; a heading of the document begins with one sign and a capital, too.
  return lines.filter((line) => !/^# (Word|As|[0-9a-f]{64}$)/.test(line)).map(evenly);
}

/** Line breaks and runs of spaces are a document's layout, not its words. */
function evenly(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
