/** A Latin name that is an alternative of its own is a whole word: "eac" is not in "reached", "azure ad" not in "azure advisor". */
export function wholeNames(source: string): string {
  let depth = 0;
  const parts = [''];
  for (let i = 0; i < source.length; i++) {
    const c = source.charAt(i);
    if (c === '(' && source[i - 1] !== '\\') depth++;
    if (c === ')' && source[i - 1] !== '\\') depth--;
    if (c === '|' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${c}`);
  }
  return parts.map((part) => (/^[a-z][a-z ?-]*$/u.test(part) ? `(?<![a-z])${part}(?![a-z])` : part)).join('|');
}
