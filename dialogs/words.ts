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

/** Whether `text` begins with `word` and the word ends there: Chinese and Japanese have no spaces to tell. */
function startsWith(text: string, word: string): boolean {
  if (!text.startsWith(word)) return false;
  const rest = text.slice(word.length);
  return rest === '' || !isLatin(word.slice(-1)) || !isLatin(rest);
}

/** The longest alternative wins: 不是 is not 是, "not sure" is not "no". */
function bestWord(text: string, candidates: readonly { id: string; words: readonly string[] }[]): string | null {
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
  return best && !tied ? best.id : null;
}

/** Longest text that is still read as "one of the choices, with a few words around". */
const SHORT_ANSWER = 40;
/** Longer than any label: a description, not an answer. */
const LONGEST_ANSWER = 300;

/** The id of the choice that the text names, or null. */
export function readChoice(text: string, choices: readonly Choice[], phrases: Phrases): string | null {
  if (text.length > LONGEST_ANSWER) return null;
  const said = normalise(text);
  if (said === '') return null;
  const exact = choices.find((choice) => choice.id.toLowerCase() === said || normalise(choice.label) === said);
  if (exact) return exact.id;
  if (/^\d$/.test(said)) return choices[Number(said) - 1]?.id ?? null;
  if (said.length > SHORT_ANSWER) return null;
  const candidates = choices.map((choice) => ({
    id: choice.id,
    words: [choice.id.toLowerCase(), normalise(choice.label), ...aliases(phrases, `words.${choice.id}`)],
  }));
  return bestWord(said, candidates);
}

export const COMMANDS = ['help', 'back', 'cancel', 'start-over', 'human', 'english', 'chinese', 'japanese'] as const;
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
  const said = normalise(text);
  if (said === '' || said.length > SHORT_ANSWER) return null;
  const { whole, asksForPerson } = wordsOfCommands(phrases);
  return whole.get(said) ?? (asksForPerson.some((words) => said.includes(words)) ? 'human' : null);
}
