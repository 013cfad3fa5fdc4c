import { compile } from 'html-to-text';

/** Links and pictures say nothing in a sentence; tables are read line by line. */
const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: 50_000, maxDepth: 50, maxChildNodes: 500 },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'h2', options: { uppercase: false } },
  ],
});

/** HTML as one line of plain text, at most `most` characters. */
export function plainText(html: string, most: number): string {
  const text = convert(html.slice(0, 50_000)).replace(/\s+/gu, ' ').trim();
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
