import type { Case } from './case.ts';
import { converse } from './converse.ts';
import type { Outcome } from './outcome.ts';
import { next } from './next.ts';
import { say } from './question.ts';
import type { Deed, Tools, World } from './question.ts';
import { questionOf } from './questions/all.ts';

/** What a message led to, as far as it matters to whether it can be read again. */
export type Effect = NonNullable<Case['last']>['effect'];

/** What is only learnt from an answer binds nobody. */
const ONLY_LEARNT: ReadonlySet<Deed['kind']> = new Set<Deed['kind']>(['unanswered', 'feedback']);

/** `before`: the case that the message was read with. */
export function effectOf(before: Case, { case: after, deeds }: Outcome): Effect {
  const isAnswer = after.trail !== before.trail && after.trail.at(-1) === before.step;
  const isDone = after.request !== null || after.step === 'handoff' || deeds.some(({ kind }) => !ONLY_LEARNT.has(kind));
  if (isAnswer && !isDone) return 'answered';
  return after.misses > before.misses && deeds.length === 0 ? 'missed' : 'other';
}

/** The last message was changed after it had been read: it is read again, with the case as it was `before` it. */
export function reread(before: Case, text: string, tools: Tools, world: World): Outcome {
  const outcome = converse(before, { kind: 'text', text }, tools, world);
  const [first, ...others] = outcome.replies;
  if (!first) return outcome;
  const note = tools.phrases.text(outcome.case.language, 'edit.reread');
  return { ...outcome, replies: [{ ...first, text: `${note}\n\n${first.text}` }, ...others] };
}

/** The case as it was before the last message; null where something was done on it that can't be taken back. */
export function beforeLast(stored: Case, tools: Tools): Case | null {
  const step = stored.trail.at(-1);
  switch (stored.last?.effect) {
    case 'missed':
      return { ...stored, misses: Math.max(0, stored.misses - 1) };
    case 'answered': {
      if (step === undefined) return null;
      const forgotten = { ...questionOf(step).forget(stored), trail: stored.trail.slice(0, -1) };
      return next(forgotten, tools) === step ? { ...forgotten, step, submissionId: null } : null;
    }
    case 'other':
    case undefined:
      return null;
  }
}

/** An earlier message was changed; its answer stands. */
export function tooLate(stored: Case, { phrases }: Pick<Tools, 'phrases'>): Outcome {
  const isOpen = stored.description !== null && stored.request === null && stored.step !== 'handoff';
  const text = phrases.text(stored.language, 'edit.late');
  const reply = say({ case: stored }, text, { step: stored.step });
  return { case: stored, replies: isOpen ? [reply] : [], deeds: [] };
}
