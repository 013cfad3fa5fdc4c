import { compile } from 'html-to-text';

/** The elements of HTML. Anything else between angle brackets is a word: documents write `<your name>` for what to fill in. */
const ELEMENTS = new Set(
  (
    'a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption center cite code col ' +
    'colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form frame ' +
    'h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark menu meta nav ' +
    'nobr noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script section select ' +
    'small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title ' +
    'tr track tt u ul var video wbr'
  ).split(' '),
);

/** The element's name of a tag in lower case, with `/` before it where it ends; undefined where this is no tag of HTML. */
export function tagOf(html: string): string | undefined {
  const [, slash = '', name = ''] = /^<(\/?)([a-z][a-z0-9]*)(?=[\s/>])/i.exec(html.trim()) ?? [];
  return ELEMENTS.has(name.toLowerCase()) ? `${slash}${name.toLowerCase()}` : undefined;
}

/** Elements whose content is no text for people. */
export const SILENT: ReadonlySet<string> = new Set([
  'script',
  'style',
  'iframe',
  'object',
  'embed',
  'svg',
  'template',
  'noscript',
]);

const plain = compile({
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    ...[...SILENT].map((selector) => ({ selector, format: 'skip' })),
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ...['ul', 'ol'].map((selector) => ({ selector, options: { itemPrefix: '– ' } })),
    { selector: 'table', format: 'block' },
    ...['tr', 'summary', 'details', 'dt', 'dd', 'caption'].map((selector) => ({ selector, format: 'block' })),
    ...['td', 'th'].map((selector) => ({ selector, format: 'inlineSurround', options: { suffix: ' ' } })),
  ],
  limits: { maxInputLength: 1_000_000, maxDepth: 50 },
});

/** The paragraphs of a piece of HTML as plain text: without addresses, pictures by their words. */
export function textOfHtml(html: string): string[] {
  const words = html
    .replace(/<(?!\/?[a-z!])|<(?=[^>]*$)/gi, '&lt;')
    .replace(/<img\b[^>]*?\balt\s*=\s*"([^"]*)"[^>]*>/gi, ' $1 ')
    .replace(/<img\b[^>]*>/gi, ' ')
    .replace(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/gi, unknownAsText);
  return plain(words)
    .split(/\n+/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

function unknownAsText(whole: string, _slash: string, name: string): string {
  return ELEMENTS.has(name.toLowerCase()) ? whole : whole.replace('<', '&lt;').replace('>', '&gt;');
}
