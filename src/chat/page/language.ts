import type { Language } from '#knowledge/schema.ts';
import { firstLanguage, languageOf } from './words.ts';

const KEY = 'frontdesk.language';

/**
 * The language a page begins in: the person's own choice at the switch, else the `lang` parameter, else the browser's.
 * A choice holds as long as the host page asks for the same language as when it was made.
 */
export function firstChoice(parameter: string | null): Language {
  const [asked, chosen] = (read() ?? '').split('>');
  if (chosen && asked === (parameter ?? '')) return languageOf(chosen) ?? 'en';
  return firstLanguage([parameter, ...navigator.languages]);
}

export function keepChoice(parameter: string | null, language: Language): void {
  try {
    localStorage.setItem(KEY, `${parameter ?? ''}>${language}`);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
