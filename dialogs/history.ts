import type { EventKind, RequestEvent } from '#src/requests/request.ts';
import { toldIn } from './promise.ts';
import type { Context, RequestRecord } from './question.ts';

/** A request's history in plain words: when, and what, but nothing that agents wrote for one another. */

const LONGEST = 200;

const textOf = (data: RequestEvent['data'], key: string): string => {
  const value = data[key];
  if (typeof value !== 'string') return '';
  const letters = Array.from(value.replace(/\s+/gu, ' ').trim());
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : letters.join('');
};

/** Who did it, as the person may know it. */
export function actorOf(
  { actor, kind }: Pick<RequestEvent, 'actor' | 'kind'>,
  person: string,
): 'you' | 'colleague' | 'agent' {
  if (actor === 'customer' || actor === person || kind === 'filed' || kind === 'withdrawn') return 'you';
  return actor === 'colleague' ? 'colleague' : 'agent';
}

function what(event: RequestEvent, person: string, context: Context): string {
  const { kind, data } = event;
  const who = actorOf(event, person);
  const level = textOf(data, 'severity');
  const words: Record<EventKind, () => string> = {
    filed: () => context.text('history.filed', { level }),
    'information-added': () => context.text(`history.information-added.${who}`, { text: textOf(data, 'text') }),
    'severity-changed': () => context.text(`history.severity-changed.${who === 'agent' ? 'agent' : 'you'}`, { level }),
    'severity-wished': () => context.text('history.severity-wished', { level, text: textOf(data, 'reason') }),
    closed: () => context.text('history.closed'),
    withdrawn: () => context.text('history.withdrawn'),
    reopened: () => context.text(`history.reopened.${who === 'agent' ? 'agent' : 'you'}`),
  };
  return words[kind]();
}

/** One line per event, the oldest first. */
export function historyLines({ request, events }: Extract<RequestRecord, { own: true }>, context: Context): string[] {
  return events.map((event) =>
    context.text('history.line', {
      time: toldIn(context, new Date(event.at).toISOString(), request.offering),
      what: what(event, request.person, context),
    }),
  );
}
