import { freshCase } from './case.ts';
import { choices, say } from './question.ts';
import type { Context, Input, Reading } from './question.ts';
import type { Choice, Reply } from './reply.ts';
import { asksForStatus, requestList } from './status.ts';
import { isThanks, readWholeChoice } from './words.ts';

/** The greeting, said once per conversation, and the four ways on that it offers. */

const WAYS = ['problem', 'question', 'status', 'human'] as const;

export function welcome(context: Context): Reply {
  const name = context.case.facts?.name;
  const hello = name ? context.text('welcome.hello-name', { name }) : context.text('welcome.hello');
  return say(context, `${hello}\n\n${context.text('welcome.ask')}`, {
    step: 'welcome',
    choices: ways(context),
    card: {},
  });
}

function ways(context: Context): Choice[] {
  return choices(context, 'welcome', WAYS);
}

/** One of the welcome's ways, taken by its card or by words while nothing else is under discussion; null: none of them. */
export function atTheDoor(input: Input, context: Context): Reading | null {
  const { step, description } = context.case;
  const open = (step === 'describe' && description === null) || step === 'submitted' || step === 'rating';
  if (!open) return null;
  // Asked for a score, "1" is one, and not the first of the greeting's ways.
  if (step === 'rating' && input.kind === 'text' && /^\s*\d\s*$/.test(input.text.normalize('NFKC'))) return null;
  const id =
    input.kind === 'text'
      ? readWholeChoice(input.text, ways(context), context.tools.phrases)
      : input.step === 'welcome'
        ? input.choice
        : null;
  if (id === null && input.kind === 'text' && asksForStatus(input.text, context))
    return { case: context.case, understood: true, notes: [requestList(context)] };
  switch (id) {
    case 'human':
      return { case: context.case, understood: true, deeds: [{ kind: 'wait-for-agent' }] };
    case 'status':
      return { case: context.case, understood: true, notes: [requestList(context)] };
    case 'problem':
    case 'question':
      return { case: step === 'describe' ? context.case : freshCase(context.case), understood: true };
    default:
      return thanks(input, context);
  }
}

/** A kind word between two matters is not the next one. */
function thanks(input: Input, context: Context): Reading | null {
  if (input.kind !== 'text' || context.case.step !== 'describe') return null;
  if (!isThanks(input.text, context.tools.phrases)) return null;
  return { case: context.case, understood: true, notes: [say(context, context.text('thanks'))], closes: true };
}
