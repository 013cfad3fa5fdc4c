import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LANGUAGES } from '#knowledge/schema.ts';
import { palettes } from '#src/chat/page/look.ts';
import { firstLanguage, languageOf, wordsOf } from '#src/chat/page/words.ts';

const file = (language: string, name: string) =>
  z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(`knowledge/phrases/${language}/${name}.json`, 'utf8')));
const read = (language: string) => ({ ...file(language, 'page'), ...file(language, 'desk-page') });
const books = { en: read('en'), 'zh-CN': read('zh-CN'), ja: read('ja') };
const pages = ['src/chat/page/chat.html', 'src/chat/demo/demo.html'];

const gaps = (book: Record<string, string>) =>
  Object.fromEntries(Object.entries(book).map(([key, text]) => [key, (text.match(/\{\w+\}/g) ?? []).toSorted()]));

describe('the words of the pages', () => {
  it.each(['zh-CN', 'ja'] as const)('%s has the same keys and the same gaps to fill as English', (language) => {
    expect(gaps(books[language])).toEqual(gaps(books.en));
  });

  // Pages fill gaps in and nothing more: a plural would be shown as it is written.
  it.each(LANGUAGES)('%s has plain gaps only', (language) => {
    const left = Object.values(books[language]).filter((text) => /[{}]/.test(text.replaceAll(/\{\w+\}/g, '')));
    expect(left).toEqual([]);
  });

  it.each(['zh-CN', 'ja'] as const)('%s is translated: only names are the same as in English', (language) => {
    const worded = Object.keys(books.en).filter((key) => /\p{L}/u.test(books.en[key]!.replaceAll(/\{\w+\}/g, '')));
    const same = worded.filter((key) => books.en[key] === books[language][key]);
    const names = [
      'page.language.en',
      'page.language.ja',
      'desk.ticket.system.servicenow',
      'page.language.zh-CN',
      'page.offering.worldwide',
    ];
    expect(same.filter((key) => !names.includes(key))).toEqual([]);
  });

  it.each(pages)('%s names no word that the book lacks', (page) => {
    const named = [...readFileSync(page, 'utf8').matchAll(/data-(?:word|name)="([^"]+)"/g)].map(([, key]) => key ?? '');
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((key) => !(key in books.en))).toEqual([]);
  });

  it('are filled in, and an id without a word stands for itself', () => {
    const words = wordsOf('ja');
    expect(words('page.embed.unread', { count: 3 })).toBe('未読 3 件');
    expect(words.of('page.offering.', 'azure-21vianet')).toContain('21Vianet');
    expect(words.of('page.offering.', 'constructor')).toBe('constructor');
  });
});

describe('the language of a page', () => {
  it.each([
    ['ja-JP', 'ja'],
    ['zh-Hans', 'zh-CN'],
    ['zh-CN', 'zh-CN'],
    ['EN-gb', 'en'],
    ['fr', undefined],
    ['', undefined],
  ])('%s → %s', (tag, language) => expect(languageOf(tag)).toBe(language));

  it('is the first of the wishes that we speak', () => {
    expect(firstLanguage([null, 'fr-FR', 'ja', 'en'])).toBe('ja');
    expect(firstLanguage(['fr'])).toBe('en');
  });
});

const dashed = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

describe('the colours', () => {
  const css = readFileSync('src/chat/page/theme.css', 'utf8');
  const [, light = '', dark = '', high = ''] = css.split(':root');
  const sheet = { light, dark, contrast: high };
  const least = { light: 4.5, dark: 4.5, contrast: 7 };

  it.each(['light', 'dark', 'contrast'] as const)('%s: style sheet and styleOptions agree', (theme) => {
    for (const [name, colour] of Object.entries(palettes[theme])) {
      expect(sheet[theme]).toContain(`${dashed(name)}: ${colour};`);
    }
  });

  it.each(['light', 'dark', 'contrast'] as const)(
    '%s: every text stands out enough (WCAG 1.4.3, in contrast 1.4.6)',
    (theme) => {
      const p = palettes[theme];
      const grounds = [p.canvas, p.surface, p.raised, p.accentSoft];
      for (const ground of grounds) expect(contrast(p.text, ground)).toBeGreaterThanOrEqual(least[theme]);
      for (const ground of [p.canvas, p.surface, p.raised]) {
        for (const ink of [p.subtle, p.accent, p.good, p.warning, p.attention]) {
          expect(contrast(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(least[theme]);
        }
      }
      expect(contrast(p.onAccent, p.accent)).toBeGreaterThanOrEqual(least[theme]);
    },
  );
});

/** WCAG 2 contrast ratio of two #rrggbb colours. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
