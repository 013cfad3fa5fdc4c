import { whyNot, type Heard } from '../data/call.ts';
import type { PromiseView } from '../data/ledger.ts';
import type { DeskWord, DeskWords } from '../words.tsx';

/** What the parts of a ledger share: whose promises they are, and whom to tell that something was done. */
export interface Owed {
  readonly request: string;
  /** Something can still be promised. */
  readonly isOpen: boolean;
  /** The customer's own zone; null where it isn't known. */
  readonly zone: string | null;
  readonly nameOf: (id: string) => string;
  /** Tells the agent what came of it, and reads the ledger again. */
  readonly onDone: (done: Heard<PromiseView>, said: DeskWord) => Promise<void>;
}

/** Why nothing was promised or noted. */
export function refusedText(done: Extract<Heard<unknown>, { ok: false }>, words: DeskWords): string {
  const code = whyNot(done);
  const text = words.of('desk.promise.refused.', code);
  return text === code ? words('desk.refused.silent') : text;
}
