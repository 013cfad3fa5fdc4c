import { isWord, PAGE_LANGUAGES, wordsOf, type Word, type Words } from './words.ts';

/** An element that must be in the page's own HTML. */
export function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} #${id}`);
  return found;
}

/** Writes the words into the page: `data-word` is an element's text, `data-name` a control's name and tooltip. */
export function writeWords(words: Words): void {
  document.documentElement.lang = words.language;
  for (const each of document.querySelectorAll<HTMLElement>('[data-word]')) {
    each.textContent = words(wordOf(each.dataset.word));
  }
  for (const each of document.querySelectorAll<HTMLElement>('[data-name]')) {
    const name = words(wordOf(each.dataset.name));
    each.setAttribute('aria-label', name);
    each.title = name;
  }
}

/** The HTML names words by their keys. */
function wordOf(key: string | undefined): Word {
  if (key === undefined || !isWord(key)) throw new Error(`the book has no word "${key}"`);
  return key;
}

/** The options of a language switch, each language under its own name. */
export function languageOptions(select: HTMLElement, option: 'option' | 'fluent-option', selected: string): void {
  const options = PAGE_LANGUAGES.map((language) => {
    const each = document.createElement(option);
    each.setAttribute('value', language);
    each.lang = language;
    each.textContent = wordsOf(language)(`page.language.${language}`);
    if (language === selected) each.setAttribute('selected', '');
    return each;
  });
  select.replaceChildren(...options);
}
