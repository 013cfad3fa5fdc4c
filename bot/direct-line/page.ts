import type { LogRow, Unit } from '#src/log/ports.ts';
import { withAddresses } from './attachment.ts';
import { unknownConversation } from './caller.ts';
import type { DirectLineOptions, Visit } from './ports.ts';
import { shown } from './shown.ts';
import type { Shown } from './shown.ts';

/** Who reads, and where this server is for them. */
export interface Reader {
  readonly visit: Visit;
  readonly place: string;
}

/** A part of the log, as it goes out; `watermark` is the last seq that was looked at, seen or not. */
export interface Page {
  readonly activities: readonly Shown[];
  readonly watermark: number;
  /** There may be more behind it. */
  readonly full: boolean;
}

type PageOptions = Pick<DirectLineOptions, 'storage' | 'tokens'>;

const ROWS = 100;

/** What the person may see after `watermark`. One that lies beyond the log's end counts as its end. 404: no such conversation. */
export async function readPage(reader: Reader, watermark: number, options: PageOptions): Promise<Page> {
  const { conversation } = reader.visit;
  const { rows, from } = await options.storage.transact(async (unit) => {
    const found = await unit.rows.list(conversation, watermark, ROWS);
    return { rows: found, from: found.length > 0 ? watermark : Math.min(watermark, await endOf(conversation, unit)) };
  });
  const activities: Shown[] = [];
  for (const row of rows) {
    const activity = await activityOf(row, reader, options);
    if (activity) activities.push(activity);
  }
  return { activities, watermark: rows.at(-1)?.seq ?? from, full: rows.length === ROWS };
}

async function activityOf(row: LogRow, { visit, place }: Reader, options: PageOptions): Promise<Shown | null> {
  const activity = shown(row, visit);
  const hasFiles = row.body['attachments'] !== undefined;
  return activity && hasFiles ? withAddresses(activity, visit, place, options) : activity;
}

async function endOf(conversation: string, unit: Unit): Promise<number> {
  const found = await unit.conversations.byId(conversation);
  if (!found) throw unknownConversation();
  return found.lastSeq;
}
