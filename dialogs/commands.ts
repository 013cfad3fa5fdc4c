import type { Language } from '#knowledge/schema.ts';
import { freshCase } from './case.ts';
import type { Case } from './case.ts';
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
      return anew(context, 'cancelled');
    case 'start-over':
      return anew(context, 'started-over');
    case 'human':
      return { case: context.case, understood: true, deeds: [{ kind: 'wait-for-agent' }] };
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
  const last = context.case.trail.at(-1);
  const open = context.case.request === null;
  if (last === undefined || !open)
    return { case: context.case, understood: true, notes: [say(context, context.text('back.nothing'))] };
  const forgotten = questionOf(last).forget(context.case);
  return { case: { ...forgotten, trail: context.case.trail.slice(0, -1), submissionId: null }, understood: true };
}

function anew(context: Context, key: 'cancelled' | 'started-over'): Reading {
  const left = leavingLine(context.case);
  return { case: freshCase(left.case), understood: true, notes: [say(context, context.text(key))], deeds: left.deeds };
}

function speak(language: Language, context: Context): Reading {
  return { case: { ...context.case, language, languagePinned: true }, understood: true };
}
