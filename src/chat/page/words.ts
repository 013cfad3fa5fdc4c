import type { Language } from '#knowledge/schema.ts';
import en from '#knowledge/phrases/en/page.json' with { type: 'json' };
import ja from '#knowledge/phrases/ja/page.json' with { type: 'json' };
import zhCN from '#knowledge/phrases/zh-CN/page.json' with { type: 'json' };

export type Word = keyof typeof en;
const tables: Readonly<Record<Language, Readonly<Record<Word, string>>>> = { en, 'zh-CN': zhCN, ja };

/** The words of one language; `{name}` in them is filled from `values`. */
export interface Words<Key extends string = Word> {
  readonly language: Language;
  (key: Key, values?: Readonly<Record<string, string | number>>): string;
  /** The word for `prefix + id`, e.g. an offering that the server names; the id itself where the book has no word. */
  of(prefix: string, id: string): string;
}

/** The order in which the languages are offered. */
export const PAGE_LANGUAGES: readonly Language[] = ['en', 'zh-CN', 'ja'];

export function wordsOf(language: Language): Words {
  return wordsFrom(tables[language], language);
}

/** The words of a page that has more of them than this one. */
export function wordsFrom<Key extends string>(table: Readonly<Record<Key, string>>, language: Language): Words<Key> {
  const has = (key: string): key is Key => Object.hasOwn(table, key);
  const say = (key: Key, values: Readonly<Record<string, string | number>> = {}) => fill(table[key], values);
  const of = (prefix: string, id: string) => {
    const key = prefix + id;
    return has(key) ? table[key] : id;
  };
  return Object.assign(say, { language, of });
}

export function isWord(key: string): key is Word {
  return Object.hasOwn(en, key);
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** `ja-JP` → ja, `zh-Hans-SG` → zh-CN (Simplified is the Chinese we speak), anything unknown → undefined. */
export function languageOf(tag: string | null | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split('-')[0];
  if (primary === 'zh') return 'zh-CN';
  return PAGE_LANGUAGES.find((language) => language === primary);
}

/** The first language of the list (a parameter, then the browser's languages) that we speak, else English. */
export function firstLanguage(tags: readonly (string | null | undefined)[]): Language {
  for (const tag of tags) {
    const language = languageOf(tag);
    if (language) return language;
  }
  return 'en';
}
