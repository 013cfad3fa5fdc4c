/**
 * Words as one tree of letters in flat arrays. Every question is looked through from each of its characters, and a start fills
 * it with thousands of words: a map at each node cost three times as much in both.
 */
export interface LetterTree<T> {
  /** From a node (0 is the root) by a letter to the next; 0 where no word goes on so. */
  next(node: number, code: number): number;
  /** What was put where a word ends; undefined where none does. */
  at(node: number): T | undefined;
  /** Where a word ends, made if it's new. */
  reach(word: string): number;
  set(node: number, value: T): void;
}

/** `letters`: how many there are in all its words, at most. */
export function createLetterTree<T>(letters: number): LetterTree<T> {
  // At least half of the places stay free, so that a step finds its own, or none, at once.
  const places = 2 ** Math.ceil(Math.log2(2 * letters + 2));
  const nodes = new Int32Array(places);
  const codes = new Uint16Array(places);
  // No step leads back to the root: 0 is a free place.
  const targets = new Int32Array(places);
  const values: (T | undefined)[] = [undefined];
  const placeOf = (node: number, code: number): number => {
    const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b);
    let place = (mixed ^ (mixed >>> 15)) & (places - 1);
    while (targets[place] !== 0 && (nodes[place] !== node || codes[place] !== code)) place = (place + 1) & (places - 1);
    return place;
  };
  return {
    next: (node, code) => targets[placeOf(node, code)] ?? 0,
    at: (node) => values[node],
    set: (node, value) => (values[node] = value),
    reach: (word) => {
      let node = 0;
      for (let i = 0; i < word.length; i++) {
        const code = word.charCodeAt(i);
        const place = placeOf(node, code);
        if (targets[place] === 0) {
          nodes[place] = node;
          codes[place] = code;
          targets[place] = values.push(undefined) - 1;
        }
        node = targets[place] ?? 0;
      }
      return node;
    },
  };
}
