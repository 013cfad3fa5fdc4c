import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { createConcepts } from '#knowledge/concepts.ts';
import type { Example } from '#knowledge/examples.ts';
import { buildIndex } from '#knowledge/search-build.ts';
import { packIndex, unpackIndex, unpackLearnt } from '#knowledge/search-file.ts';
import { createSearch, type Search } from '#knowledge/search.ts';
import { createIndexStore } from '#knowledge/search-store.ts';
import { article, NO_SYNONYMS } from './place.ts';

const articles = [
  article({ topic: 'a.forward', title: 'Forward mail', questions: ['How do I forward mail?'] }),
  article({ topic: 'a.shared', title: 'Create a shared mailbox' }),
  article({ topic: 'a.shared', title: '共有メールボックスの作成', language: 'ja' }),
];
const ways = ['pass my post on', 'let my letters go to Tom', 'send everything on to her', 'he shall get what I get'];
const examples = [
  ...ways.map((question): Example => ({ question, lang: 'en', offering: 'worldwide', topic: 'a.forward' })),
  ...ways.map((question): Example => ({
    question: `${question} box`,
    lang: 'en',
    offering: 'worldwide',
    topic: 'a.shared',
  })),
  { question: 'weather in paris', lang: 'en', offering: 'worldwide', topic: null } as const,
];
const folder = mkdtempSync(join(tmpdir(), 'index-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ask = (search: Search, question: string) => search.ask({ question, language: 'en', offering: 'worldwide' });
const X = { stamp: 'x', taught: 't' };
const all = ['forward mail', 'shared mailbox', 'let my letters go', 'weather', '共有メールボックス'];

describe('the index as a file', () => {
  const data = buildIndex({ articles, examples, concepts: createConcepts(NO_SYNONYMS) });

  it('comes back as it was', () => {
    expect(unpackIndex(packIndex(data, X), X)).toEqual(data);
    const plain = buildIndex({ articles, examples: [], concepts: createConcepts(NO_SYNONYMS) });
    expect(plain.learnt).toBeUndefined();
    expect(unpackIndex(packIndex(plain, X), X)).toEqual(plain);
  });

  it('is nothing with another stamp, and nothing when it is damaged', () => {
    const file = packIndex(data, X);
    expect(unpackIndex(file, { stamp: 'y' })).toBeUndefined();
    for (const length of [0, 3, 8, 100, file.length / 2]) expect(unpackIndex(file.slice(0, length), X)).toBeUndefined();
    expect(unpackLearnt(file, { taught: 't' })).toEqual(data.learnt);
    expect(unpackLearnt(file, { taught: 'u' })).toBeUndefined();
    expect(unpackIndex(new Uint8Array(64).fill(255), X)).toBeUndefined();
  });
});

const open = (file: string, own = articles, learn = () => examples) =>
  createSearch(own, NO_SYNONYMS, learn, createIndexStore(BOOK_FOLDER, file));
const never = (): never => {
  throw new Error('built again');
};

describe('keeping the index', () => {
  it('answers from the file as it answers without, and builds only once', () => {
    const file = join(folder, 'once.index');
    const built = all.map((question) => ask(open(file), question));
    const read = open(file, articles, never);
    expect(all.map((question) => ask(read, question))).toEqual(built);
    expect(built[0]?.best?.topic).toBe('a.forward');
  });

  it('is built anew when an article changes, and when the file is damaged', () => {
    const file = join(folder, 'stale.index');
    ask(open(file), 'forward mail');
    const changed = [
      ...articles,
      article({ topic: 'a.new', title: 'Quantum gravity', questions: ['quantum gravity'] }),
    ];
    expect(() => ask(open(file, changed, never), 'forward mail')).toThrow('built again');
    expect(ask(open(file, changed), 'quantum gravity').best?.topic).toBe('a.new');
    writeFileSync(file, readFileSync(file).subarray(0, 5000));
    expect(ask(open(file, changed), 'quantum gravity').best?.topic).toBe('a.new');
  });

  it('does without a folder that cannot be written', () => {
    const blocked = join(folder, 'a-file');
    writeFileSync(blocked, '');
    expect(ask(open(join(blocked, 'x.index')), 'forward mail').best?.topic).toBe('a.forward');
  });
});
