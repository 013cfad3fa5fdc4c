import { LANGUAGES } from '#knowledge/schema.ts';
import type { Phrases } from '#knowledge/phrases.ts';
import type { Choice } from './reply.ts';

/**
 * Reads short answers: a choice's id, its label, its number in the list, or natural words in any language ("yes please",
 * "是的", "はい"). The words are data: `words.<id>` in the phrases, alternatives split by `|`.
 */

/** Width, case, spaces and closing punctuation don't matter. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u3000]+/gu, ' ')
    .replace(/^[\s"'“”「」.,!?。、，！？…~]+|[\s"'“”「」.,!?。、，！？…~]+$/gu, '');
}

const aliasCache = new WeakMap<Phrases, Map<string, readonly string[]>>();

function aliases(phrases: Phrases, key: string): readonly string[] {
  let cache = aliasCache.get(phrases);
  if (!cache) aliasCache.set(phrases, (cache = new Map()));
  let found = cache.get(key);
  if (!found) {
    const all = LANGUAGES.flatMap((language) => (phrases.has(key) ? phrases.text(language, key).split('|') : []));
    cache.set(key, (found = [...new Set(all.map(normalise).filter((word) => word !== ''))]));
  }
  return found;
}

const isLatin = (text: string): boolean => /^[\p{Script=Latin}\d]/u.test(text);
const lengthOf = (text: string): number => Array.from(text).length;

/** A single Chinese or Japanese character is a word only by itself or with a particle: 是 is yes, 是国内版的 is not. */
const PARTICLE = /^[\s\p{P}]|^[的啊呀吧呢了哦噢嗯哈啦です]/u;

/** Whether `text` begins with `word` and the word ends there: Chinese and Japanese have no spaces to tell. */
function startsWith(text: string, word: string): boolean {
  if (!text.startsWith(word)) return false;
  const rest = text.slice(word.length);
  if (rest === '') return true;
  // "A bit slow" names no level.
  if (word.length === 1 && isLatin(word)) return /^\p{P}/u.test(rest);
  if (isLatin(word.slice(-1))) return !isLatin(rest);
  return lengthOf(word) > 1 || PARTICLE.test(rest);
}

interface Candidate {
  id: string;
  words: readonly string[];
}

/** "It opens on the web, but …": what comes after a "but" with another choice's word takes the first one back. */
const BUT = /但|不过|可是|只是|然而|\bbut\b|でも|けど|ただ/u;

function takenBack(rest: string, id: string, candidates: readonly Candidate[]): boolean {
  const turn = BUT.exec(rest);
  if (!turn) return false;
  const after = rest.slice(turn.index + turn[0].length);
  return candidates.some(
    (other) => other.id !== id && other.words.some((word) => lengthOf(word) > 1 && after.includes(word)),
  );
}

/**
 * The longest alternative at the start wins: 不是 is not 是, "not sure" is not "no". Null where two are as long, or where it
 * is taken back; undefined where none stands at the start.
 */
function wordAtStart(text: string, candidates: readonly Candidate[]): string | null | undefined {
  let best: { id: string; length: number } | null = null;
  let tied = false;
  for (const { id, words } of candidates) {
    for (const word of words) {
      if (!startsWith(text, word)) continue;
      if (best && word.length === best.length && id !== best.id) tied = true;
      if (!best || word.length > best.length) {
        best = { id, length: word.length };
        tied = false;
      }
    }
  }
  if (!best) return undefined;
  if (tied) return null;
  return takenBack(text.slice(best.length), best.id, candidates) ? null : best.id;
}

/** Words that agree or refuse mean something only at the start of an answer. */
const ONLY_AT_START = new Set(['yes', 'no', 'same', 'different', 'me-too', 'submit', 'done', 'not-sure']);
const QUESTION = /[?？]\s*$|[か吗嗎呢]$/u;
const NEGATED_BEFORE = /(?:不|没|沒|别|別|not|no|n't)\s*\S{0,2}\s*$/u;
const NEGATED_AFTER = /^.{0,6}?(?:ない|ません|じゃなく|ではなく|以外)/u;

/** One choice's word within a short sentence ("これはお客様の件です"): the last one named, not negated, not asked about. */
function wordWithin(text: string, candidates: readonly Candidate[]): string | null {
  if (QUESTION.test(text)) return null;
  let last: { id: string; at: number; end: number } | null = null;
  for (const { id, words } of candidates.filter((one) => !ONLY_AT_START.has(one.id))) {
    for (const word of words) {
      const at = placeOf(text, word);
      if (at < 0) continue;
      const end = at + word.length;
      if (!last || end > last.end || (end === last.end && at < last.at)) last = { id, at, end };
    }
  }
  if (!last) return null;
  const negated = NEGATED_BEFORE.test(text.slice(0, last.at)) || NEGATED_AFTER.test(text.slice(last.end));
  return negated ? null : last.id;
}

/** Where a word that is long enough to mean something stands last in the text; Latin words stand alone. */
function placeOf(text: string, word: string): number {
  const latin = isLatin(word);
  if (lengthOf(word) < (latin ? 4 : 2)) return -1;
  const at = text.lastIndexOf(word);
  if (at < 0 || !latin) return at;
  const before = text.slice(Math.max(0, at - 1), at);
  return isLatin(before) || isLatin(text.slice(at + word.length)) ? -1 : at;
}

/** Longest text that is still read as "one of the choices, with a few words around". */
const SHORT_ANSWER = 40;
/** Longer than any label: a description, not an answer. */
const LONGEST_ANSWER = 300;

function candidatesOf(choices: readonly Choice[], phrases: Phrases, step: string): Candidate[] {
  return choices.map(({ id, label }) => {
    const words = [...aliases(phrases, `words.${id}`), ...aliases(phrases, `words.${step}.${id}`)];
    return { id, words: [id.toLowerCase(), normalise(label), ...words] };
  });
}

/** The id of the choice that the whole text is, or null: where a longer sentence must stay a sentence. */
export function readWholeChoice(text: string, choices: readonly Choice[], phrases: Phrases, step = ''): string | null {
  if (text.length > LONGEST_ANSWER) return null;
  const said = normalise(text);
  if (said === '') return null;
  const exact = choices.find((choice) => choice.id.toLowerCase() === said || normalise(choice.label) === said);
  if (exact) return exact.id;
  if (/^\d$/.test(said)) return choices[Number(said) - 1]?.id ?? null;
  const named = candidatesOf(choices, phrases, step).filter(({ words }) => words.includes(said));
  return named.length === 1 ? (named[0]?.id ?? null) : null;
}

/** "Yes, we bought all of it directly, with the credit card": what a long answer begins with, unless it is taken back. */
function firstClause(said: string): string | null {
  const [, clause, rest] = /^([^,.;:!，。；：！、]{1,20})[,.;:!，。；：！、](.+)$/su.exec(said) ?? [];
  return clause === undefined || rest === undefined || BUT.test(rest) ? null : clause;
}

/**
 * The id of the choice that the text names, alone or with a few words around it; null where it could be two, or none. `step`
 * adds the words that mean a choice at that step only (`words.<step>.<id>`).
 */
export function readChoice(text: string, choices: readonly Choice[], phrases: Phrases, step = ''): string | null {
  const whole = readWholeChoice(text, choices, phrases, step);
  if (whole !== null) return whole;
  const said = text.length > LONGEST_ANSWER ? '' : normalise(text);
  if (said === '') return null;
  if (said.length > SHORT_ANSWER) {
    const clause = firstClause(said);
    return clause === null || QUESTION.test(said) ? null : readWholeChoice(clause, choices, phrases, step);
  }
  const candidates = candidatesOf(choices, phrases, step);
  const atStart = wordAtStart(said, candidates);
  return atStart === undefined ? wordWithin(said, candidates) : atStart;
}

/** Whether the whole message is a kind word: thanks, goodbye. */
export function isThanks(text: string, phrases: Phrases): boolean {
  return isWholeWord(text, 'words.thanks', phrases);
}

/** Whether the text asks rather than says: "提交吗", "send?"; with the mark that reading an answer lets fall. */
export function isQuestion(text: string): boolean {
  return QUESTION.test(text) || QUESTION.test(normalise(text));
}

/** Whether a yes is held back in the same breath: "ok, wait", "好的，先别提交". Short words count too, which `namesWord` passes over. */
export function holdsBack(text: string, phrases: Phrases): boolean {
  const said = spaced(normalise(text));
  return aliases(phrases, 'words.review.wait').some((word) => said.includes(isLatin(word) ? spaced(word) : word));
}

/** With a space for all that stands between words, so that "but" isn't found in "button". */
function spaced(said: string): string {
  return ` ${said.replace(/[\s\p{P}]+/gu, ' ')} `;
}

/** Whether the whole message is a greeting. */
export function isHello(text: string, phrases: Phrases): boolean {
  return isWholeWord(text, 'words.hello', phrases);
}

/** Whether one of the words of `key` stands anywhere in the text; the caller keeps long texts away. */
export function holdsWord(text: string, key: string, phrases: Phrases): boolean {
  const said = normalise(text);
  return aliases(phrases, key).some((word) => said.includes(word));
}

/** Whether the text names one of the words of `key`: Latin words stand alone, others anywhere. */
export function namesWord(text: string, key: string, phrases: Phrases): boolean {
  const said = normalise(text);
  return aliases(phrases, key).some((word) => placeOf(said, word) >= 0);
}

export const COMMANDS = [
  'help',
  'back',
  'cancel',
  'start-over',
  'human',
  'sign-out',
  'english',
  'chinese',
  'japanese',
] as const;
export type Command = (typeof COMMANDS)[number];

interface CommandWords {
  /** Whole messages. */
  readonly whole: ReadonlyMap<string, Command>;
  /** Words around which a short sentence still asks for a person. */
  readonly asksForPerson: readonly string[];
}

const commandWords = new WeakMap<Phrases, CommandWords>();

function wordsOfCommands(phrases: Phrases): CommandWords {
  let words = commandWords.get(phrases);
  if (!words) {
    const whole = COMMANDS.flatMap((id) => aliases(phrases, `words.command.${id}`).map((word) => [word, id] as const));
    words = { whole: new Map(whole), asksForPerson: aliases(phrases, 'words.command.human-within') };
    commandWords.set(phrases, words);
  }
  return words;
}

/**
 * A command said at any step. Commands are whole messages ("cancel", "重新开始"), so that a description that merely holds
 * such a word stays a description; only for `human` a short sentence around the words is enough.
 */
export function readCommand(text: string, phrases: Phrases): Command | null {
  if (text.length > 2 * SHORT_ANSWER) return null;
  if (/^\s*[?？]+\s*$/u.test(text)) return 'help';
  const said = normalise(text);
  if (said === '' || said.length > SHORT_ANSWER) return null;
  const { whole, asksForPerson } = wordsOfCommands(phrases);
  return whole.get(said) ?? (asksForPerson.some((words) => said.includes(words)) ? 'human' : null);
}

/** Whether the whole message is one of the words of `key`, in any language. */
export function isWholeWord(text: string, key: string, phrases: Phrases): boolean {
  return text.length <= SHORT_ANSWER && aliases(phrases, key).includes(normalise(text));
}
