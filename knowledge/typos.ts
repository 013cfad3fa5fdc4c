/** Corrects Latin words that no article knows, by edit distance over the words that articles do use. */
export interface Speller {
  /** The known word that was most likely meant; the word itself where none is near. */
  correct(word: string): string;
}

/**
 * `known`: the words of the articles with how often they occur; `accepted`: further words that are right as they are; `meant`:
 * those that somebody may have meant as well, though no article uses them.
 */
export function createSpeller(
  known: ReadonlyMap<string, number>,
  accepted: ReadonlySet<string>,
  meant: ReadonlySet<string> = new Set(),
): Speller {
  const shelves = new Map<number, Shelf>();
  for (const word of known.keys()) if (isPlain(word)) putAway(word, shelves);
  for (const word of meant) if (!known.has(word) && isPlain(word)) putAway(word, shelves);
  const countOf = (word: string): number => (known.get(word) ?? 0) + (meant.has(word) ? 1 : 0);
  const correct = (word: string): string => {
    if (word.length < 4 || word.length > 24 || !isPlain(word)) return word;
    if (known.has(word) || meant.has(word) || accepted.has(word)) return word;
    return nearest(word, shelves, countOf);
  };
  return { correct };
}

function isPlain(word: string): boolean {
  if (word.length <= 2) return false;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code < A || code >= A + LETTERS) return false;
  }
  return true;
}

/** Words of one length that begin alike, with the letters of each. */
interface Shelf {
  words: string[];
  masks: number[];
}

const LETTERS = 26;

function shelfOf(length: number, first: number): number {
  return length * LETTERS + first;
}

function putAway(word: string, shelves: Map<number, Shelf>): void {
  const key = shelfOf(word.length, word.charCodeAt(0) - A);
  const shelf = shelves.get(key) ?? { words: [], masks: [] };
  shelves.set(key, shelf);
  shelf.words.push(word);
  shelf.masks.push(lettersOf(word));
}
const A = 97;

/** The first letter is right, or the second stands in its place: who mistypes begins well. */
function nearest(word: string, shelves: ReadonlyMap<number, Shelf>, countOf: CountOf): string {
  const most = word.length < 8 ? 1 : 2;
  const firsts = new Set([word.charCodeAt(0) - A, word.charCodeAt(1) - A]);
  let best = { word, cost: Infinity };
  for (let length = word.length - most; length <= word.length + most; length++) {
    for (const first of firsts) {
      best = nearestOn(shelves.get(shelfOf(length, first)) ?? NOTHING, { word, most, countOf, best });
    }
  }
  return best.word;
}

/** How often articles use a word. */
type CountOf = (word: string) => number;

interface Wanted {
  word: string;
  most: number;
  countOf: CountOf;
  best: { word: string; cost: number };
}

function nearestOn({ words, masks }: Shelf, { word, most, countOf, best: before }: Wanted): Wanted['best'] {
  const own = lettersOf(word);
  let best = before;
  for (let at = 0; at < words.length; at++) {
    // One edit changes at most two letters of the set: nearly every word is ruled out by its bits alone.
    if (bitCount((masks[at] ?? 0) ^ own) > most * 2) continue;
    const candidate = words[at] ?? '';
    const distance = editDistance(word, candidate, most);
    if (distance > most) continue;
    const cost = distance + (candidate[0] === word[0] ? 0 : 0.5) - Math.min(countOf(candidate), 100) / 1000;
    if (cost < best.cost) best = { word: candidate, cost };
  }
  return best;
}
const NOTHING: Shelf = { words: [], masks: [] };

/** A bit for each letter that occurs. */
function lettersOf(word: string): number {
  let mask = 0;
  for (let at = 0; at < word.length; at++) mask |= 1 << (word.charCodeAt(at) - A);
  return mask;
}

function bitCount(mask: number): number {
  let rest = mask - ((mask >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Rows of the distance table, used again by every word: most of the time went into making them. */
const rows = [new Int32Array(64), new Int32Array(64), new Int32Array(64)];

/** Insertions, deletions, replacements and swaps of neighbours; stops counting above `most`. For words up to 60 letters. */
export function editDistance(a: string, b: string, most: number): number {
  let [before = EMPTY, previous = EMPTY, row = EMPTY] = rows;
  for (let j = 0; j <= b.length; j++) previous[j] = j;
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const change = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + change);
      const isSwapped = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2);
      if (isSwapped && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return least;
    [before, previous, row] = [previous, row, before];
  }
  return previous[b.length] ?? 0;
}
const EMPTY = new Int32Array(64);
