import { createHash } from 'node:crypto';
import type { LogRow, Unit } from '#src/log/ports.ts';
import { storedActivity } from '../inbound.ts';
import type { InboundActivity } from '../inbound.ts';
import { wordsOf } from '../words-of.ts';

/** So many rows after a message are looked through for what became of it. */
const LOOK_AHEAD = 100;

/** A change has the id of the message that was changed: told apart by what was changed, and when. */
export function sourceIdOf({ type, id, text, channelData, ...activity }: InboundActivity): string | null {
  if (id === undefined || (type !== 'messageUpdate' && type !== 'messageDelete')) return id ?? null;
  const parts = [id, type, channelData?.['eventType'], text, activity['timestamp']];
  return `change:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}

/** The words that a message had before `change`; undefined where it is no message of the person's. */
export async function textBefore(change: LogRow, original: LogRow, unit: Unit): Promise<string | undefined> {
  const first = storedActivity(original);
  if (original.direction !== 'in' || first.type !== 'message') return undefined;
  const later = await unit.rows.list(original.conversation, original.seq, LOOK_AHEAD);
  const edits = later
    .filter(({ direction, seq }) => direction === 'in' && seq < change.seq)
    .map(storedActivity)
    .filter(({ type, id }) => type === 'messageUpdate' && id === first.id);
  return wordsOf(edits.at(-1) ?? first);
}
