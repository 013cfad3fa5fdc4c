import { isLatin, type Scan } from './concepts.ts';
import { stem } from './tokens.ts';

/** Buckets into which the signs of a question are hashed; a power of two. */
export const BUCKETS = 65_536;

/** The buckets of one text, each once; valid until the next text is read. */
export interface Grams {
  readonly buckets: Int32Array;
  count: number;
}

export type GramReader = (text: string, scan: Scan) => Grams;

/** No text has more. */
export const MOST_GRAMS = 4096;
const WORD = 1;
const PAIR = 2;
const PART = 3;
const SIGN = 4;
const MEANING = 5;
/** Characters of a Latin word that are looked at together: enough of them survive a typing error. */
const PART_LENGTH = 4;
const LONGEST_SIGNS = 3;

/**
 * What the classifier sees of a normalised text: meanings, words and pairs of words, parts of words, and of Chinese and
 * Japanese every one to three characters, grammar included, because "how long" and "until when" tell topics apart.
 * Hashed without making strings; the scratch is shared by all texts, which are read one after another.
 */
export function createGramReader(): GramReader {
  const seen = new Int32Array(BUCKETS);
  const grams: Grams = { buckets: new Int32Array(MOST_GRAMS), count: 0 };
  let round = 0;
  const add = (hash: number): void => {
    const bucket = (hash ^ (hash >>> 15)) & (BUCKETS - 1);
    if (seen[bucket] === round || grams.count === MOST_GRAMS) return;
    seen[bucket] = round;
    grams.buckets[grams.count++] = bucket;
  };
  return (text, { tokens, hints }) => {
    round += 1;
    grams.count = 0;
    for (const token of tokens) add(hashOf(token, MEANING));
    for (const hint of hints) add(hashOf(hint, MEANING));
    addWords(text, add);
    addSigns(text, add);
    return grams;
  };
}

type Add = (hash: number) => void;

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a over the characters' codes, begun with the kind of gram. */
function hashOf(text: string, kind: number): number {
  return hashRange(text, 0, text.length, kind);
}

function hashRange(text: string, start: number, end: number, kind: number): number {
  let hash = Math.imul(SEED ^ kind, PRIME);
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return hash;
}

function addWords(text: string, add: Add): void {
  let before = '^';
  for (const [word] of text.matchAll(LATIN_WORD)) {
    const stemmed = stem(word);
    add(hashOf(stemmed, WORD));
    add(hashOf(`${before} ${stemmed}`, PAIR));
    before = stemmed;
    if (word.length > PART_LENGTH) addParts(`<${word}>`, add);
  }
  if (before !== '^') add(hashOf(`${before} $`, PAIR));
}
const LATIN_WORD = /[a-z0-9à-ÿ@]+(?:'[a-z]+)?/g;

function addParts(word: string, add: Add): void {
  for (let at = 0; at + PART_LENGTH <= word.length; at++) add(hashRange(word, at, at + PART_LENGTH, PART));
}

function addSigns(text: string, add: Add): void {
  for (let at = 0; at < text.length; at++) {
    if (!isSign(text.charCodeAt(at))) continue;
    let hash = Math.imul(SEED ^ SIGN, PRIME);
    for (let end = at; end < at + LONGEST_SIGNS && end < text.length; end++) {
      const code = spoken(text.charCodeAt(end));
      if (!isSign(code)) break;
      hash = Math.imul(hash ^ code, PRIME);
      // A single kana says nothing.
      if (end > at || code >= FIRST_HAN) add(hash);
    }
  }
}
const FIRST_HAN = 0x3400;

function isSign(code: number): boolean {
  return code >= 0x3005 && code <= 0x9fff && !isLatin(code) && !(code >= 0x3008 && code <= 0x3020) && code !== 0x30fb;
}

/** Katakana as hiragana: who can't be bothered to convert types さぽーと. */
function spoken(code: number): number {
  return code >= 0x30a1 && code <= 0x30f6 ? code - 0x60 : code;
}
