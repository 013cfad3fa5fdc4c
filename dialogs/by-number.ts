import { say } from './question.ts';
import type { Context, Input, Reading } from './question.ts';
import { requestLine } from './status.ts';

/** The shape of a request's number; only where a text holds one are the person's requests looked up. */
const NUMBER = /[a-z]{2}-[0-9a-z]{4}-[0-9a-z]{4}/i;

/**
 * A text that names one of the person's own requests adds to it, at any step; the number alone asks how it stands. Null where
 * no such request is named: another's number is only a word.
 */
export function addedByNumber(input: Input, context: Context): Pick<Reading, 'notes' | 'deeds'> | null {
  if (input.kind !== 'text') return null;
  const text = input.text.trim();
  const named = text.normalize('NFKC').toUpperCase();
  if (!NUMBER.test(named)) return null;
  const request = context.world.requests().find(({ number }) => named.includes(number));
  if (!request) return null;
  const { number } = request;
  if (named.length <= number.length + 2) return { notes: [say(context, requestLine(request, context))] };
  const note = say(context, context.text('similar.added', { number }));
  return { notes: [note], deeds: [{ kind: 'add-information', number, text, by: null }] };
}
