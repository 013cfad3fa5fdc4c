import { expect, test } from 'vitest';
import { newCase } from '#dialogs/case.ts';
import { packetOf } from '#dialogs/packet.ts';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';

const book = readBook(BOOK_FOLDER);
const tools = { rules: book.rules, now: Date.parse('2026-11-20T07:00:00Z'), article: book.article.bind(book) };

test('an article that was shown is named by its title, in every language that has one', () => {
  const shown = book.articles.find(({ language, offerings }) => language === 'en' && offerings.includes('worldwide'));
  const topic = shown?.topic ?? '';
  const state = { ...newCase('ja', null, null), stated: { offering: 'worldwide' }, answer: { topic, outcome: 'no' } };
  const titleIn = (language: string) =>
    book.articles.find((one) => one.topic === topic && one.language === language)?.title;
  expect(packetOf(state, tools)?.answers).toEqual([
    { topic, outcome: 'no', titles: { en: titleIn('en'), 'zh-CN': titleIn('zh-CN'), ja: titleIn('ja') } },
  ]);
  const gone = { ...state, answer: { topic: 'gone.topic', outcome: null } };
  expect(packetOf(gone, tools)?.answers).toEqual([{ topic: 'gone.topic', outcome: null, titles: {} }]);
});
