import Database from 'better-sqlite3';
import { Charset, Index } from 'flexsearch';
import MiniSearch from 'minisearch';
import tfidf from 'natural/lib/natural/tfidf/index.js';

/** A document as every engine gets it: one text a field. */
export interface Doc {
  readonly topic: string;
  readonly language: string;
  readonly title: string;
  /** The article's questions, and the learnt ones where an engine is given them too. */
  readonly questions: string;
  readonly keywords: string;
  readonly body: string;
}

/** A document found, by its number; a higher score is better. */
export interface Found {
  readonly doc: number;
  readonly score: number;
}

/** An engine over the documents of one offering. */
export interface Engine {
  search(question: string): Found[];
  close(): void;
}

export interface Rival {
  readonly name: string;
  /** `tokens`: how to cut a text; not given: the engine's own way. */
  readonly open: (docs: readonly Doc[]) => Engine;
}

export type Cut = (text: string) => string[];

const MOST = 30;
const WEIGHTS = { title: 3, questions: 2, keywords: 2.5, body: 0.5 };
const FIELDS = ['title', 'questions', 'keywords', 'body'] as const;
const nothing = (): void => {};

/** minisearch with its boosts, fuzzy and prefix search; its own tokenizer splits at spaces and punctuation. */
function minisearch(docs: readonly Doc[], cut?: Cut): Engine {
  const index = new MiniSearch({
    fields: [...FIELDS],
    idField: 'id',
    ...(cut === undefined ? {} : { tokenize: cut, processTerm: (term: string) => term }),
    searchOptions: { boost: WEIGHTS, ...(cut === undefined ? { fuzzy: 0.2, prefix: true } : {}) },
  });
  index.addAll(docs.map((doc, id) => ({ id, ...doc })));
  return {
    search: (question) =>
      index
        .search(question)
        .slice(0, MOST)
        .map(({ id, score }) => ({ doc: Number(id), score })),
    close: nothing,
  };
}

/** flexsearch ranks, but tells no score: the place stands for it. `Charset.CJK` is what it offers for Chinese and Japanese. */
function flexsearch(docs: readonly Doc[], cut?: Cut): Engine {
  const index = new Index(
    cut === undefined ? { tokenize: 'forward', encoder: Charset.CJK } : { tokenize: 'strict', encode: cut },
  );
  for (const [id, doc] of docs.entries()) index.add(id, FIELDS.map((field) => doc[field]).join('\n'));
  return {
    search: (question) => {
      const found = index.search(question, { limit: MOST, suggest: true });
      return (Array.isArray(found) ? found : []).map((id, place) => ({ doc: Number(id), score: 1 / (1 + place) }));
    },
    close: nothing,
  };
}

/** SQLite FTS5 with its bm25() and a weight a column; any of the question's words may match. */
function fts5(docs: readonly Doc[], tokenizer: string, cut: Cut, isCutBefore: boolean): Engine {
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE docs USING fts5(${FIELDS.join(', ')}, tokenize = '${tokenizer}')`);
  const insert = db.prepare(`INSERT INTO docs(rowid, ${FIELDS.join(', ')}) VALUES (?, ?, ?, ?, ?)`);
  const text = (value: string): string => (isCutBefore ? cut(value).map(asWord).join(' ') : value);
  db.transaction(() => {
    for (const [id, doc] of docs.entries()) insert.run(id, ...FIELDS.map((field) => text(doc[field])));
  })();
  const weights = FIELDS.map((field) => WEIGHTS[field]).join(', ');
  const select = db.prepare<[string], { rowid: number; score: number }>(
    `SELECT rowid, -bm25(docs, ${weights}) AS score FROM docs WHERE docs MATCH ? ORDER BY score DESC LIMIT ${MOST}`,
  );
  return {
    search: (question) => {
      const words = [...new Set(cut(question))].map(
        (word) => `"${(isCutBefore ? asWord(word) : word).replaceAll('"', '""')}"`,
      );
      if (words.length === 0) return [];
      return select.all(words.join(' OR ')).map(({ rowid, score }) => ({ doc: rowid, score }));
    },
    close: () => db.close(),
  };
}

/** Any token as one word of letters, so that a tokenizer leaves it whole. */
function asWord(token: string): string {
  return `x${Buffer.from(token).toString('hex')}`;
}

const words: Cut = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const trigrams: Cut = (text) =>
  words(text).flatMap((word) =>
    Array.from({ length: Math.max(word.length - 2, 0) }, (_, at) => word.slice(at, at + 3)),
  );

/** natural's TfIdf: its tokenizer knows Latin letters only. */
function naturalTfIdf(docs: readonly Doc[], cut?: Cut): Engine {
  const index = new tfidf.TfIdf();
  for (const doc of docs) {
    const text = FIELDS.map((field) => doc[field]).join('\n');
    index.addDocument(cut === undefined ? text : cut(text));
  }
  return {
    search: (question) =>
      index
        .tfidfs(cut === undefined ? question : cut(question))
        .map((score, doc) => ({ doc, score }))
        .filter(({ score }) => score > 0)
        .toSorted((a, b) => b.score - a.score)
        .slice(0, MOST),
    close: nothing,
  };
}

/** Each engine as it comes, and with our tokens (meanings, stems, pairs of characters). */
export function rivals(ours: Cut): Rival[] {
  return [
    { name: 'minisearch', open: (docs) => minisearch(docs) },
    { name: 'minisearch, our tokens', open: (docs) => minisearch(docs, ours) },
    { name: 'flexsearch', open: (docs) => flexsearch(docs) },
    { name: 'flexsearch, our tokens', open: (docs) => flexsearch(docs, ours) },
    { name: 'SQLite FTS5 unicode61', open: (docs) => fts5(docs, 'unicode61', words, false) },
    { name: 'SQLite FTS5 trigram', open: (docs) => fts5(docs, 'trigram', trigrams, false) },
    { name: 'SQLite FTS5, our tokens', open: (docs) => fts5(docs, 'unicode61', ours, true) },
    { name: 'natural TfIdf', open: (docs) => naturalTfIdf(docs) },
    { name: 'natural TfIdf, our tokens', open: (docs) => naturalTfIdf(docs, ours) },
  ];
}
