import type { Delivery, LogRow } from '#src/log/ports.ts';
import { isUnsent } from '#src/log/turn.ts';
import type { End } from './courier.ts';

/** What is to be written at a row that ended so; null: nothing. One that was on its way at a crash may have come twice. */
export function markOf(end: End, mayHaveGone: boolean): Delivery | null {
  switch (end) {
    case 'sent':
      return mayHaveGone ? 'uncertain' : null;
    case 'stopped':
      return mayHaveGone ? null : 'queued';
    case 'uncertain':
    case 'failed':
    case 'dropped':
      return end;
  }
}

/** Ids by which the house itself tells rows apart; the channel knows such a row by the id in its activity, or not at all. */
const OUR_IDS = /^(?:carried|change|file|sign-in):/;

export function channelIdOf({ sourceId, body }: LogRow): string | null {
  if (sourceId === null || !OUR_IDS.test(sourceId)) return sourceId;
  return typeof body['id'] === 'string' ? body['id'] : null;
}

export const isQueuedBots = ({ role, delivery }: LogRow): boolean => role === 'bot' && delivery === 'queued';

/** From the first to the last of them. */
export const rangeOf = (conversation: string, rows: readonly LogRow[]) => ({
  conversation,
  from: rows[0]?.seq ?? 0,
  to: rows.at(-1)?.seq ?? 0,
});

export const isAgents = (row: LogRow): boolean => row.role === 'agent' && isUnsent(row);
