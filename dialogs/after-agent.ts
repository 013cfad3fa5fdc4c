import type { Language } from '#knowledge/schema.ts';
import { freshCase, newCase, parseCase } from './case.ts';
import type { AgentOutcome, Case } from './case.ts';
import { next } from './next.ts';
import { NOTHING_NEW } from './nothing-new.ts';
import { say } from './question.ts';
import type { Context, Tools } from './question.ts';
import type { Reply } from './reply.ts';
import { submittedChoices } from './questions/outcome.ts';
import { questionOf } from './questions/all.ts';

/** What an agent leaves behind: the talk is over, or the bot goes on with it. */
export interface AgentEnded {
  readonly outcome: AgentOutcome;
  /** The agent's name, as the person knows it. */
  readonly agent: string;
  /** Handed back to the bot, not ended: nothing is rated. */
  readonly returned: boolean;
  /** The conversation's language, for where no state can be read. */
  readonly language?: Language | null;
}

/**
 * The case after an agent, and what the bot says then: after a close it asks how it was, once; given back, it goes on where
 * the dialog stood, or asks what is wrong. Pure; `stored` is the conversation's state as it lies in storage.
 */
export function afterAgent(stored: unknown, ended: AgentEnded, tools: Tools): { case: Case; replies: Reply[] } {
  const known = { ...(parseCase(stored) ?? newCase(ended.language ?? 'en', null, null)), welcomed: true };
  return ended.returned ? resumed(known, ended, tools) : closed(known, ended, tools);
}

function closed(known: Case, { outcome, agent }: AgentEnded, tools: Tools): { case: Case; replies: Reply[] } {
  const { description, request } = known;
  const number = request?.number ?? null;
  const rated: Case = {
    ...freshCase(known),
    step: 'rating',
    about: null,
    ended: { at: tools.now, agent, outcome, description, number, score: null },
  };
  const context = contextOf(rated, tools);
  const told = [
    context.text(`ended.${outcome}`, { agent }),
    ...wayOn(outcome, number, context),
    context.text('ended.receipt'),
  ];
  const question = questionOf('rating').ask(context);
  const text = [...told, question.text].join('\n\n');
  return { case: rated, replies: [{ ...question, text, data: { handoff: { state: 'ended', agent } } }] };
}

/** What the person can do now: where nothing was settled, they must not be left with a question about it. */
function wayOn(outcome: AgentOutcome, number: string | null, context: Context): string[] {
  switch (outcome) {
    case 'solved':
      return [];
    case 'not-solved':
    case 'no-answer':
      return [context.text('ended.write')];
    case 'filed':
      return number === null ? [] : [context.text('ended.request', { number })];
  }
}

function resumed(known: Case, { agent }: AgentEnded, tools: Tools): { case: Case; replies: Reply[] } {
  const standing: Case = { ...known, step: 'describe', misses: 0, about: null };
  const step = next(standing, tools);
  // A card that was shown before the agent came is of before: the review gets a new one.
  const submissionId = step === 'review' ? tools.mint.submissionId() : null;
  const goingOn: Case = { ...standing, step, submissionId };
  const context = contextOf(goingOn, tools);
  const told = context.text('ended.returned', { agent });
  const data = { handoff: { state: 'ended', agent } };
  const { request } = goingOn;
  if (step === 'submitted' && request !== null) {
    const text = [told, context.text('submitted.short', { number: request.number })].join('\n\n');
    const choices = submittedChoices(context);
    return { case: goingOn, replies: [say(context, text, { step, choices, card: {}, data: { ...data, request } })] };
  }
  const question = questionOf(step);
  const asked = question.ask(context);
  const short = question.unaided ?? question.short;
  const text = [told, short?.(context) ?? asked.text].join('\n\n');
  return { case: goingOn, replies: [{ ...asked, text, data: { ...asked.data, ...data } }] };
}

function contextOf(known: Case, tools: Tools): Context {
  return {
    case: known,
    tools,
    world: NOTHING_NEW,
    text: (key, values) => tools.phrases.text(known.language, key, values),
  };
}
