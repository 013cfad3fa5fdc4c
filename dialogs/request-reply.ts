import { actionsOn } from '#src/requests/actions.ts';
import type { Action } from '#src/requests/actions.ts';
import { withoutPersonalData } from '#src/intake/redact.ts';
import { toldTwice } from './promise.ts';
import { say } from './question.ts';
import type { Context, RequestRecord } from './question.ts';
import type { Choice, Reply } from './reply.ts';
import { requestLine } from './status.ts';

/** One request, shown with what may be done about it. */

/** What the person may do with it now. */
export function actionsFor({ own, request }: RequestRecord, { tools: { now, reopenDays } }: Context): Action[] {
  return actionsOn(request, own ? 'own' : 'colleague', { now, reopenDays });
}

export const choiceFor = (verb: string, number: string, context: Context, style?: Choice['style']): Choice => ({
  id: `${verb}:${number}`,
  label: context.text(`request.do.${verb}`),
  ...(style && { style }),
});

/** Something said about a request, with these choices under it; a message of its own, so that the question that stands keeps its own. */
export function aboutRequest(
  text: string,
  { request }: RequestRecord,
  choices: readonly Choice[],
  context: Context,
): Reply {
  const { number, state, severity } = request;
  return say(context, text, {
    step: 'status',
    apart: true,
    data: { about: { number, state, severity } },
    ...(choices.length > 0 && { choices, card: {} }),
  });
}

/** All that the person may know of it: how it stands, by when, how they are reached. */
export function requestCard(record: RequestRecord, context: Context): Reply {
  const { own, request } = record;
  const { number, offering } = request;
  const shown = own ? request : { ...request, description: withoutPersonalData(request.description) };
  const lines = [requestLine(shown, context), ...(own ? contactLines(record, context) : [])];
  const closed = own && request.closedAt !== undefined ? [closedLine(request.closedAt, offering, context)] : [];
  const choices = actionsFor(record, context).map((action) => choiceFor(action, number, context));
  return aboutRequest([...lines, ...closed].join('\n\n'), record, choices, context);
}

type Own = Extract<RequestRecord, { own: true }>;

/** How the agent gets back to them, with the time of a call. */
export function contactLines({ request: { contact, offering } }: Own, context: Context): string[] {
  const callback =
    contact.callbackAt === undefined
      ? ''
      : context.text('review.callback', { time: toldTwice(context, contact.callbackAt, offering) });
  const method = context.text(`contact-method.${contact.method}`);
  const value = [method, contact.phone, contact.email, callback, contact.secondContact].filter(Boolean).join(' · ');
  return [context.text('request.fact', { label: context.text('review.contact'), value })];
}

function closedLine(at: number, offering: Own['request']['offering'], context: Context): string {
  return context.text('request.closed-at', { time: toldTwice(context, new Date(at).toISOString(), offering) });
}
