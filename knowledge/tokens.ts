import stemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { isLatin, type Concepts } from './concepts.ts';

/**
 * The tokens of a normalised text: concepts, stemmed Latin words, and for Chinese and Japanese character pairs, whole
 * katakana words and (with `words`) the words that Intl.Segmenter finds. What a concept accounts for is not counted again.
 */
export function tokenise(text: string, concepts: Concepts, words: boolean): string[] {
  const { tokens, covered } = concepts.scan(text);
  let at = 0;
  while (at < text.length) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === GAP) {
      at++;
      continue;
    }
    const end = endOfRun(text, at, kind);
    if (kind === LATIN) addWord(text, at, end, { tokens, covered });
    else addPairs(text, at, end, { tokens, covered });
    if (kind === CJK && words) addSegments(text.slice(at, end), tokens);
    at = end;
  }
  return tokens;
}

interface Scanned {
  tokens: string[];
  covered: Uint8Array;
}

const GAP = 0;
const LATIN = 1;
const CJK = 2;

function kindOf(code: number): number {
  if (isLatin(code)) return LATIN;
  return isHan(code) || isHiragana(code) || isKatakana(code) ? CJK : GAP;
}

function endOfRun(text: string, start: number, kind: number): number {
  let at = start + 1;
  while (at < text.length && kindOf(text.charCodeAt(at)) === kind) at++;
  return at;
}

function addWord(text: string, start: number, end: number, { tokens, covered }: Scanned): void {
  if (covered[start] === 1 || (end - start === 1 && !/\d/.test(text.charAt(start)))) return;
  tokens.push(stem(text.slice(start, end)));
}

function addPairs(text: string, start: number, end: number, { tokens, covered }: Scanned): void {
  let kata = start;
  for (let at = start; at < end; at++) {
    const here = text.charCodeAt(at);
    if (!isKatakana(here)) kata = at + 1;
    else if (at + 1 === end || !isKatakana(text.charCodeAt(at + 1))) {
      if (at + 1 - kata > 2 && covered[kata] !== 1) tokens.push(text.slice(kata, at + 1));
    }
    if (at + 1 === end || (covered[at] === 1 && covered[at + 1] === 1)) continue;
    // Two hiragana are grammar (です, ます), hardly ever a topic.
    if (isHiragana(here) && isHiragana(text.charCodeAt(at + 1))) continue;
    tokens.push(text.slice(at, at + 2));
  }
}

// One segmenter serves both languages: its word list is ICU's common one for Chinese and Japanese.
let segmenter: Intl.Segmenter | undefined;

function addSegments(run: string, tokens: string[]): void {
  if (run.length < 3) return;
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  for (const { segment } of segmenter.segment(run)) {
    // Shorter words are pairs already; a word is marked, because one that no article uses says nothing against it.
    if (segment.length > 2 && !isHiragana(segment.charCodeAt(0))) tokens.push(`${WORD}${segment}`);
  }
}

/** Mark of a segmented word, which repeats what its character pairs say. */
export const WORD = '~';

const stems = new Map<string, string>();
const MOST_STEMS = 20_000;

/** Porter's stem, remembered: natural's stemmer takes microseconds a word. */
export function stem(word: string): string {
  if (word.length < 4 || /[^a-z]/.test(word)) return word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= MOST_STEMS) stems.clear();
  const made = stemmer.stem(word);
  stems.set(word, made);
  return made;
}

function isHan(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || code === 0x3005;
}

function isHiragana(code: number): boolean {
  return code >= 0x3041 && code <= 0x309f;
}

function isKatakana(code: number): boolean {
  return code >= 0x30a1 && code <= 0x30ff && code !== 0x30fb;
}
