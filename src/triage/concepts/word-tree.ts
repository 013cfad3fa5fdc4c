import { CONCEPTS } from './concept.ts';
import type { ConceptWords } from './concept.ts';

/**
 * All words of some languages as one tree of letters in flat arrays: a text is looked through thousands of times an hour, and
 * a tree of maps costs several times as much.
 */
export interface WordTree {
  /** From a node (0 is the root) by a letter to the next; 0 where no word goes on so. */
  next: (node: number, code: number) => number;
  /** Concepts of the words that end at a node and are whole; undefined where none does. */
  whole: readonly (readonly number[] | undefined)[];
  /** Of words that may go on: "nurse*", and all that have no Latin letters. */
  open: readonly (readonly number[] | undefined)[];
}

const SLOTS = 131_072;

export function createWordTree(lists: readonly ConceptWords[]): WordTree {
  const steps = createSteps();
  const whole: (number[] | undefined)[] = [undefined];
  const open: (number[] | undefined)[] = [undefined];
  const add = (word: string, id: number): void => {
    const letters = word.replace('*', '').normalize('NFKC');
    if (letters === '') return;
    let node = 0;
    for (let i = 0; i < letters.length; i++) {
      const code = letters.charCodeAt(i);
      let next = steps.next(node, code);
      if (next === 0) {
        next = whole.push(undefined) - 1;
        open.push(undefined);
        steps.set(node, code, next);
      }
      node = next;
    }
    const isOpen = word.endsWith('*') || !isLatin(letters.charCodeAt(letters.length - 1));
    const ids = ((isOpen ? open : whole)[node] ??= []);
    if (!ids.includes(id)) ids.push(id);
  };
  for (const words of lists) {
    for (const [id, concept] of CONCEPTS.entries()) {
      for (const word of words[concept].split(',')) add(word.trim(), id);
    }
  }
  return { next: steps.next, whole, open };
}

interface Steps {
  next: (node: number, code: number) => number;
  set: (node: number, code: number, next: number) => void;
}

/** A hash table with open addresses; some 20,000 steps in it. No step leads back to the root, so 0 is a free place. */
function createSteps(): Steps {
  const nodes = new Int32Array(SLOTS);
  const codes = new Uint16Array(SLOTS);
  const targets = new Int32Array(SLOTS);
  const slotOf = (node: number, code: number): number => {
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b)) >>> 15;
    while (targets[slot] !== 0 && (nodes[slot] !== node || codes[slot] !== code)) slot = (slot + 1) & (SLOTS - 1);
    return slot;
  };
  return {
    next: (node, code) => targets[slotOf(node, code)] ?? 0,
    set: (node, code, next) => {
      const slot = slotOf(node, code);
      [nodes[slot], codes[slot], targets[slot]] = [node, code, next];
    },
  };
}

export function isLatin(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}
