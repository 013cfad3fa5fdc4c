import { createSignReader } from './search-signs.ts';

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
const WIDTH_BITS = 7;
const WIDTH = 2 ** WIDTH_BITS;
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
  const read = createSignReader();
  for (const { text, topics: right } of asked) {
    const own = right.flatMap((topic) => places.get(topic) ?? []);
    for (const topic of own) texts[topic] = (texts[topic] ?? 0) + 1;
    const { all, size } = read(text);
    for (let at = 0; at < size; at++) count(counted, all[at] ?? 0, { own, isAnswered: right.length > 0 });
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
  const placeOf = createFinder(signs);
  const read = createSignReader();
  const misfits = new Float32Array(silence.length);
  return (text) => {
    const { all, size } = read(text);
    let against = 0;
    for (let i = 0; i < size; i++) {
      const at = placeOf(all[i] ?? 0);
      // From here on where it stands, not what it is.
      all[i] = at;
      against += at < 0 ? never : (odds[at] ?? 0) / STEPS;
    }
    for (let topic = 0; topic < silence.length; topic++) misfits[topic] = against + size * (silence[topic] ?? 0);
    for (let i = 0; i < size; i++) {
      const at = all[i] ?? -1;
      const end = at < 0 ? 0 : (starts[at + 1] ?? 0);
      for (let use = at < 0 ? 0 : (starts[at] ?? 0); use < end; use++) {
        const entry = uses[use] ?? 0;
        const topic = entry >> WIDTH_BITS;
        misfits[topic] = (misfits[topic] ?? 0) - (entry & MOST) / STEPS;
      }
    }
    const evened = Math.sqrt(Math.max(size, 1));
    for (let topic = 0; topic < misfits.length; topic++) misfits[topic] = (misfits[topic] ?? 0) / evened;
    return misfits;
  };
}

/**
 * Where a sign stands among them, -1 where it doesn't. They are hashes in order, so their upper half leads to within a few
 * places; halving a hundred thousand of them again and again took an eighth of a question's time.
 */
function createFinder(signs: Int32Array): (sign: number) => number {
  const firsts = new Int32Array(UPPER_HALVES + 1);
  for (let at = 0, upper = 0; upper <= UPPER_HALVES; upper++) {
    while (at < signs.length && upperHalf(signs[at] ?? 0) < upper) at++;
    firsts[upper] = at;
  }
  return (sign) => {
    const upper = upperHalf(sign);
    const end = firsts[upper + 1] ?? 0;
    for (let at = firsts[upper] ?? 0; at < end; at++) if (signs[at] === sign) return at;
    return -1;
  };
}
const UPPER_HALVES = 65_536;

function upperHalf(sign: number): number {
  return (sign >> 16) + UPPER_HALVES / 2;
}
