import { freshCase } from './case.ts';
import type { Case } from './case.ts';
import type { Outcome } from './outcome.ts';
import { contextOf } from './context.ts';
import { filedAsIs } from './file-as-is.ts';
import { say } from './question.ts';
import type { Context, Tools, World } from './question.ts';
import { MIN_WIDTH, widthOf } from './questions/describe.ts';
import { phoneLine } from './questions/phone-line.ts';
import { submitted } from './questions/outcome.ts';

/**
 * Nobody took the person out of the line in time: what is known is filed as it stands, so that it is not lost with the chat,
 * and the person is told number and what happens next. `lastWords` are what they wrote last, for who was never asked what is
 * wrong. Where there is nothing to file, or it was filed already, that is said with the number to call.
 */
export function unserved(stored: Case, lastWords: string, tools: Tools, world: World): Outcome {
  const known: Case = { ...stored, step: 'describe', description: stored.description ?? described(lastWords) };
  const context = contextOf(known, tools, world);
  const sorry = say(context, context.text('handoff.unserved'));
  if (known.request !== null) {
    const text = [sorry.text, context.text('handoff.unserved-filed', { number: known.request.number })].join('\n\n');
    const data = { request: requestData(known.request) };
    return {
      case: { ...known, step: 'submitted' },
      replies: [say(context, text, { step: 'submitted', data })],
      deeds: [],
    };
  }
  if (known.description === null) return nothingToFile(context);
  const filed = filedAsIs(known, tools);
  const told = submitted.ask(contextOf(filed.case, tools, world));
  return { ...filed, replies: [{ ...told, text: [sorry.text, told.text].join('\n\n') }] };
}

const described = (words: string): string | null => (widthOf(words.trim()) < MIN_WIDTH ? null : words.trim());

function nothingToFile(context: Context): Outcome {
  const lines = [context.text('handoff.unserved'), phoneLine(context), context.text('describe.ask')];
  return {
    case: freshCase(context.case),
    replies: [say(context, lines.join('\n\n'), { step: 'describe' })],
    deeds: [],
  };
}

const requestData = ({ number, severity, respondBy, route }: NonNullable<Case['request']>) => {
  return { number, severity, respondBy, route };
};
