import { LANGUAGES, type Language } from '#knowledge/schema.ts';
import type { Answer, Call } from '#src/http/call.ts';
import { languageOfLocale } from '#src/intake/language.ts';
import type { Words } from './ports.ts';

/** Why somebody is not signed in, in words: `key` behind `desk.sign-in.`. */
export interface Trouble {
  readonly status: number;
  readonly key: 'role' | 'cancelled' | 'provider' | 'begun-elsewhere' | 'used' | 'unavailable' | 'client' | 'token';
  readonly values?: Readonly<Record<string, string>>;
}

/** The page's whole look; the page has no script, and asks for no file. */
const STYLE =
  'body{font:16px/1.5 "Segoe UI","Microsoft YaHei UI","Yu Gothic UI",system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.5rem}' +
  'a{display:inline-block;margin:1rem 1.5rem 0 0;padding:.4rem 0;color:LinkText}h1{font-size:1.4rem}:root{color-scheme:light dark}';

/** A page that says why nobody is signed in and what to do, in a language of the browser's. */
export function troublePage({ status, key, values = {} }: Trouble, call: Call, words: Words): Answer {
  const language = languageOf(call.headers['accept-language']);
  const text = (name: string): string => escaped(words(language, `desk.sign-in.${name}`, values));
  const html = [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">',
    `<title>${text('title')}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${text('title')}</h1><p role="alert">${text(key)}</p>`,
    `<a href="/desk/sign-in">${text('again')}</a><a href="/desk">${text('desk')}</a></main></body></html>`,
  ].join('\n');
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }, text: html };
}

/** The first language of the browser's list that the desk speaks; browsers send the list in order of preference. */
export function languageOf(accepted: string | undefined): Language {
  const wanted = (accepted ?? '').slice(0, 400).split(',');
  const known = wanted.map((entry) => languageOfLocale(entry.split(';')[0]?.trim()));
  return known.find((language) => language !== undefined) ?? LANGUAGES[0];
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? '');
