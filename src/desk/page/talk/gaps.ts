/** What a canned reply leaves to be filled in: `{customer}`. */
const GAP = /\{(\w+)\}/g;

/** The text with every gap filled whose value is known; the others stay to be seen. */
export function fillGaps(text: string, values: Readonly<Record<string, string | null>>): string {
  return text.replaceAll(GAP, (whole, name: string) => values[name] || whole);
}

/** Gaps that are still there: such a text is no reply yet. */
export function gapsIn(text: string, known: readonly string[]): string[] {
  return [...text.matchAll(GAP)].map(([, name = '']) => name).filter((name) => known.includes(name));
}
