import type { Storage, Unit } from '#src/log/ports.ts';
import type { Visit } from './ports.ts';
import { unknownConversation } from './caller.ts';
import { shown } from './shown.ts';
import type { Shown } from './shown.ts';

/** A part of the log, as it goes out; `watermark` is the last seq that was looked at, seen or not. */
export interface Page {
  readonly activities: readonly Shown[];
  readonly watermark: number;
  /** There may be more behind it. */
  readonly full: boolean;
}

const ROWS = 100;

/** What the person may see after `watermark`. One that lies beyond the log's end counts as its end. 404: no such conversation. */
export async function readPage(storage: Storage, visit: Visit, watermark: number): Promise<Page> {
  const { rows, from } = await storage.transact(async (unit) => {
    const found = await unit.rows.list(visit.conversation, watermark, ROWS);
    return found.length > 0
      ? { rows: found, from: watermark }
      : { rows: [], from: Math.min(watermark, await endOf(visit, unit)) };
  });
  const activities = rows.map((row) => shown(row, visit)).filter((activity) => activity !== null);
  return { activities, watermark: rows.at(-1)?.seq ?? from, full: rows.length === ROWS };
}

async function endOf({ conversation }: Visit, unit: Unit): Promise<number> {
  const found = await unit.conversations.byId(conversation);
  if (!found) throw unknownConversation();
  return found.lastSeq;
}
