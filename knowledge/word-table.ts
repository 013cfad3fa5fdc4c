/**
 * Words with their numbers in flat arrays, as they stand in the index file: a start has nothing to make of them. A map of as many
 * strings was a fifth of a start with ten thousand articles, and its memory as much again.
 */
export interface WordArrays {
  /** All words one behind the other. */
  readonly letters: Uint16Array;
  /** Where each begins; one more than there are words. */
  readonly starts: Int32Array;
  /** By a word's hash its number plus one; 0 is a free place. */
  readonly places: Int32Array;
}

/** `words`, each once, are numbered in their order. */
export function packWords(words: readonly string[]): WordArrays {
  const letters = new Uint16Array(words.reduce((sum, { length }) => sum + length, 0));
  const starts = new Int32Array(words.length + 1);
  // At least half of the places stay free, so that a word is at its own or near it.
  const places = new Int32Array(2 ** Math.ceil(Math.log2(2 * words.length + 2)));
  let end = 0;
  for (const [number, word] of words.entries()) {
    for (let at = 0; at < word.length; at++) letters[end++] = word.charCodeAt(at);
    starts[number + 1] = end;
    let place = placeOf(word, places);
    while (places[place] !== 0) place = (place + 1) & (places.length - 1);
    places[place] = number + 1;
  }
  return { letters, starts, places };
}

/** A word's number; undefined for one that isn't among them. */
export type FindWord = (word: string) => number | undefined;

export function createFinder({ letters, starts, places }: WordArrays): FindWord {
  const is = (number: number, word: string): boolean => {
    const start = starts[number] ?? 0;
    if ((starts[number + 1] ?? 0) - start !== word.length) return false;
    for (let at = 0; at < word.length; at++) if (letters[start + at] !== word.charCodeAt(at)) return false;
    return true;
  };
  return (word) => {
    for (let place = placeOf(word, places); ; place = (place + 1) & (places.length - 1)) {
      const number = (places[place] ?? 0) - 1;
      if (number < 0) return undefined;
      if (is(number, word)) return number;
    }
  };
}

/** FNV-1a, spread over the places, which are a power of two. */
function placeOf(word: string, { length }: Int32Array): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) & (length - 1);
}
