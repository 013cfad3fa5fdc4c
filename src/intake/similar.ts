/** Share of common character pairs from which two descriptions are shown as "is it this one?"; a hint, never a refusal. */
const ALIKE = 0.45;

/** The open request that says nearly the same, or null. Character pairs serve all three languages alike. */
export function similarRequest<R extends { readonly description: string }>(text: string, open: readonly R[]): R | null {
  const asked = pairs(text);
  let best: { request: R; share: number } | null = null;
  for (const request of open) {
    const share = overlap(asked, pairs(request.description));
    if (share >= ALIKE && share > (best?.share ?? 0)) best = { request, share };
  }
  return best?.request ?? null;
}

function pairs(text: string): Set<string> {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .slice(0, 2000);
  const found = new Set<string>();
  for (let at = 0; at < letters.length - 1; at += 1) found.add(letters.slice(at, at + 2));
  return found;
}

/** Dice's coefficient. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const pair of a) if (b.has(pair)) common += 1;
  return (2 * common) / (a.size + b.size);
}
