import { z } from 'zod';
import { lineSchema } from '#src/desk/conversation-list.ts';
import { byUrgency, queueEntrySchema } from '#src/desk/queue-entry.ts';
import { get } from './call.ts';
import { lines, noteHeard, queue, refreshColleagues, type Line, type QueueEntry } from './office.ts';
import { keepSame } from './shelf.ts';

/** A newer server may tell more of a line than this page knows: that is no reason to show nothing. */
const queueSchema = z.array(queueEntrySchema.strip());
const linesSchema = z.array(lineSchema);

/** So many conversations are read by themselves; of more, everything is. */
const MOST_BY_THEMSELVES = 50;

/** What is to be read: everything, or these conversations; and who is there, where somebody got or gave up somebody. */
let everything = false;
let colleaguesToo = false;
/** Something that was asked for wasn't answered: whatever is read next, all of it is. */
let failed = false;
const named = new Set<string>();
let reading: Promise<void> | null = null;

/** Reads who waits, who has whom, and who is there, all of it: at the beginning, after a gap, and now and then. */
export function refreshFloor(): Promise<void> {
  everything = true;
  return run();
}

/** Reads what an event told of. `hands`: it changed hands. */
export function refreshTalks(changed: ReadonlyMap<string, { readonly hands: boolean }>): Promise<void> {
  for (const [id, { hands }] of changed) {
    named.add(id);
    colleaguesToo ||= hands;
  }
  return run();
}

/** One reading at a time, so that an older answer never takes the place of a newer one. */
function run(): Promise<void> {
  reading ??= readAll().finally(() => {
    reading = null;
    if (everything || named.size > 0) void run();
  });
  return reading;
}

async function readAll(): Promise<void> {
  while (everything || named.size > 0) {
    const ids = everything || failed || named.size > MOST_BY_THEMSELVES ? null : [...named];
    const withColleagues = ids === null || colleaguesToo;
    everything = false;
    failed = false;
    colleaguesToo = false;
    named.clear();
    const answers = await Promise.all([readFloor(ids), ...(withColleagues ? [refreshColleagues()] : [])]);
    const isFresh = answers.every(({ ok }) => ok);
    noteHeard(isFresh);
    if (isFresh) continue;
    failed = true;
    everything = false;
    named.clear();
    return;
  }
}

async function readFloor(ids: readonly string[] | null): Promise<{ ok: boolean }> {
  const only = ids?.map(encodeURIComponent).join();
  const [waiting, talks] = await Promise.all([
    get(`/desk/api/queue${only === undefined ? '' : `?ids=${only}`}`, queueSchema),
    get(`/desk/api/conversations?${only === undefined ? 'limit=500' : `ids=${only}`}`, linesSchema),
  ]);
  if (waiting.ok) {
    const next = ids === null ? waiting.value : merged(queue.get(), waiting.value, ids).toSorted(byUrgency);
    queue.set(keepSame(queue.get(), next, (one) => `${one.conversation} ${one.request ?? ''}`));
  }
  if (talks.ok) {
    const next = ids === null ? talks.value : merged(lines.get(), talks.value, ids).toSorted(byChange);
    lines.set(keepSame(lines.get(), next, ({ conversation }) => conversation));
  }
  return { ok: waiting.ok && talks.ok };
}

/** What was known of everybody else, and what was read of these: nothing, where they are gone. */
export function merged<T extends Pick<QueueEntry, 'conversation'>>(
  known: readonly T[],
  read: readonly T[],
  ids: readonly string[],
): readonly T[] {
  const asked = new Set(ids);
  return [...known.filter(({ conversation }) => !asked.has(conversation)), ...read];
}

/** As the server lists them: the latest change first. */
const byChange = (one: Line, other: Line): number =>
  one.changedAt === other.changedAt ? 0 : one.changedAt < other.changedAt ? 1 : -1;
