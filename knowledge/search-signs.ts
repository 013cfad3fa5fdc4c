import { isLatin } from './concepts.ts';

interface Signs {
  all: Int32Array;
  size: number;
}

/** No text has more. */
const MOST_SIGNS = 4096;
/** Twice as many places as signs, so that a free one is near. */
const SIGN_PLACES = 2 * MOST_SIGNS;

/** The signs of a normalised text, each once; valid until the next text. */
export function createSignReader(): (text: string) => Signs {
  const signs: Signs = { all: new Int32Array(MOST_SIGNS), size: 0 };
  const known = new Int32Array(SIGN_PLACES);
  const rounds = new Int32Array(SIGN_PLACES);
  let round = 0;
  const add = (sign: number): void => {
    let place = (sign ^ (sign >>> 13)) & (SIGN_PLACES - 1);
    while (rounds[place] === round) {
      if (known[place] === sign) return;
      place = (place + 1) & (SIGN_PLACES - 1);
    }
    if (signs.size === MOST_SIGNS) return;
    rounds[place] = round;
    known[place] = sign;
    signs.all[signs.size++] = sign;
  };
  return (text) => {
    round += 1;
    signs.size = 0;
    addSigns(text, add);
    return signs;
  };
}

function addSigns(text: string, add: (sign: number) => void): void {
  let word = 0;
  let wordBefore = 0;
  let before = 0;
  let twoBefore = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    if (isLatin(code)) word = mix(word === 0 ? SEED : word, code);
    else if (word !== 0) {
      add(word);
      if (wordBefore !== 0) add(mix(wordBefore, word));
      wordBefore = word;
      word = 0;
    }
    const sign = isWritten(code) ? code : 0;
    if (sign >= FIRST_HAN) add(mix(SEED, sign));
    if (sign !== 0 && before !== 0) {
      add(mix(mix(SEED, before), sign));
      if (twoBefore !== 0) add(mix(mix(mix(SEED, twoBefore), before), sign));
    }
    twoBefore = before;
    before = sign;
  }
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
