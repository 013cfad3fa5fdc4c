import type { Reason } from '#src/handoff/standing.ts';
import { eventOf } from '#src/handoff/standing.ts';
import type { Turn } from '#src/log/turn.ts';

/**
 * Writes a change of hands to the log in the words of the Bot Framework's protocol, with its reason: `handoff.initiate` with
 * the context, `handoff.status` with what became of it. The transcript is the log up to here; it is attached when the event
 * is read (`transcriptUntil`), so it is kept once.
 */
export function tellHandoff(turn: Turn, reason: Reason, more: Readonly<Record<string, unknown>> = {}): void {
  const { id, language, offering, epoch, agent, lastSeq } = turn.conversation;
  const { name, state } = eventOf(reason);
  const context = { conversation: id, language, offering, transcriptUntil: lastSeq };
  const value = state === null ? { ...context, reason, epoch, ...more } : { state, reason, epoch, agent, ...more };
  turn.say('system', { type: 'event', name, value }, null);
}
