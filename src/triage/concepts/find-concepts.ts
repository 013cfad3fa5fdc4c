import { BUCKETS } from '#src/triage/grams.ts';
import type { Grams } from '#src/triage/grams.ts';
import { CHINESE_CONCEPTS } from './chinese.ts';
import { CONCEPTS } from './concept.ts';
import type { ConceptWords } from './concept.ts';
import { ENGLISH_CONCEPTS } from './english.ts';
import { JAPANESE_CONCEPTS } from './japanese.ts';

/** One letter further into a word of the lists; `whole` and `open` are the concepts of the words that end here. */
interface Node {
  next: Map<number, Node>;
  whole: number[];
  /** Of words that may go on: "nurse*", and all that have no Latin letters. */
  open: number[];
}

/** English words stand between Chinese and Japanese ones, too; those two share characters, not meanings. */
const CHINESE = build([ENGLISH_CONCEPTS, CHINESE_CONCEPTS]);
const JAPANESE = build([ENGLISH_CONCEPTS, JAPANESE_CONCEPTS]);
const KANA = /[\u3041-\u3096\u30a1-\u30fa]/u;
/** How many concepts apart two may stand in a clause and still be seen together. */
const NEAR = 3;
const CLAUSE_END = -1;

function build(lists: readonly ConceptWords[]): Node {
  const root: Node = emptyNode();
  for (const words of lists) {
    for (const [id, concept] of CONCEPTS.entries()) {
      for (const word of words[concept].split(',')) addWord(root, word.trim(), id);
    }
  }
  return root;
}

function emptyNode(): Node {
  return { next: new Map(), whole: [], open: [] };
}

function addWord(root: Node, word: string, id: number): void {
  const letters = word.replace('*', '').normalize('NFKC');
  if (letters === '') return;
  let node = root;
  for (let i = 0; i < letters.length; i++) {
    const code = letters.charCodeAt(i);
    const next = node.next.get(code) ?? emptyNode();
    node.next.set(code, next);
    node = next;
  }
  const isOpen = word.endsWith('*') || !isLatin(letters.charCodeAt(letters.length - 1));
  const ids = isOpen ? node.open : node.whole;
  if (!ids.includes(id)) ids.push(id);
}

function isLatin(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** `,` `.` `!` `?` `;` and the line break. */
function endsClause(code: number): boolean {
  return code === 44 || code === 46 || code === 33 || code === 63 || code === 59 || code === 10;
}

/** The concepts of a plain text in their order, -1 where a clause ends. */
function conceptsIn(text: string): number[] {
  const root = KANA.test(text) ? JAPANESE : CHINESE;
  const found: number[] = [];
  let isInWord = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (endsClause(code)) found.push(CLAUSE_END);
    const isLetter = isLatin(code);
    const here = isLetter && isInWord ? NONE : longestAt(root, text, i);
    found.push(...here.filter((id, at) => id !== (here[at - 1] ?? found.at(-1))));
    isInWord = isLetter || (isInWord && code === 39);
  }
  return found;
}

const NONE: readonly number[] = [];

function longestAt(root: Node, text: string, start: number): readonly number[] {
  let node: Node | undefined = root.next.get(text.charCodeAt(start));
  let longest = NONE;
  for (let i = start + 1; node !== undefined; i++) {
    if (node.open.length > 0) longest = node.open;
    if (node.whole.length > 0 && !isLatin(text.charCodeAt(i))) longest = node.whole;
    node = node.next.get(text.charCodeAt(i));
  }
  return longest;
}

/** Concepts, each beside the one after it, and any two that stand close in a clause, hashed as n-grams are. */
export function conceptGrams(text: string, most: number): Grams {
  const buckets = new Set<number>();
  let clause: number[] = [];
  let last = CLAUSE_END;
  for (const id of conceptsIn(text)) {
    if (id === CLAUSE_END) {
      clause = [];
      continue;
    }
    buckets.add(bucketOf(1, id, 0));
    if (last !== CLAUSE_END) buckets.add(bucketOf(2, last, id));
    for (const near of clause.slice(-NEAR)) {
      if (near !== id) buckets.add(bucketOf(3, Math.min(near, id), Math.max(near, id)));
    }
    clause.push(id);
    last = id;
  }
  return { buckets: Int32Array.from(buckets), weight: buckets.size === 0 ? 0 : most / Math.sqrt(buckets.size) };
}

function bucketOf(kind: number, left: number, right: number): number {
  let hash = Math.imul((kind << 16) ^ (left << 8) ^ right, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) & (BUCKETS - 1);
}
