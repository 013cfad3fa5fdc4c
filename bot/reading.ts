import type { Case } from '#dialogs/case.ts';
import { converse, signedIn } from '#dialogs/converse.ts';
import type { Outcome } from '#dialogs/outcome.ts';
import type { Tools, World } from '#dialogs/question.ts';
import type { Reply } from '#dialogs/reply.ts';
import { beforeLast, reread, tooLate } from '#dialogs/reread.ts';
import { quoteOf } from '#dialogs/shared.ts';
import type { LogRow, Unit } from '#src/log/ports.ts';
import { filesSent } from './inbound.ts';
import type { FileEnd, InboundActivity, Meaning } from './inbound.ts';
import { carriedFrom } from './teams/carry.ts';
import { textBefore } from './teams/changed.ts';

/** An inbound row whose turn runs now. */
export interface Heard {
  row: LogRow;
  activity: InboundActivity;
  meaning: Meaning;
  now: number;
  /** Its deeds are being written. */
  began: boolean;
}

/** How a row is read: what the dialogs are asked, and the message that may be changed afterwards (null: no message). */
export interface Read {
  readonly seq: number | null;
  /** The case that it is read with. */
  readonly before: Case;
  readonly run: (world: World) => Outcome;
}

/** null: nothing is to be said to it. */
export async function readingOf({ row, meaning }: Heard, stored: Case, tools: Tools, unit: Unit): Promise<Read | null> {
  if (meaning.kind === 'signed-in')
    return { seq: null, before: stored, run: (world) => signedIn(stored, tools, world) };
  if (meaning.kind === 'file' || meaning.kind === 'files') {
    const replies = [
      meaning.kind === 'file' ? became(stored, meaning, tools) : keptFiles(stored, meaning.names, tools),
    ];
    return { seq: null, before: stored, run: () => ({ case: stored, replies, deeds: [] }) };
  }
  if (meaning.kind !== 'edit') {
    const input = meaning.kind === 'input' ? meaning.input : null;
    const seq = input === null ? null : row.seq;
    return { seq, before: stored, run: (world) => converse(stored, input, tools, world) };
  }
  const original = await unit.rows.bySource(row.conversation, meaning.of);
  const text = original && (await textBefore(row, original, unit));
  if (original === undefined || text === undefined || text === meaning.text) return null;
  const before = original.seq === stored.last?.seq ? beforeLast(stored, tools) : null;
  if (before === null) return { seq: null, before: stored, run: () => tooLate(stored, tools) };
  return { seq: original.seq, before, run: (world) => reread(before, meaning.text, tools, world) };
}

/** What became of a file that was sent; the question stands as it stood. */
function became(
  { language }: Pick<Case, 'language'>,
  { name, end }: { name: string; end: FileEnd },
  { phrases, mostFileMb = 5 }: Pick<Tools, 'phrases' | 'mostFileMb'>,
): Reply {
  return { language, format: 'plain', text: phrases.text(language, `file.${end}`, { name, size: mostFileMb }) };
}

/** Files that came with the message are kept: whoever sends one is not left to wonder. */
function keptFiles({ language }: Pick<Case, 'language'>, names: readonly string[], tools: Tools): Reply {
  const name = new Intl.ListFormat(language).format(names);
  return became({ language }, { name, end: 'added' }, tools);
}

/** Before the answer: to which words it is one, where they were said elsewhere; and that what came with them is kept. */
export function leadIn({ activity, meaning }: Heard, { case: known }: Outcome, tools: Tools): Reply[] {
  const from = carriedFrom(activity);
  const quote = from === null ? [] : [quoteOf(activity.text ?? '', from, known.language, tools)];
  const names = meaning.kind === 'input' ? filesSent(activity) : [];
  return names.length === 0 ? quote : [...quote, keptFiles(known, names, tools)];
}
