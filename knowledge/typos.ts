/** Corrects Latin words that no article knows, by edit distance over the words that articles do use. */
export interface Speller {
  /** The known word that was most likely meant; the word itself where none is near. */
  correct(word: string): string;
}

/** `known`: the words of the articles with how often they occur; `accepted`: further words that are right as they are. */
export function createSpeller(known: ReadonlyMap<string, number>, accepted: ReadonlySet<string>): Speller {
  const words = [...known.keys()].filter((word) => word.length > 2 && /^[a-z]+$/.test(word));
  const masks = Int32Array.from(words, lettersOf);
  const correct = (word: string): string => {
    if (word.length < 4 || word.length > 24 || !/^[a-z]+$/.test(word)) return word;
    if (known.has(word) || accepted.has(word)) return word;
    return nearest(word, words, masks, known);
  };
  return { correct };
}

function nearest(
  word: string,
  words: readonly string[],
  masks: Int32Array,
  known: ReadonlyMap<string, number>,
): string {
  const most = word.length < 8 ? 1 : 2;
  const own = lettersOf(word);
  let best = word;
  let bestCost = Infinity;
  for (let at = 0; at < words.length; at++) {
    // One edit changes at most two letters of the set: nearly every word is ruled out by its bits alone.
    if (bitCount((masks[at] ?? 0) ^ own) > most * 2) continue;
    const candidate = words[at] ?? '';
    if (Math.abs(candidate.length - word.length) > most) continue;
    const distance = editDistance(word, candidate, most);
    if (distance > most) continue;
    const cost = distance + (candidate[0] === word[0] ? 0 : 0.5) - Math.min(known.get(candidate) ?? 0, 100) / 1000;
    if (cost < bestCost) [best, bestCost] = [candidate, cost];
  }
  return best;
}

/** A bit for each letter that occurs. */
function lettersOf(word: string): number {
  let mask = 0;
  for (let at = 0; at < word.length; at++) mask |= 1 << (word.charCodeAt(at) - 97);
  return mask;
}

function bitCount(mask: number): number {
  let rest = mask;
  let count = 0;
  for (; rest !== 0; count++) rest &= rest - 1;
  return count;
}

/** Insertions, deletions, replacements and swaps of neighbours; stops counting above `most`. */
export function editDistance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + change);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return least;
    [before, previous] = [previous, row];
  }
  return previous[b.length] ?? 0;
}
