import type { Case, EndedTalk } from '../case.ts';
import { declines, isAboutTalk, isMatter, SCORES, scoreIn } from '../rating.ts';
import type { Rated } from '../rating.ts';
import { choices, misread, say } from '../question.ts';
import type { Context, Deed, Input, Question, Reading } from '../question.ts';
import type { Choice } from '../reply.ts';
import { describe, MIN_WIDTH, widthOf } from './describe.ts';

/**
 * How was it? Asked once after a talk with an agent has ended: a score, then a few words, neither of which anybody owes. Whatever
 * else is written is the next matter, and is listened to as such.
 */

const offered = (context: Context): Choice[] => choices(context, 'rating', SCORES.map(String));

export const rating: Question = {
  step: 'rating',
  ask(context) {
    return context.case.ended?.score == null
      ? say(context, context.text('rating.ask'), { step: 'rating', choices: offered(context), card: {} })
      : say(context, context.text('rating.words'), { step: 'rating' });
  },
  read(input: Input, context: Context): Reading {
    const { ended } = context.case;
    if (ended === null) return { case: asked(context.case), understood: true };
    if (input.kind === 'submit') return picked(input, ended, context);
    const text = input.text.trim();
    const given = scoreIn(text, offered(context), context);
    if (given) return scored(given, ended, context);
    const declined = declines(text, context);
    if (declined) return over(context, declined === 'thanks' ? 'thanks' : 'rating.skipped');
    return isWords(text, ended, context) ? worded(text, ended, context) : nextMatter(text, context);
  },
  forget: (known) => known,
};

/** Nothing more is asked of that talk. */
const asked = (known: Case): Case => ({ ...known, step: 'describe' });

function over(context: Context, key: string, deeds: readonly Deed[] = []): Reading {
  return { case: asked(context.case), understood: true, notes: [say(context, context.text(key))], deeds, closes: true };
}

const rate = ({ at, agent }: EndedTalk, score: number | null, comment: string | null): Deed => ({
  kind: 'rate',
  talk: at,
  agent,
  score,
  comment,
});

function picked(input: Extract<Input, { kind: 'submit' }>, ended: EndedTalk, context: Context): Reading {
  const score = SCORES.find((one) => String(one) === input.choice);
  if (score === undefined) return misread(context, context.text('misread.choice'));
  return scored({ score, words: (input.fields['comment'] ?? '').trim() }, ended, context);
}

/** The score counts at once, whether words follow or not. One that is given again is a change of mind. */
function scored({ score, words }: Rated, ended: EndedTalk, context: Context): Reading {
  if (words !== '' && isMatter(words, context)) {
    const next = nextMatter(words, context);
    return { ...next, deeds: [rate(ended, score, null), ...(next.deeds ?? [])] };
  }
  if (words !== '') return over(context, 'rating.done', [rate(ended, score, words)]);
  const known: Case = { ...context.case, ended: { ...ended, score } };
  return { case: known, understood: true, deeds: [rate(ended, score, null)] };
}

/** Before a score only what speaks of the talk is about it; asked for words, all that tells of no new matter is. */
function isWords(text: string, ended: EndedTalk, context: Context): boolean {
  if (isMatter(text, context)) return false;
  return ended.score !== null || isAboutTalk(text, context);
}

function worded(text: string, ended: EndedTalk, context: Context): Reading {
  return over(context, 'rating.done', [rate(ended, null, text)]);
}

/** Too short to be a matter: the question for it comes next; anything longer is one. */
function nextMatter(text: string, context: Context): Reading {
  const anew = { ...context, case: asked(context.case) };
  const short = widthOf(text) < MIN_WIDTH;
  return short ? { case: anew.case, understood: true } : describe.read({ kind: 'text', text }, anew);
}
