/** Buckets of hashed word and character n-grams. */
export const BUCKETS = 131_072;
/** Pieces of this many letters where there are spaces, of up to this many characters where there are none. */
const PIECE = 4;
const CHARACTERS = 3;

/** The n-gram buckets of a text, each with the same weight. */
export interface Grams {
  buckets: Int32Array;
  weight: number;
}

/** Gathers the buckets of one text, each once; then begins anew. The memory is made once for all texts. */
export interface Collector {
  add(bucket: number): void;
  /** What was gathered, all of it together weighing `most`. */
  take(most: number): Grams;
}

export function createCollector(): Collector {
  const seen = new Uint32Array(BUCKETS);
  const buckets = new Int32Array(BUCKETS);
  let mark = 1;
  let count = 0;
  return {
    add: (bucket) => {
      if (seen[bucket] === mark) return;
      seen[bucket] = mark;
      buckets[count++] = bucket;
    },
    take: (most) => {
      const taken = { buckets: buckets.slice(0, count), weight: count === 0 ? 0 : most / Math.sqrt(count) };
      mark++;
      count = 0;
      return taken;
    },
  };
}

const collector = createCollector();

function add(hash: number): void {
  collector.add((hash ^ (hash >>> 15)) & (BUCKETS - 1));
}

/** Words, pairs of words and four-letter pieces where there are spaces; one to three characters where there are none. */
export function grams(text: string, most: number): Grams {
  let previous = 0;
  for (let i = 0; i < text.length;) {
    const code = text.charCodeAt(i);
    if (isWord(code)) {
      const end = wordEnd(text, i);
      previous = addWord(text, i, end, previous);
      i = end;
    } else {
      if (isIdeographic(code)) addCharacters(text, i);
      if (code !== 32 && code !== 39) previous = 0;
      i++;
    }
  }
  return collector.take(most);
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

function isIdeographic(code: number): boolean {
  return code >= 0x3041;
}

function wordEnd(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && isWord(text.charCodeAt(end))) end++;
  return end;
}

/** Gives the word's hash, for the pair with the one after it. */
// oxlint-disable-next-line max-params -- the inner loop of every text: no object is made for it
function addWord(text: string, start: number, end: number, previous: number): number {
  let word = 0x811c9dc5;
  const isNumber = text.charCodeAt(start) <= 57;
  for (let i = start; i < end && i < start + 24; i++) {
    const code = text.charCodeAt(i);
    word = Math.imul(word ^ (code <= 57 ? 35 : code), 0x01000193);
  }
  add(word);
  if (previous !== 0) add(Math.imul(previous, 31) ^ word);
  if (!isNumber) {
    for (let i = start; i + PIECE <= end && i < start + 20; i++) {
      let piece = 0x2545f491;
      for (let k = i; k < i + PIECE; k++) piece = Math.imul(piece ^ text.charCodeAt(k), 0x01000193);
      add(piece);
    }
  }
  return word;
}

function addCharacters(text: string, i: number): void {
  let hash = 0x3c6ef372;
  for (let k = i; k < i + CHARACTERS && k < text.length; k++) {
    const code = text.charCodeAt(k);
    if (!isIdeographic(code)) break;
    hash = Math.imul(hash ^ code, 0x01000193);
    hash ^= hash >>> 13;
    add(hash);
  }
}
