import type { Case } from './case.ts';
import { heardIn } from './heard.ts';
import { say } from './question.ts';
import type { Context, Deed, Reading } from './question.ts';
import { MAX_TEXT, describedAs, widthOf } from './questions/describe.ts';
import type { Step } from './reply.ts';
import { namesWord } from './words.ts';

/**
 * Who writes a sentence where buttons are shown has more to say: of the same matter, or of another one. A person would
 * listen, so it isn't lost: it goes into the description, and what follows from that is worked out anew.
 */
const LISTENING: ReadonlySet<Step> = new Set<Step>(['answer', 'incident', 'similar', 'route', 'severity']);
/** Shorter than a sentence (a Chinese or Japanese character counts twice). */
const SENTENCE = 16;
const FEW_WORDS = 4;
/** So sure the other category must be before what was said is left behind. */
const SURE = 0.6;
/** Under an article, a text that can only be a question is one, without its mark too. */
const VERY_SURE = 0.9;
/** "Actually I have another problem: …" stands at the beginning. */
const LEAD = 60;
/** "No, because …": more than a word, and then more to say. */
const CLAUSES = /[,.;:!，。；：！、]\s*\S/u;
const isQuestion = (text: string): boolean => /[?？]\s*$|[吗嗎呢]\s*$|[すた]か[。\s]*$/u.test(text);
const OTHER_MATTERS: ReadonlySet<string> = new Set(['how-to', 'billing', 'presales', 'out-of-scope', 'partner-center']);

/** What a longer text at a step of choices leads to; null where `first`, the plain reading of it, is to stand. */
export function moreThanAnswer(text: string, first: Reading, context: Context): Reading | null {
  const { step, description, triage: before } = context.case;
  if (!LISTENING.has(step) || description === null || before === null || context.case.editing !== null) return null;
  // Where a question was asked back ("how many?"), a few words answer it.
  const isAskedBack = step === 'severity' && before.doubt !== null && !context.case.clarified;
  const width = widthOf(text.trim());
  if (width < (isAskedBack ? FEW_WORDS : SENTENCE) || text.length > MAX_TEXT) return null;
  const isNo = step === 'answer' && first.case.answer?.outcome === 'no';
  const answeredNo = isNo && widthOf(text) > 2 * SENTENCE && CLAUSES.test(text);
  // A plain "no" is not understood as an answer, but it was heard.
  const isHeard = first.understood || first.case !== context.case;
  if (isHeard && !answeredNo) return null;
  if (width < SENTENCE) return isQuestion(text) ? null : added(text, context);
  const heard = heardIn(text, context);
  if (heard.category === 'human') return { case: context.case, understood: true, deeds: [{ kind: 'wait-for-agent' }] };
  if (heard.category === 'chitchat') return null;
  if (namesWord(text.slice(0, LEAD), 'words.another-matter', context.tools.phrases))
    return anotherMatter(text, context);
  const isOther =
    heard.category !== before.category && OTHER_MATTERS.has(heard.category) && heard.confidence >= SURE && !answeredNo;
  if (isOther) return anotherMatter(text, context);
  // A question under an article is the next question; about a level or a way out it is no part of what is wrong.
  const asks = isQuestion(text);
  const isNext = step === 'answer' && heard.category === 'how-to' && (asks || heard.confidence >= VERY_SURE);
  if (isNext && !answeredNo) return anotherMatter(text, context);
  return asks && !answeredNo ? null : added(text, context);
}

/** Another question: the old one is not filed, and its article neither helped nor failed. */
function anotherMatter(text: string, context: Context): Reading {
  const reading = describedAs(text, context);
  return { ...reading, notes: [say({ ...context, case: reading.case }, context.text('more.another'))] };
}

/** The same matter, told in full: judged again, but not answered with another article. */
function added(text: string, context: Context): Reading | null {
  const known = context.case;
  const whole = `${known.description ?? ''}\n${text.trim()}`;
  if (whole.length > MAX_TEXT) return null;
  const { case: described } = describedAs(whole, context);
  if (described.description === null) return null;
  const { answer, answered, incident, incidentChecked, similar, similarChecked, openAnyway } = known;
  const kept = { answered, incident, incidentChecked, similar, similarChecked, openAnyway };
  const isAnswering = known.step === 'answer' && answer !== null;
  const outcome: Case['answer'] = isAnswering ? { ...answer, outcome: 'no' } : answer;
  const deeds: Deed[] = isAnswering
    ? [{ kind: 'feedback', helpful: false, topic: answer.topic, question: known.description ?? '' }]
    : [];
  return {
    case: { ...described, ...kept, answer: outcome, clarified: known.clarified || known.step === 'severity' },
    understood: true,
    notes: [say(context, context.text('more.added'))],
    deeds,
  };
}
