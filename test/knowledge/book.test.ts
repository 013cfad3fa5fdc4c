import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import { checkBook } from '#knowledge/check-book.ts';

const book = readBook();
const folders: string[] = [];

afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A copy of the book with one file changed. */
function changed(file: string, change: (text: string) => string): string {
  const dir = mkdtempSync(join(tmpdir(), 'book-'));
  folders.push(dir);
  cpSync(BOOK_FOLDER, dir, { recursive: true });
  writeFileSync(join(dir, file), change(readFileSync(join(BOOK_FOLDER, file), 'utf8')));
  return dir;
}

const ARTICLE = 'articles/en/o365cn.response-times.md';

describe('the book', () => {
  it('holds 74 topics in each language', () => {
    expect(book.articles).toHaveLength(3 * 74);
    expect(Object.isFrozen(book.articles[0])).toBe(true);
  });

  it('fills in numbers from the offerings', () => {
    for (const { body } of book.articles) expect(body).not.toContain('{{');
    expect(book.article('o365cn.phone-number', 'ja', 'o365-21vianet')?.body).toContain('(86) 400-089-0365');
  });

  it('follows an hour that changes in the offering', () => {
    const dir = changed('offerings/o365-21vianet.yaml', (text) =>
      text.replace('hours: { value: 1,', 'hours: { value: 7,'),
    );
    expect(readBook(dir).article('o365cn.response-times', 'en', 'o365-21vianet')?.body).toContain('7 hour');
  });

  it('refuses to be read with an unknown reference, naming the file', () => {
    const dir = changed(ARTICLE, (text) => text.replace('respond.A.hours', 'respond.A.houres'));
    expect(() => readBook(dir)).toThrow(`${ARTICLE}: unknown reference {{o365-21vianet.respond.A.houres}}`);
  });
});

describe('checking the book', () => {
  it('finds nothing', () => {
    expect(checkBook(BOOK_FOLDER)).toEqual([]);
  });

  it('names a topic that is missing in a language', () => {
    const dir = changed(ARTICLE, (text) => text);
    rmSync(join(dir, ARTICLE));
    expect(checkBook(dir)).toMatchObject([{ file: ARTICLE }]);
  });

  it.each([
    { what: 'a missing source', file: ARTICLE, from: /^source: .*$/m, to: '', field: 'source' },
    { what: 'another audience', file: ARTICLE, from: 'audience: everyone', to: 'audience: admin', field: 'audience' },
    {
      what: 'another offering',
      file: ARTICLE,
      from: 'offerings: [o365-21vianet]',
      to: 'offerings: [worldwide]',
      field: 'offerings',
    },
    { what: 'a heading', file: ARTICLE, from: 'The first', to: '## The first', field: 'body' },
    {
      what: 'a link that is not https',
      file: ARTICLE,
      from: 'The first',
      to: '[x](http://example.com) The first',
      field: 'body',
    },
    { what: 'HTML', file: ARTICLE, from: 'The first', to: '<b>The</b> first', field: 'body' },
    {
      what: 'the number of another cloud',
      file: ARTICLE,
      from: 'The first',
      to: '1 800 865 9408 The first',
      field: 'body',
    },
    {
      what: 'a date that is none',
      file: ARTICLE,
      from: 'reviewed: 2026-12-01',
      to: 'reviewed: soon',
      field: 'reviewed',
    },
    {
      what: 'a source nobody knows',
      file: 'offerings/azure-21vianet.yaml',
      from: 'doc: national-clouds',
      to: 'doc: nowhere',
      field: 'links.portal.source',
    },
  ])('names $what', ({ file, from, to, field }) => {
    const findings = checkBook(changed(file, (text) => text.replace(from, to)));
    expect(findings).toContainEqual(expect.objectContaining({ file, field }));
  });

  it.each([
    ['phrases/ja/dialog.json', (text: string) => text.replace(/^\{/, '{"only.here": "x",')],
    ['examples/ask/held-back.jsonl', (text: string) => `${text}{"id":"x"}\n`],
    ['synonyms.yaml', () => 'stop: [a]\n'],
    ['topics.yaml', () => 'a.b: 5\n'],
  ])('names what is wrong in %s', (file, change) => {
    expect(checkBook(changed(file, change))).not.toEqual([]);
  });
});
