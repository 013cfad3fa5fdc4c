import { LANGUAGES } from '#knowledge/schema.ts';
import type { Severity } from '#knowledge/schema.ts';
import type { Phrases } from '#knowledge/phrases.ts';
import { ACTIONS } from '#src/requests/actions.ts';
import type { Action } from '#src/requests/actions.ts';
import { normalise } from './words.ts';

/** What people say of a request that they filed: "withdraw SR-…", "我想撤回请求", "控えをください". */

export const NUMBER = /[a-z]{2}-[0-9a-z]{4}-[0-9a-z]{4}/i;

export interface Wish {
  action: Action | 'show';
  /** Null: they name none. */
  number: string | null;
  /** The level that a raise names. */
  level: Severity | null;
}

/** Longer than a wish with everything that is polite around it. */
const LONGEST = 80;

interface Words {
  readonly actions: readonly (readonly [Action, ReadonlySet<string>])[];
  /** Words that name the thing: request, ticket, 请求, リクエスト. */
  readonly nouns: readonly string[];
  /** What is said around it: please, can you, 请帮我, を…してください. */
  readonly fillers: readonly string[];
  /** What is said when one asks how it stands, the fillers included. */
  readonly asking: readonly string[];
  /** Without one of these it isn't asked. */
  readonly asksStatus: readonly string[];
  /** "Please add: …". */
  readonly leads: readonly string[];
}

const known = new WeakMap<Phrases, Words>();

function wordsOf(phrases: Phrases): Words {
  let words = known.get(phrases);
  if (!words) {
    const of = (key: string): string[] =>
      LANGUAGES.flatMap((language) => phrases.text(language, key).split('|').map(normalise))
        .filter((word) => word !== '')
        .toSorted((one, other) => other.length - one.length);
    const fillers = of('words.request.filler');
    // Read through the same sieve as what is said.
    const meaning = (word: string): string => tight(without(word, fillers));
    const actions = ACTIONS.map((action) => {
      const said = of(`words.request.${action}`);
      return [action, new Set([...said.map(tight), ...said.map(meaning)].filter((word) => word !== ''))] as const;
    });
    const asking = [...fillers, ...of('words.request.status')].toSorted((one, other) => other.length - one.length);
    const asksStatus = of('words.request.asks-status');
    const leads = of('words.request.add-lead');
    words = { actions, nouns: of('words.request.noun'), fillers, asking, asksStatus, leads };
    known.set(phrases, words);
  }
  return words;
}

/** Chinese and Japanese have no spaces; in others one that is too many changes nothing. */
const tight = (text: string): string => text.replace(/\s+/gu, '');

/** Takes words out of a text; Latin ones only where they stand alone. */
function without(text: string, words: readonly string[]): string {
  let rest = ` ${text} `;
  for (const word of words) {
    const latin = /^[\p{Script=Latin}]/u.test(word);
    rest = latin ? rest.replaceAll(` ${word} `, '  ').replaceAll(` ${word} `, ' ') : rest.replaceAll(word, ' ');
  }
  return rest.replace(/\s+/gu, ' ').trim();
}

const LEVEL = /(?:(?:to|level|sev|severity|级别|级|重大度|レベル)\s*)([abc])(?![a-z])|(?<![a-z])([abc])\s*(?:级|に)/iu;
/** "把级别提到A": the verb belongs to the level; by itself it is in many other words. */
const RAISED = /(?:提高?|提升|升级?|调高?|改)[到成为]\s*([abc])(?![a-z])/iu;

/**
 * The wish that a whole message is; null where it has more to say than that. Without a number it must name the thing, or be the
 * word alone: "withdraw" by itself may be about what is being written. `isSpokenOf`: a request was just shown.
 */
export function wishIn(text: string, phrases: Phrases, isSpokenOf = false): Wish | null {
  const said = normalise(text).replace(/[,，。、.!！?？:：]/gu, ' ');
  const number = NUMBER.exec(said)?.[0].toUpperCase() ?? null;
  if (said.length > LONGEST + (number?.length ?? 0)) return null;
  const { actions, nouns, fillers } = wordsOf(phrases);
  const raised = RAISED.exec(said);
  const level = raised ?? LEVEL.exec(said);
  const plain = said.replace(NUMBER, ' ').replace(RAISED, ' ').replace(LEVEL, ' ');
  const named = without(plain, nouns);
  const isNamed = number !== null || named !== plain.replace(/\s+/gu, ' ').trim();
  const bare = without(named, fillers);
  const spoken = actions.find(([, words]) => words.has(tight(bare)) || words.has(tight(named)))?.[0];
  const found = spoken ?? (raised && bare === '' ? 'raise' : undefined);
  if (found === undefined) return bare === '' && number !== null ? { action: 'show', number, level: null } : null;
  if (!isNamed && !isSpokenOf && !ALONE.has(found)) return null;
  const letter = level?.[1] ?? level?.[2];
  return { action: found, number, level: found === 'raise' ? levelOf(letter) : null };
}

/** "What is the status of my request?", "我的工单处理得怎么样了": all of it asks how what was filed stands. */
export function asksHowItStands(text: string, phrases: Phrases): boolean {
  const said = normalise(text).replace(/[,，。、.!！?？:：]/gu, ' ');
  if (said.length > LONGEST || NUMBER.test(said)) return false;
  const { nouns, asking, asksStatus } = wordsOf(phrases);
  const named = without(said, nouns);
  const isNamed = named !== said.replace(/\s+/gu, ' ').trim();
  return (
    isNamed && asksStatus.some((word) => without(said, [word]) !== without(said, [])) && without(named, asking) === ''
  );
}

/** "Please add: …" right after filing: what is to be added; null: it begins otherwise. */
export function addedWords(text: string, phrases: Phrases): string | null {
  const said = normalise(text);
  const lead = wordsOf(phrases).leads.find((word) => said.startsWith(word));
  const isMore = lead !== undefined && said.length > lead.length + 1;
  return isMore ? text.trim() : null;
}

/** These mean nothing else in a support chat. */
const ALONE: ReadonlySet<Action> = new Set<Action>(['receipt', 'reopen']);

function levelOf(letter: string | undefined): Severity | null {
  const upper = letter?.toUpperCase();
  return upper === 'A' || upper === 'B' || upper === 'C' ? upper : null;
}

/** What a card of requests submits, as it may also be typed: "withdraw:SR-1234-5678". */
const CHOICE = /^\s*([a-z-]+):([a-z]{2}-[0-9a-z]{4}-[0-9a-z]{4})\s*$/i;

export function choiceIn(id: string | null): { verb: string; number: string } | null {
  const [, verb, number] = CHOICE.exec(id ?? '') ?? [];
  return verb === undefined || number === undefined ? null : { verb: verb.toLowerCase(), number: number.toUpperCase() };
}
