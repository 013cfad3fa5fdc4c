import { BUCKETS, createCollector } from '#src/triage/grams.ts';
import type { Grams } from '#src/triage/grams.ts';
import { CHINESE_CONCEPTS } from './chinese.ts';
import { ENGLISH_CONCEPTS } from './english.ts';
import { JAPANESE_CONCEPTS } from './japanese.ts';
import { createWordTree, isLatin } from './word-tree.ts';
import type { WordTree } from './word-tree.ts';

/** English words stand between Chinese and Japanese ones, too; those two share characters, not meanings. */
const CHINESE = createWordTree([ENGLISH_CONCEPTS, CHINESE_CONCEPTS]);
const JAPANESE = createWordTree([ENGLISH_CONCEPTS, JAPANESE_CONCEPTS]);
const KANA = /[\u3041-\u3096\u30a1-\u30fa]/u;
/** How many concepts apart two may stand in a clause and still be seen together. */
const NEAR = 3;
const CLAUSE_END = -1;

/** `,` `.` `!` `?` `;` and the line break. */
function endsClause(code: number): boolean {
  return code === 44 || code === 46 || code === 33 || code === 63 || code === 59 || code === 10;
}

/** The concepts of a plain text in their order, -1 where a clause ends. */
function conceptsIn(text: string): number[] {
  const tree = KANA.test(text) ? JAPANESE : CHINESE;
  const found: number[] = [];
  let isInWord = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 32) {
      isInWord = false;
      continue;
    }
    if (endsClause(code)) found.push(CLAUSE_END);
    const isLetter = isLatin(code);
    if (!isLetter || !isInWord) addConcepts(longestAt(tree, text, i), found);
    isInWord = isLetter || (isInWord && code === 39);
  }
  return found;
}

/** The same concept twice in a row is said once. */
function addConcepts(ids: readonly number[], found: number[]): void {
  const last = found.at(-1);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i];
    if (id !== undefined && id !== (i === 0 ? last : ids[i - 1])) found.push(id);
  }
}

const NONE: readonly number[] = [];

function longestAt(tree: WordTree, text: string, start: number): readonly number[] {
  let node = tree.next(0, text.charCodeAt(start));
  let longest = NONE;
  for (let i = start + 1; node !== 0; i++) {
    const open = tree.open[node];
    if (open !== undefined) longest = open;
    const code = text.charCodeAt(i);
    const whole = tree.whole[node];
    if (whole !== undefined && !isLatin(code)) longest = whole;
    node = tree.next(node, code);
  }
  return longest;
}

const collector = createCollector();

/** Concepts, each beside the one after it, and any two that stand close in a clause, hashed as n-grams are. */
export function conceptGrams(text: string, most: number): Grams {
  const add = (bucket: number): void => collector.add(bucket);
  const ids = conceptsIn(text);
  let last = CLAUSE_END;
  let clause = 0;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? CLAUSE_END;
    if (id === CLAUSE_END) {
      clause = i + 1;
      continue;
    }
    add(bucketOf(1, id, 0));
    if (last !== CLAUSE_END) add(bucketOf(2, last, id));
    for (let k = Math.max(clause, i - NEAR); k < i; k++) {
      const near = ids[k] ?? id;
      if (near !== id) add(bucketOf(3, Math.min(near, id), Math.max(near, id)));
    }
    last = id;
  }
  return collector.take(most);
}

function bucketOf(kind: number, left: number, right: number): number {
  let hash = Math.imul((kind << 16) ^ (left << 8) ^ right, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) & (BUCKETS - 1);
}
