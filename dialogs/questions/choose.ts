import type { Case } from '../case.ts';
import { choices, misread, say } from '../question.ts';
import type { Context, Input, Question, Reading } from '../question.ts';
import type { CardModel, Choice, Step } from '../reply.ts';
import { readChoice } from '../words.ts';

/** The choice that a person made by card or by words, or null. */
export function chosen(input: Input, offered: readonly Choice[], context: Context): string | null {
  if (input.kind === 'text') return readChoice(input.text, offered, context.tools.phrases, context.case.step);
  return offered.some(({ id }) => id === input.choice) ? input.choice : null;
}

interface ChoiceQuestion {
  step: Step;
  readonly ids: (context: Context) => readonly string[];
  /** Sentence of the question; `<step>.ask` where not given. */
  readonly sentence?: (context: Context) => string;
  readonly card?: (context: Context) => CardModel;
  readonly take: (id: string, context: Context) => Reading;
  readonly forget: (known: Case) => Case;
}

/** A question that is answered by one of a few choices, labelled `<step>.<id>` in the phrases. */
export function choiceQuestion(spec: ChoiceQuestion): Question {
  const offered = (context: Context): Choice[] => choices(context, spec.step, spec.ids(context));
  return {
    step: spec.step,
    ask(context) {
      const text = spec.sentence?.(context) ?? context.text(`${spec.step}.ask`);
      return say(context, text, { step: spec.step, choices: offered(context), card: spec.card?.(context) ?? {} });
    },
    read(input, context): Reading {
      const id = chosen(input, offered(context), context);
      return id === null ? misread(context, context.text('misread.choice')) : spec.take(id, context);
    },
    forget: spec.forget,
  };
}
