import type { ServiceRequest } from '#src/requests/request.ts';
import { promise, toldTwice } from './promise.ts';
import type { Context } from './question.ts';
import type { CardModel, Fact } from './reply.ts';

/** A filed request on a card: what is looked at again, so that it says how the request stands now. */

type Shown = Pick<ServiceRequest, 'number' | 'severity' | 'state' | 'respondBy' | 'provisional'>;

export function requestCard(request: Shown, context: Context, more: readonly Fact[] = []): CardModel {
  const { number, severity, state, respondBy, provisional } = request;
  const isPromise = respondBy !== null && !provisional;
  const awaited: Fact[] =
    state === 'open'
      ? [
          {
            label: context.text('review.promise'),
            value: isPromise ? toldTwice(context, respondBy) : promise(context, request),
          },
        ]
      : [];
  return {
    title: number,
    tone: state === 'open' ? 'good' : 'default',
    facts: [
      { label: context.text('card.state'), value: context.text(`card.state.${state}`) },
      { label: context.text('review.severity'), value: context.text(`severity.${severity}`) },
      ...awaited,
      ...more,
    ],
  };
}
