import { isLatin } from './concepts.ts';

/**
 * How well a question fits a topic in the words of those who asked for it before, against the words of those who asked what has
 * no answer: "how much", "which papers" fit where people asked that, and nowhere else. Kept for every sign (a word, two words
 * in a row, two or three characters of Chinese or Japanese) that somebody used.
 */
export interface Fits {
  /** Hashes of the signs, in order. */
  readonly signs: Int32Array;
  /** How much more the unanswerable use a sign than all the answerable: logarithm, in `STEPS`. */
  readonly odds: Int8Array;
  /** Where each sign's topics begin in `uses`; one more than there are signs. */
  readonly starts: Int32Array;
  /** A topic's number times `WIDTH`, plus how much more that topic uses the sign than all do: logarithm, in `STEPS`. */
  readonly uses: Int32Array;
  /** What a sign that a topic never uses says against it: the more people asked for it, the more. */
  readonly silence: Float32Array;
  /** The odds of a sign that nobody used. */
  readonly unknown: Float32Array;
}

/** A text, and the topics that answer it: none where it has no answer. */
export interface Asked {
  text: string;
  topics: readonly string[];
}

const STEPS = 16;
const WIDTH = 128;
const MOST = 127;
/** What a topic's and the unanswerable's uses are evened out with, in texts of everybody. On three authors left out flat within half and double. */
const TOPIC_SMOOTH = 40;
const NONE_SMOOTH = 100;
const SMOOTH = 0.5;

export function learnFits(asked: readonly Asked[], topics: readonly string[]): Fits {
  const places = new Map(topics.map((topic, at) => [topic, at]));
  const answered = asked.filter((one) => one.topics.length > 0).length;
  const others = asked.length - answered;
  const texts = new Int32Array(topics.length);
  const counted = new Map<number, Counted>();
  for (const { text, topics: right } of asked) {
    const own = right.flatMap((topic) => places.get(topic) ?? []);
    for (const topic of own) texts[topic] = (texts[topic] ?? 0) + 1;
    for (const sign of signsOf(text)) count(counted, sign, { own, isAnswered: right.length > 0 });
  }
  const signs = Int32Array.from(counted.keys()).toSorted();
  const odds = new Int8Array(signs.length);
  const starts = new Int32Array(signs.length + 1);
  const uses: number[] = [];
  for (const [at, sign] of signs.entries()) {
    const { everybody = 0, nobody = 0, byTopic } = counted.get(sign) ?? {};
    const usual = (everybody + SMOOTH) / (answered + 1);
    odds[at] = inSteps(Math.log((nobody / usual + NONE_SMOOTH) / (others + NONE_SMOOTH)));
    for (const [topic, own] of byTopic ?? [])
      uses.push(topic * WIDTH + inSteps(Math.log(1 + own / (TOPIC_SMOOTH * usual))));
    starts[at + 1] = uses.length;
  }
  return {
    signs,
    odds,
    starts,
    uses: Int32Array.from(uses),
    silence: Float32Array.from(texts, (own) => Math.log(1 + own / TOPIC_SMOOTH)),
    unknown: Float32Array.of(Math.log(NONE_SMOOTH / (others + NONE_SMOOTH))),
  };
}

interface Counted {
  everybody: number;
  nobody: number;
  byTopic: Map<number, number> | undefined;
}

function count(
  counted: Map<number, Counted>,
  sign: number,
  { own, isAnswered }: { own: number[]; isAnswered: boolean },
): void {
  let one = counted.get(sign);
  if (one === undefined) counted.set(sign, (one = { everybody: 0, nobody: 0, byTopic: undefined }));
  if (isAnswered) one.everybody += 1;
  else one.nobody += 1;
  for (const topic of own) {
    one.byTopic ??= new Map();
    one.byTopic.set(topic, (one.byTopic.get(topic) ?? 0) + 1);
  }
}

function inSteps(weighed: number): number {
  return Math.round(Math.max(-MOST, Math.min(MOST, weighed * STEPS)));
}

/** Reads a normalised question; how little it fits each topic, by number. Valid until the next question. */
export type Fitter = (text: string) => Float32Array;

export function createFitter({ signs, odds, starts, uses, silence, unknown }: Fits): Fitter {
  const [never = 0] = unknown;
  const misfits = new Float32Array(silence.length);
  return (text) => {
    const said = [...signsOf(text)].map((sign) => placeOf(sign, signs));
    const evened = Math.sqrt(Math.max(said.length, 1));
    const against = said.reduce((sum, at) => sum + (at < 0 ? never : (odds[at] ?? 0) / STEPS), 0);
    for (const [topic, own] of silence.entries()) misfits[topic] = against + said.length * own;
    for (const at of said) {
      for (let use = starts[at] ?? 0; use < (starts[at + 1] ?? 0); use++) {
        const entry = uses[use] ?? 0;
        const topic = Math.floor(entry / WIDTH);
        misfits[topic] = (misfits[topic] ?? 0) - (entry % WIDTH) / STEPS;
      }
    }
    return misfits.map((sum) => sum / evened);
  };
}

/** -1 where it isn't among them. */
function placeOf(sign: number, signs: Int32Array): number {
  let low = 0;
  let high = signs.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const one = signs[middle] ?? 0;
    if (one === sign) return middle;
    if (one < sign) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function signsOf(text: string): Set<number> {
  const signs = new Set<number>();
  let word = 0;
  let wordBefore = 0;
  let before = 0;
  let twoBefore = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    if (isLatin(code)) word = mix(word === 0 ? SEED : word, code);
    else if (word !== 0) {
      signs.add(word);
      if (wordBefore !== 0) signs.add(mix(wordBefore, word));
      wordBefore = word;
      word = 0;
    }
    const sign = isWritten(code) ? code : 0;
    if (sign >= FIRST_HAN) signs.add(mix(SEED, sign));
    if (sign !== 0 && before !== 0) {
      signs.add(mix(mix(SEED, before), sign));
      if (twoBefore !== 0) signs.add(mix(mix(mix(SEED, twoBefore), before), sign));
    }
    twoBefore = before;
    before = sign;
  }
  return signs;
}
const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;
const FIRST_HAN = 0x4e00;

/** The second step spreads what two characters alone leave close together. */
function mix(hash: number, code: number): number {
  const mixed = Math.imul(hash ^ code, PRIME);
  return mixed ^ (mixed >>> 15);
}

/** Kana and characters; grammar says what is asked: いくら, どのくらい, 多久. */
function isWritten(code: number): boolean {
  return (code >= FIRST_HAN && code <= 0x9fff) || (code >= 0x3041 && code <= 0x30ff && code !== 0x30fb);
}
