/** How much alike two questions must be to count as one, 0..1 (Dice over their grams). */
export const ALIKE = 0.5;

export interface Cluster<T> {
  /** The first of its kind; all others are alike to it. */
  readonly leader: T;
  readonly members: readonly T[];
}

/**
 * Puts questions that say nearly the same together, the largest cluster first. Simple on purpose, and the same every time: in
 * the order given, each goes to the first question that it is most alike to, or begins a cluster of its own.
 */
export function clustersOf<T>(items: readonly T[], textOf: (item: T) => string): Cluster<T>[] {
  const clusters: { leader: T; grams: ReadonlySet<string>; members: T[] }[] = [];
  const byGram = new Map<string, number[]>();
  for (const item of items) {
    const grams = gramsOf(textOf(item));
    const home = nearest(grams, clusters, byGram);
    if (home !== undefined) {
      clusters[home]?.members.push(item);
      continue;
    }
    for (const gram of grams) {
      const places = byGram.get(gram) ?? [];
      places.push(clusters.length);
      byGram.set(gram, places);
    }
    clusters.push({ leader: item, grams, members: [item] });
  }
  return clusters
    .map(({ leader, members }) => ({ leader, members }))
    .toSorted((a, b) => b.members.length - a.members.length);
}

function nearest(
  grams: ReadonlySet<string>,
  clusters: readonly { grams: ReadonlySet<string> }[],
  byGram: ReadonlyMap<string, readonly number[]>,
): number | undefined {
  const shared = new Map<number, number>();
  for (const gram of grams) for (const place of byGram.get(gram) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1);
  let best: number | undefined;
  let most = ALIKE;
  for (const [place, count] of [...shared].toSorted(([a], [b]) => a - b)) {
    const alike = (2 * count) / (grams.size + (clusters[place]?.grams.size ?? 0));
    if (alike >= most && (best === undefined || alike > most)) [best, most] = [place, alike];
  }
  return best;
}

/** Three letters of a word in a row, or two signs of Chinese and Japanese; what stands for personal data says nothing. */
function gramsOf(text: string): Set<string> {
  const plain = text
    .replace(/\[[a-z]+\]/g, ' ')
    .normalize('NFKC')
    .toLowerCase();
  const grams = new Set<string>();
  for (const [word] of plain.matchAll(/[a-z0-9À-ɏ]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu)) {
    const isLatin = /^[a-z0-9À-ɏ]/u.test(word);
    const signs = isLatin ? [' ', ...Array.from(word), ' '] : Array.from(word);
    const size = Math.min(isLatin ? 3 : 2, signs.length);
    for (let at = 0; at + size <= signs.length; at++) grams.add(signs.slice(at, at + size).join(''));
  }
  return grams;
}
