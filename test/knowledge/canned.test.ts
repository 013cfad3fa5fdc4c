import { describe, expect, it } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { checkCanned, readCanned } from '#knowledge/canned.ts';
import { LANGUAGES, type Canned } from '#knowledge/schema.ts';

const text = (language: Canned['language'], words = 'Hello {customer}', id = 'hello'): Canned => {
  return { id, language, title: 'Greeting', text: words };
};
const everywhere = (words?: string) => LANGUAGES.map((language) => text(language, words));

describe('the ready replies of the desk', () => {
  it('are whole in every language', () => {
    const all = readCanned(BOOK_FOLDER);
    expect(all.length).toBeGreaterThan(20);
    expect(checkCanned(all)).toEqual([]);
  });

  it.each([
    ['one is missing', everywhere().slice(1), 'missing in this language'],
    ['one stands twice', [...everywhere(), text('ja')], 'this id stands twice in this file'],
    ['a gap that nothing fills', everywhere('Hello {wife}'), 'nothing fills {wife}'],
    ['other gaps than in English', [text('en'), text('zh-CN'), text('ja', 'x')], 'gaps {} differ from {customer}'],
  ])('%s: told', (_what, all, problem) => {
    expect(checkCanned(all).map((finding) => finding.problem)).toContain(problem);
  });
});
