import { isLatin } from './concepts.ts';
import { createClassifier, type Weights } from './search-classifier.ts';
import type { Grams } from './search-grams.ts';
import { train, type Lesson } from './search-training.ts';

/**
 * What was learnt of questions without an answer, all offerings together. `odds` and `uses` are kept by word (Latin) or pair of
 * characters (Chinese, Japanese): how much more the unanswerable use it, and how many of the answerable do.
 */
export interface Doubts {
  /** Two classes: has an answer, has none. */
  readonly binary: Weights;
  /** Logarithms of odds, in `STEPS`; 0 where nobody said it. */
  readonly odds: Int8Array;
  readonly uses: Int8Array;
}

/** How much a question sounds like one without an answer; each by itself, the confidence weighs them. */
export interface Doubt {
  /** The two classes' logarithm of odds. */
  sounds: number;
  /** Sum of its words' odds, evened out by how many there are. */
  odds: number;
  /** Mean of the three oddest. */
  oddest: number;
  /** Words that hardly any question with an answer uses, and their share. */
  rare: number;
  rareShare: number;
}

/** A text with its signs, and whether any offering answers it. */
export interface Heard {
  text: string;
  buckets: Int32Array;
  isAnswered: boolean;
}

const PLACES = 262_144;
const STEPS = 16;
const MOST = 127;
const SMOOTH = 0.5;
/** Up to so many uses a word is rare. */
const RARE = 2;
const ODDEST = 3;

/** Learns both: the words' odds by counting, the two classes by regression, the fewer texts without an answer counting for more. */
export function learnDoubts(heard: readonly Heard[]): Doubts {
  const answered = heard.filter(({ isAnswered }) => isAnswered);
  const others = heard.filter(({ isAnswered }) => !isAnswered);
  const inAnswered = count(answered);
  const inOthers = count(others);
  const prior = answered.length / Math.max(others.length, 1);
  const odds = Int8Array.from(inAnswered, (uses, place) => {
    const none = inOthers[place] ?? 0;
    if (uses === 0 && none === 0) return 0;
    const weighed = Math.log(((none + SMOOTH) / (uses + SMOOTH)) * prior);
    return Math.round(Math.max(-MOST, Math.min(MOST, weighed * STEPS)));
  });
  const again = Math.max(1, Math.round(prior));
  const lessons = heard.flatMap(({ buckets, isAnswered }): Lesson[] => {
    const lesson = { buckets, asked: [{ candidates: BOTH, right: isAnswered ? 0 : 1 }] };
    return isAnswered ? [lesson] : Array.from({ length: again }, () => lesson);
  });
  return { binary: train(lessons, [], 2), odds, uses: Int8Array.from(inAnswered, (uses) => Math.min(uses, MOST)) };
}
const BOTH = Int32Array.of(0, 1);
const ANSWERED = Int32Array.of(0);

function count(heard: readonly Heard[]): Int32Array {
  const uses = new Int32Array(PLACES);
  const places = createPlaces();
  for (const { text } of heard) {
    const { all, size } = places(text);
    for (let at = 0; at < size; at++) uses[all[at] ?? 0] = (uses[all[at] ?? 0] ?? 0) + 1;
  }
  return uses;
}

export type Doubter = (text: string, grams: Grams) => Doubt;

export function createDoubter({ binary, odds, uses }: Doubts): Doubter {
  const classify = createClassifier(binary);
  const places = createPlaces();
  return (text, grams) => {
    const { all, size } = places(text);
    const top = [0, 0, 0];
    let sum = 0;
    let rare = 0;
    for (let at = 0; at < size; at++) {
      const place = all[at] ?? 0;
      const used = uses[place] ?? 0;
      const own = (odds[place] ?? 0) / STEPS;
      sum += own;
      if (used <= RARE) rare += 1;
      raise(top, own);
    }
    const { none } = classify(grams, ANSWERED, 1);
    const many = Math.max(size, 1);
    return {
      sounds: Math.log((none + LEAST) / (1 - none + LEAST)),
      odds: sum / Math.sqrt(many),
      oddest: top.reduce((total, one) => total + one, 0) / ODDEST,
      rare,
      rareShare: rare / many,
    };
  };
}
const LEAST = 1e-4;

function raise(top: number[], own: number): void {
  let at = top.length - 1;
  if (own <= (top[at] ?? 0)) return;
  for (; at > 0 && (top[at - 1] ?? 0) < own; at--) top[at] = top[at - 1] ?? 0;
  top[at] = own;
}

interface Places {
  all: Int32Array;
  size: number;
}

const MOST_PLACES = 512;

/** The words and pairs of a normalised text, each once, as places; valid until the next text. */
function createPlaces(): (text: string) => Places {
  const places: Places = { all: new Int32Array(MOST_PLACES), size: 0 };
  const seen = new Int32Array(PLACES);
  let round = 0;
  const add = (hash: number): void => {
    const place = (hash ^ (hash >>> 14)) & (PLACES - 1);
    if (seen[place] === round || places.size === MOST_PLACES) return;
    seen[place] = round;
    places.all[places.size++] = place;
  };
  return (text) => {
    round += 1;
    places.size = 0;
    let word = 0;
    let before = 0;
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.charCodeAt(at) : 0;
      if (isLatin(code)) word = Math.imul((word === 0 ? SEED : word) ^ code, PRIME);
      else if (word !== 0) {
        add(word);
        word = 0;
      }
      const sign = isHanOrKatakana(code) ? code : 0;
      if (sign !== 0 && before !== 0) add(Math.imul(Math.imul(SEED ^ before, PRIME) ^ sign, PRIME));
      before = sign;
    }
    return places;
  };
}
const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

function isHanOrKatakana(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x30a1 && code <= 0x30ff);
}
