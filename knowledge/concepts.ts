import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createLetterTree, type LetterTree } from './letter-tree.ts';

/**
 * `concepts`: a meaning and the ways to say it in every language (mail, 邮件, メール); all of them become one token, which is
 * how a question in one language finds an article in another. `stop`: words that say nothing about the topic. `words`:
 * common words that are not to be taken for typing errors. `outside`: matters that the book has nothing about. `everyday`: what
 * people say without naming the matter (dead, 挂了, 落ちた), which only the classifier hears, beside whatever else it means.
 */
const meaningsSchema = z.record(z.string().regex(/^[a-z0-9-]+$/), z.array(z.string().min(1)).min(1));

export const synonymsSchema = z.object({
  stop: z.array(z.string().min(1)),
  words: z.array(z.string().min(1)),
  outside: z.array(z.string().min(1)),
  concepts: meaningsSchema,
  everyday: meaningsSchema,
});
export type Synonyms = z.infer<typeof synonymsSchema>;

/** Reads and checks `synonyms.yaml`; throws with the field named. */
export function readSynonyms(dir: string): Synonyms {
  const text = readFileSync(join(dir, 'synonyms.yaml'), 'utf8').replace(/^ *#.*$/gm, '');
  const [top = '', concepts = '', everyday = ''] = text.split(/^(?:concepts|everyday):$/m);
  return synonymsSchema.parse({ ...readLists(top), concepts: readLists(concepts), everyday: readLists(everyday) });
}

/** `name: [one, two]`, as the YAML package would read it (a test compares), without its 50 ms for a file of this size. */
function readLists(text: string): Record<string, string[]> {
  const lists: Record<string, string[]> = {};
  for (const [, name = '', items = ''] of text.matchAll(/^ *([a-z0-9-]+): *\[([^\]]*)\]/gm)) {
    lists[name] = items
      .split(',')
      .map((item) => item.trim().replace(/^(["'])(.*)\1$/, '$2'))
      .filter((item) => item !== '');
  }
  return lists;
}

/**
 * One form for what looks alike: full width, case, the long vowel that ends サーバー or サーバ, a hyphen or slash inside a
 * term, and the spaces that Chinese and Japanese may or may not put between words.
 */
export function normalise(text: string): string {
  if (ASCII.test(text)) return plain(text);
  const folded = plain(text.normalize('NFKC')).replace(/ー(?![\u30a0-\u30ff])/g, '');
  return folded.replace(/(?<=[\u3040-\u9fff])\s+/g, '').replace(/\s+(?=[\u3040-\u9fff])/g, '');
}
// eslint-disable-next-line no-control-regex -- all of ASCII is meant
const ASCII = /^[\0-\x7f]*$/;

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/[-/_\u2010-\u2015]/g, ' ');
}

/** What a text was found to say: concept tokens, and which of its characters they account for. Valid until the next scan. */
export interface Scan {
  tokens: string[];
  covered: Uint8Array;
  /** Everyday meanings. */
  hints: string[];
}

/** Mark of a token that stands for a meaning. */
export const CONCEPT = '§';

/** Mark of an everyday meaning. */
const HINT = '~';

/** Mark of a token that speaks for a matter outside the book. */
export const OUTSIDE = '!';

/** All aliases in one trie: a text is scanned in one pass, at most `longest alias` steps a character. */
export interface Concepts {
  scan(text: string): Scan;
  /** Latin words of the aliases: what a typing error may have meant. */
  readonly words: ReadonlySet<string>;
  /** Words that are right as they are, and meant by nobody who mistypes. */
  readonly common: ReadonlySet<string>;
}

export function createConcepts(synonyms: Synonyms): Concepts {
  const meanings: Alias[] = [];
  const everyday: Alias[] = [];
  const words = new Set<string>();
  const add = (alias: string, token: string | undefined): void => {
    const text = normalise(alias);
    for (const form of inflected(text)) meanings.push({ form, token });
    for (const [word] of text.matchAll(/[a-z0-9]+/g)) words.add(word);
  };
  for (const word of synonyms.stop) add(word, undefined);
  for (const matter of synonyms.outside) add(matter, `${OUTSIDE}${matter}`);
  for (const [name, aliases] of Object.entries(synonyms.concepts))
    for (const alias of aliases) add(alias, `${CONCEPT}${name}`);
  for (const [name, aliases] of Object.entries(synonyms.everyday))
    for (const alias of aliases)
      for (const form of inflected(normalise(alias))) everyday.push({ form, token: `${HINT}${name}` });
  const scanMeanings = createScanner(meanings);
  const scanEveryday = createScanner(everyday);
  return {
    scan: (text) => {
      const { tokens: hints } = scanEveryday(text);
      return { ...scanMeanings(text), hints };
    },
    words,
    common: new Set(synonyms.words),
  };
}

/** English drops or changes the last letter before some endings: reduce, reducing; duty, duties. */
function inflected(alias: string): string[] {
  if (/[a-z]{3}e$/.test(alias)) return [alias, `${alias.slice(0, -1)}ing`];
  return /[a-z]{2}[^aeiou]y$/.test(alias) ? [alias, `${alias.slice(0, -1)}ies`] : [alias];
}

/** A way to say a meaning; without a token it is a stop word. */
interface Alias {
  form: string;
  token: string | undefined;
}

function createScanner(aliases: readonly Alias[]): (text: string) => Omit<Scan, 'hints'> {
  const tree = createLetterTree<string[]>(aliases.reduce((sum, { form }) => sum + form.length, 0));
  for (const { form, token } of aliases) {
    const node = tree.reach(form);
    const tokens = tree.at(node) ?? [];
    if (token !== undefined && !tokens.includes(token)) tokens.push(token);
    tree.set(node, tokens);
  }
  const marks = createMarks();
  return (text) => {
    const found: Omit<Scan, 'hints'> = { tokens: [], covered: marks(text.length) };
    // The longest meaning counts alone: "not an admin" is no admin, and a stop word inside a term is part of it.
    let reach = 0;
    for (let at = 0; at < text.length; at++) {
      if (isLatin(text.charCodeAt(at)) && at > 0 && isLatin(text.charCodeAt(at - 1))) continue;
      // What begins inside a longer meaning doesn't count, and needn't be looked for.
      if (at < reach) continue;
      const end = takeLongest(tree, text, at, found.tokens);
      if (end === 0) continue;
      found.covered.fill(1, at, end);
      reach = end;
    }
    return found;
  };
}

/** Marks for the characters of a text, all 0, in the same memory for every text. */
function createMarks(): (length: number) => Uint8Array {
  let all = new Uint8Array(1024);
  return (length) => {
    if (all.length < length) all = new Uint8Array(2 * length);
    return all.subarray(0, length).fill(0);
  };
}

/** Adds the tokens of the longest meaning that begins at `start`, and gives its end: 0 where none does. */
function takeLongest(tree: LetterTree<string[]>, text: string, start: number, into: string[]): number {
  let longest: readonly string[] = [];
  let end = 0;
  let node = tree.next(0, text.charCodeAt(start));
  for (let at = start + 1; node !== 0; at++) {
    const tokens = tree.at(node);
    const wordEnd = tokens === undefined ? 0 : endOfWord(text, at);
    if (tokens !== undefined && wordEnd > 0) [longest, end] = [tokens, wordEnd];
    node = at < text.length ? tree.next(node, text.charCodeAt(at)) : 0;
  }
  into.push(...longest);
  return end;
}

/** Where the word that an alias matched ends, a plural's or verb's ending included; 0 when it goes on otherwise. */
function endOfWord(text: string, at: number): number {
  if (!isLatin(text.charCodeAt(at - 1)) || !isLatin(text.charCodeAt(at))) return at;
  for (const ending of ENDINGS) {
    if (text.startsWith(ending, at) && !isLatin(text.charCodeAt(at + ending.length))) return at + ending.length;
  }
  return 0;
}
const ENDINGS = ['s', 'es', 'ed', 'd', 'ing'];

/** Letters and digits of the Latin script; NaN (past the end) is none. */
export function isLatin(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 0xdf && code <= 0x24f && code !== 0xf7);
}
