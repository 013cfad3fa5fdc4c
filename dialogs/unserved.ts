import { freshCase } from './case.ts';
import type { Case } from './case.ts';
import type { Outcome } from './outcome.ts';
import { contextOf } from './context.ts';
import { decisionOf } from './entitlement.ts';
import { say } from './question.ts';
import type { Context, Tools, World } from './question.ts';
import { routeOfRequest } from './questions/review.ts';
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

/** By mail or phone where one is known, else an agent answers here: nothing is asked that nobody is there to answer. */
function methodOf({ contact, facts }: Case): Case['contact'] {
  const phone = contact.phone ?? facts?.phone ?? undefined;
  const email = contact.email ?? facts?.email ?? undefined;
  const method = contact.method ?? (email !== undefined ? 'email' : phone !== undefined ? 'phone' : 'chat');
  return { ...contact, shown: true, method, ...(phone && { phone }), ...(email && { email }) };
}

function filedAsIs(known: Case, tools: Tools): Pick<Outcome, 'case' | 'deeds'> {
  const reachable = { ...known, contact: methodOf(known) };
  const { severity, respondBy, provisional } = decisionOf(reachable, tools);
  const submissionId = tools.mint.submissionId();
  const number = tools.mint.requestNumber();
  const route = routeOfRequest(reachable, tools);
  const request = { number, severity: severity || ('C' as const), respondBy, provisional, route, submissionId };
  const filed: Case = { ...reachable, step: 'submitted', request };
  return { case: filed, deeds: [{ kind: 'file', case: filed, number, submissionId }] };
}

const requestData = ({ number, severity, respondBy, route }: NonNullable<Case['request']>) => {
  return { number, severity, respondBy, route };
};
