import type { Delivery, LogRow } from '#src/log/ports.ts';
import { isUnsent } from '#src/log/turn.ts';
import type { End } from './courier.ts';

/** Rows of a conversation that are to be sent, as they were handed in or found. */
export interface Batch {
  readonly rows: readonly LogRow[];
  /** The first that isn't sent yet: at a crash just that one can have been on its way. */
  readonly first: LogRow | undefined;
  /** It was marked as on its way by the look that found it. */
  readonly isMarked: boolean;
  /** It may have been on its way when a process died. */
  readonly mayHaveGone: boolean;
}

export const handedIn = (rows: readonly LogRow[]): Batch => {
  return { rows, first: rows.find(isUnsent), isMarked: false, mayHaveGone: false };
};

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

export const isAgents = (row: LogRow): boolean => row.role === 'agent' && isUnsent(row);
