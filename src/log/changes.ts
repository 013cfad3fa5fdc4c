import type { LogRow } from './ports.ts';

/** What became of a message after it was said: the log keeps both, and an agent sees which one counts. */
export interface Change {
  readonly state: 'edited' | 'deleted';
  /** The words as they were last. */
  readonly text: string;
}

type Row = Pick<LogRow, 'seq' | 'sourceId' | 'direction' | 'body'>;

const textOf = ({ body }: Row): string => (typeof body['text'] === 'string' ? body['text'] : '');

/** By the seq of the message: those of `rows` that the person changed or took back, as later ones of `rows` tell. */
export function changesOf(rows: readonly Row[]): ReadonlyMap<number, Change> {
  const messages = new Map<unknown, Row>();
  const changes = new Map<number, Change>();
  for (const row of rows) {
    if (row.direction !== 'in') continue;
    const { type, id } = row.body;
    if (type === 'message') messages.set(row.sourceId, row);
    const message = messages.get(id);
    if (!message || (type !== 'messageUpdate' && type !== 'messageDelete')) continue;
    const before = changes.get(message.seq)?.text ?? textOf(message);
    const text = type === 'messageUpdate' ? textOf(row) : before;
    if (type === 'messageDelete') changes.set(message.seq, { state: 'deleted', text });
    else if (text === textOf(message)) changes.delete(message.seq);
    else changes.set(message.seq, { state: 'edited', text });
  }
  return changes;
}
