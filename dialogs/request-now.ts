import type { ServiceRequest } from '#src/requests/request.ts';
import { newCase } from './case.ts';
import { contextOf } from './context.ts';
import { formatInstant, knownZone } from './instant.ts';
import { say } from './question.ts';
import type { Tools, World } from './question.ts';
import type { Reply } from './reply.ts';
import { requestCard } from './request-card.ts';
import { choiceFor } from './request-reply.ts';

export interface Reader {
  readonly language: Reply['language'];
  readonly timeZone: string | undefined;
}

/** Nobody needs to be asked for what storage already told. */
const unasked = (): never => {
  throw new Error('a card of a request asks nobody');
};
const NO_WORLD: World = {
  facts: unasked,
  incidents: unasked,
  requests: unasked,
  colleagues: unasked,
  record: unasked,
  queue: unasked,
};

const LONGEST_TEXT = 300;

/** The request as it stands at `tools.now`, for somebody who looks at its card again. */
export function requestNow(request: ServiceRequest, { language, timeZone }: Reader, tools: Tools): Reply {
  const fresh = newCase(language, knownZone(timeZone), null);
  const context = contextOf({ ...fresh, stated: { offering: request.offering } }, tools, NO_WORLD);
  const zone =
    fresh.timeZone ?? tools.rules.offerings[request.offering].zone?.value ?? request.contact.timeZone ?? 'UTC';
  const at = (instant: number): string => formatInstant(new Date(instant).toISOString(), zone, language);
  const letters = Array.from(request.description);
  const description = letters.slice(0, LONGEST_TEXT).join('') + (letters.length > LONGEST_TEXT ? '…' : '');
  const card = requestCard(request, context, [
    { label: context.text('card.filed'), value: at(request.createdAt) },
    { label: context.text('review.description'), value: description },
  ]);
  const text = `${request.number} · ${context.text(`status.${request.state}`)}`;
  return say(context, text, {
    step: 'status',
    // By its number: what the conversation is about now may be another matter.
    choices: [choiceFor('receipt', request.number, context)],
    card: { ...card, footer: context.text('card.as-of', { time: at(tools.now) }) },
    data: { request: { number: request.number } },
  });
}
