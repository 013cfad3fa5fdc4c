import type { Language } from '#knowledge/schema.ts';
import { freshCase } from './case.ts';
import type { Case } from './case.ts';
import { next } from './next.ts';
import { say } from './question.ts';
import type { Context, Deed, Reading } from './question.ts';
import { questionOf } from './questions/all.ts';
import type { Command } from './words.ts';

/** What works at every step: help, back, cancel, start over, a person, another language. */
export function obey(command: Command, context: Context): Reading {
  switch (command) {
    case 'help':
      return {
        case: context.case,
        understood: true,
        notes: context.case.step === 'handoff' ? [] : [say(context, context.text('help'))],
      };
    case 'back':
      return back(context);
    case 'cancel':
      return anew(context, context.case.step === 'handoff' ? 'left-line' : 'cancelled');
    case 'start-over':
      return anew(context, 'started-over');
    case 'human':
      return { case: context.case, understood: true, deeds: [{ kind: 'wait-for-agent' }] };
    case 'sign-out':
      return {
        case: { ...context.case, facts: null },
        understood: true,
        notes: [say(context, context.text('sign-in.out'))],
        deeds: [{ kind: 'sign-out' }],
      };
    case 'english':
      return speak('en', context);
    case 'chinese':
      return speak('zh-CN', context);
    case 'japanese':
      return speak('ja', context);
  }
}

/** Leaves the line for an agent, where the person stood in it. */
function leavingLine(known: Case): { case: Case; deeds: Deed[] } {
  if (known.step !== 'handoff') return { case: known, deeds: [] };
  return { case: { ...known, step: 'describe' }, deeds: [{ kind: 'return-to-bot' }] };
}

function back(context: Context): Reading {
  const left = leavingLine(context.case);
  if (left.deeds.length > 0) return { ...left, understood: true };
  const forgotten = context.case.editing === null ? beforeLast(context) : { ...context.case, editing: null };
  if (forgotten === null)
    return { case: context.case, understood: true, notes: [say(context, context.text('back.nothing'))] };
  return { case: { ...forgotten, submissionId: null }, understood: true };
}

/** The case before the last answer that still counts: one that was changed since, or is gone with another, is passed over. */
function beforeLast({ case: known, tools }: Context): Case | null {
  if (known.request !== null) return null;
  for (let at = known.trail.length - 1; at >= 0; at -= 1) {
    const step = known.trail[at];
    const forgotten = step && { ...questionOf(step).forget(known), trail: known.trail.slice(0, at) };
    if (forgotten && next(forgotten, tools) === step) return forgotten;
  }
  return null;
}

function anew(context: Context, key: 'cancelled' | 'left-line' | 'started-over'): Reading {
  const left = leavingLine(context.case);
  return { case: freshCase(left.case), understood: true, notes: [say(context, context.text(key))], deeds: left.deeds };
}

function speak(language: Language, context: Context): Reading {
  return { case: { ...context.case, language, languagePinned: true }, understood: true };
}
