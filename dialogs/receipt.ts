import type { EndedTalk } from './case.ts';
import { actorOf, historyLines } from './history.ts';
import { promise, toldTwice } from './promise.ts';
import { say } from './question.ts';
import type { Context, RequestRecord } from './question.ts';
import type { Reply } from './reply.ts';
import { contactLines } from './request-reply.ts';

/** What somebody keeps of their case: readable in the chat, and as JSON in a file. */

type Own = Extract<RequestRecord, { own: true }>;

const iso = (at: number): string => new Date(at).toISOString();

/** Name and value, where there is one. */
function fact(context: Context, key: string, value: string | null | undefined): string[] {
  return value ? [context.text('request.fact', { label: context.text(key), value })] : [];
}

/** The receipt of a request: what was filed and decided, what was promised, and what has happened since. */
export function receiptOf(record: Own, context: Context): Reply {
  const { request } = record;
  const { number, offering, customer, unverified } = request;
  const names = (unverified ?? []).map((one) => context.text(`unverified.${one}`)).join(context.text('list.join'));
  const talk = talkOf(number, context);
  const lines = [
    context.text('receipt.title', { number }),
    ...fact(context, 'review.offering', context.text(`offering.${offering}`)),
    ...fact(context, 'review.customer', customer?.name),
    ...fact(context, 'review.reference', customer?.reference),
    ...fact(context, 'receipt.state', context.text(`status.${request.state}`)),
    ...fact(context, 'review.severity', context.text(`severity.${request.severity}`)),
    ...fact(context, 'receipt.filed', toldTwice(context, iso(request.createdAt), offering)),
    ...fact(context, 'review.promise', promise(context, request, offering)),
    ...contactLines(record, context),
    ...fact(context, 'review.description', request.description),
    ...fact(context, 'review.impact', request.impact),
    ...fact(context, 'review.incident', request.incident),
    ...fact(context, 'review.entitlement', names === '' ? null : context.text('review.unverified', { facts: names })),
    context.text('receipt.history'),
    ...historyLines(record, context),
    ...(talk === null ? [] : [talkLine(talk, context)]),
  ];
  return {
    ...say(context, lines.join('\n\n'), { step: 'status', apart: true }),
    data: { about: { number, state: request.state, severity: request.severity } },
    file: { name: `${number}.json`, type: 'application/json', text: asText(requestFile(record, talk, context)) },
  };
}

/** The receipt of a talk that no request was filed in. */
export function talkReceipt(talk: EndedTalk, context: Context): Reply {
  const lines = [
    context.text('receipt.talk-title'),
    ...fact(context, 'review.description', talk.description),
    talkLine(talk, context),
  ];
  return {
    ...say(context, lines.join('\n\n'), { step: 'status', apart: true }),
    file: { name: 'conversation.json', type: 'application/json', text: asText({ conversation: talkFile(talk) }) },
  };
}

/** The talk with an agent that this request was about. */
function talkOf(number: string, { case: { ended } }: Context): EndedTalk | null {
  return ended?.number === number ? ended : null;
}

function talkLine({ at, agent, outcome }: EndedTalk, context: Context): string {
  const what = context.text(`ended.${outcome}`, { agent });
  return context.text('history.line', { time: toldTwice(context, iso(at)), what });
}

const talkFile = ({ at, agent, outcome, description, score }: EndedTalk) => ({
  endedAt: iso(at),
  agent,
  outcome,
  description,
  score,
});

/** Names that a program can rely on; instants are ISO, UTC, with the two clocks that the person was told. */
function requestFile({ request, events }: Own, talk: EndedTalk | null, context: Context) {
  const { number, state, offering, category, product, severity, proposedSeverity, respondBy, provisional } = request;
  const { description, impact, evidence, contact, entitlement, unverified, customer, incident, route, person } =
    request;
  return {
    number,
    state,
    offering,
    route,
    category,
    product,
    severity,
    proposedSeverity,
    evidence: evidence.map(({ text }) => text),
    filedAt: iso(request.createdAt),
    respondBy,
    respondByTold: respondBy === null ? null : toldTwice(context, respondBy, offering),
    provisional,
    description,
    impact: impact ?? null,
    contact,
    entitlement,
    unverified: unverified ?? [],
    customer: customer ?? null,
    incident: incident ?? null,
    history: events.map(({ at, kind, actor, data }) => ({
      at: iso(at),
      kind,
      by: actorOf({ actor, kind }, person),
      ...(typeof data['severity'] === 'string' && { severity: data['severity'] }),
      ...(kind === 'information-added' && typeof data['text'] === 'string' && { text: data['text'] }),
      ...(kind === 'severity-wished' && typeof data['reason'] === 'string' && { reason: data['reason'] }),
    })),
    conversation: talk === null ? null : talkFile(talk),
  };
}

const asText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
