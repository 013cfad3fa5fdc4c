import type { Answer, Call } from '#src/http/call.ts';
import { callerOf } from './caller.ts';
import type { DirectLineOptions } from './ports.ts';
import { addressOf, readSaid } from './said.ts';
import { activityId } from './watermark.ts';
import { withChoice } from './choice.ts';

/** `POST /conversations/:id/activities`: what the person says. Answered when it is in the log for good, with its id there. */
export async function say(call: Call, options: DirectLineOptions): Promise<Answer> {
  const { visit } = await callerOf(call, options.tokens);
  await options.rates.message(visit.user);
  const { activity, clientId } = readSaid(call.json, visit);
  const known = await withChoice(activity, visit, options.storage);
  if (activity.type === 'typing') {
    // An agent may see it; it is in no log, and an id out of no log can't be mistaken for one in it.
    options.typing.customer(visit.conversation);
    return { status: 200, json: { id: `${visit.conversation}|typing` } };
  }
  const receipt = await options.reception.take(addressOf(visit), known, sourceOf(clientId));
  return { status: 200, json: { id: activityId(visit.conversation, receipt.seq) } };
}

/** A client's own ids are kept apart from ours (see `start`). */
export function sourceOf(clientId: string | null): string | null {
  return clientId === null ? null : `client:${clientId}`;
}
