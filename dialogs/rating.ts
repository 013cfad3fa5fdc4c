import { heardIn } from './heard.ts';
import type { Context } from './question.ts';
import type { Choice } from './reply.ts';
import { isThanks, namesWord, readWholeChoice } from './words.ts';

/** Reads what somebody says after a talk with an agent: a score, words about the talk, no interest, or something else. */

export const SCORES = [1, 2, 3, 4, 5] as const;

export interface Rated {
  score: number | null;
  /** What was said beside the score. */
  words: string;
}

/** Whatever the digits are written with: "4", "4/5", "４点", "四つ星", "我打4分", "I'd give it a 4". */
const BEFORE =
  /^(?:(?:i(?:['’]?d| would| will|['’]ll)? )?(?:give|rate)(?: (?:it|you|him|her|them|this|that))?(?: an?)?|(?:my )?rating(?: is)?|評価は?|评分[是为]?|我?(?:打|给)个?|星)\s*[:：]?\s*/iu;
const DIGIT =
  /^([1-5])\s*(?:\/\s*5|out of (?:5|five)|of 5|(?:\s|-)?stars?|points?|分|颗星|顆星|つ星|星|点|點)?(?:です|でお願いします|吧)?(?=$|[\s,.;:!，。；：！、~—-])/iu;
/** After a bare digit a sentence may go on; "4 users can’t print" is no score. */
const GOES_ON = /^\s*(?:$|[,.;:!，。；：！、~—-]|because\b|since\b|as\b|for\b|but\b|因为|但|ので|ですが)/iu;
/** With the invisible sign that makes an emoji of a star. */
const STARS = /^(?:★|⭐|🌟|✩|☆|\uFE0F|\s)+$/u;

function starsIn(text: string): number | null {
  if (!STARS.test(text)) return null;
  const filled = text.match(/[★⭐🌟]/gu)?.length ?? 0;
  return filled >= 1 && filled <= SCORES.length ? filled : null;
}

function digitIn(text: string): Rated | null {
  const said = text.normalize('NFKC').trim().replace(BEFORE, '');
  const found = DIGIT.exec(said);
  if (!found) return null;
  const rest = said.slice(found[0].length);
  return GOES_ON.test(rest) ? { score: Number(found[1]), words: wordsOf(rest) } : null;
}

/** Without what joins it to the score. */
const wordsOf = (rest: string): string => rest.replace(/^[\s,.;:!，。；：！、~—-]+/u, '').trim();

/** "Very good, he knew at once": what a text begins with, where that alone is a score. */
function namedIn(text: string, offered: readonly Choice[], context: Context): Rated | null {
  const whole = readWholeChoice(text, offered, context.tools.phrases, 'rating');
  if (whole !== null) return { score: Number(whole), words: '' };
  const [, first = '', rest = ''] = /^([^,.;:!，。；：！、]{1,24})[,.;:!，。；：！、]+(.+)$/su.exec(text.trim()) ?? [];
  const named = first === '' ? null : readWholeChoice(first, offered, context.tools.phrases, 'rating');
  return named === null ? null : { score: Number(named), words: wordsOf(rest) };
}

/** The score that a text gives, with what else it says; null where it gives none. */
export function scoreIn(text: string, offered: readonly Choice[], context: Context): Rated | null {
  const stars = starsIn(text);
  return stars === null ? (digitIn(text) ?? namedIn(text, offered, context)) : { score: stars, words: '' };
}

/** A kind word, or that there is nothing to say. */
export function declines(text: string, context: Context): 'thanks' | 'skip' | null {
  if (isThanks(text, context.tools.phrases)) return 'thanks';
  const skip = [{ id: 'rating-skip', label: 'rating-skip' }];
  return readWholeChoice(text, skip, context.tools.phrases) === null ? null : 'skip';
}

/** Words of triage that say who speaks or that something is asked, and nothing of a fault. */
const NO_FAULT: ReadonlySet<string> = new Set(['first-person', 'one-person', 'asks', 'question', 'urgent', 'thanks']);
const SURE = 0.75;

/**
 * Whether a text tells of something that is wrong, or asks something: nobody's next problem may be taken for their opinion.
 */
export function isMatter(text: string, context: Context): boolean {
  const heard = heardIn(text, context);
  const { category, confidence, evidence } = heard;
  if (category === 'chitchat' || category === 'human') return false;
  const signs = new Set(evidence.map(({ signal }) => signal).filter((signal) => !NO_FAULT.has(signal)));
  const grave = signs.has('everyone') || signs.has('down');
  if (isAboutTalk(text, context) && !grave) return false;
  return signs.size >= 2 || (signs.size >= 1 && confidence >= SURE) || asksHow(heard);
}

/** "He knew what to do" asks nothing: a question in English begins with its word, others hold it anywhere. */
function asksHow({ category, evidence }: ReturnType<typeof heardIn>): boolean {
  const begins = evidence.some(
    ({ signal, start, text }) => signal === 'question' && (start < 8 || !/[a-z]/i.test(text)),
  );
  return category === 'how-to' && begins;
}

/** Whether a text speaks of the agent or the talk. */
export function isAboutTalk(text: string, context: Context): boolean {
  return namesWord(text, 'words.rating.about', context.tools.phrases);
}
