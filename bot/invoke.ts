import type { Answer } from '#src/http/call.ts';
import type { InboundActivity } from './inbound.ts';
import type { Receipt } from './reception.ts';

/**
 * What an invoke is answered in the same HTTP response, after the commit. Teams shows an error to the person where it gets
 * none. A card's action gets a short message; the conversation goes on with the replies, which come as messages.
 */
export function invokeAnswer(activity: InboundActivity, receipt: Receipt): Answer {
  switch (activity.name) {
    case 'adaptiveCard/action': {
      const text = receipt.rows.map(({ body }) => body['text']).find((words) => typeof words === 'string');
      const value = typeof text === 'string' ? text : 'OK';
      return { status: 200, json: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value } };
    }
    // No sign-in card is ever shown, so there is nothing to exchange: 412 tells Teams to fall back quietly.
    case 'signin/tokenExchange':
    case 'signin/verifyState':
      return { status: 412, json: {} };
    default:
      return { status: 501, json: {} };
  }
}
