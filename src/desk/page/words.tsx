import { createContext, useContext } from 'react';
import type { Language } from '#knowledge/schema.ts';
import deskEn from '#knowledge/phrases/en/desk-page.json' with { type: 'json' };
import pageEn from '#knowledge/phrases/en/page.json' with { type: 'json' };
import deskJa from '#knowledge/phrases/ja/desk-page.json' with { type: 'json' };
import pageJa from '#knowledge/phrases/ja/page.json' with { type: 'json' };
import deskZh from '#knowledge/phrases/zh-CN/desk-page.json' with { type: 'json' };
import pageZh from '#knowledge/phrases/zh-CN/page.json' with { type: 'json' };
import { wordsFrom, type Words } from '#src/chat/page/words.ts';

export type DeskWord = keyof typeof deskEn | keyof typeof pageEn;
export type DeskWords = Words<DeskWord>;

const tables: Readonly<Record<Language, Readonly<Record<DeskWord, string>>>> = {
  en: { ...pageEn, ...deskEn },
  'zh-CN': { ...pageZh, ...deskZh },
  ja: { ...pageJa, ...deskJa },
};

export const deskWords = (language: Language): DeskWords => wordsFrom(tables[language], language);

const Spoken = createContext<DeskWords>(deskWords('en'));

export const WordsProvider = Spoken.Provider;

/** The words of the agent's language. */
export const useWords = (): DeskWords => useContext(Spoken);
