/** How many letters and digits; those outside of the first plane count as two. Replacing all others cost a twentieth of a text's time. */
export function lettersIn(text: string): number {
  let letters = 0;
  for (let i = 0; i < text.length; i++) if (isPlainLetter(text.charCodeAt(i))) letters++;
  const others = text.match(OTHER_LETTERS) ?? [];
  return others.reduce((sum, run) => sum + run.length, letters);
}

function isPlainLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

const OTHER_LETTERS = /(?:(?![\0-\x7f])[\p{L}\p{N}])+/gu;
