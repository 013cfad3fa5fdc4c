import type { Answer } from '#src/http/call.ts';
import { pressed, type CardOptions } from './cards/invoked.ts';
import type { InboundActivity } from './inbound.ts';
import type { Receipt } from './reception.ts';

/**
 * What an invoke is answered in the same HTTP response, after the commit. Teams shows an error to the person where it gets
 * none. A card's action gets a card in its place; the conversation goes on with the replies, which come as messages.
 */
export function invokeAnswer(
  activity: InboundActivity,
  receipt: Receipt,
  options: CardOptions,
): Answer | Promise<Answer> {
  switch (activity.name) {
    case 'adaptiveCard/action':
      return pressed(activity, receipt, options);
    // No sign-in card is ever shown, so there is nothing to exchange: 412 tells Teams to fall back quietly.
    case 'signin/tokenExchange':
    case 'signin/verifyState':
      return { status: 412, json: {} };
    default:
      return { status: 501, json: {} };
  }
}
