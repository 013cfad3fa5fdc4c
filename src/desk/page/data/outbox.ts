import { z } from 'zod';
import { change } from './call.ts';
import { keep, kept } from './keep.ts';
import { Shelf } from './shelf.ts';

/** Something the agent sent and the log doesn't show yet. `id` is its own: sent again it is the same message. */
const letterSchema = z.object({
  id: z.string(),
  kind: z.enum(['message', 'note']),
  text: z.string(),
  at: z.number(),
  /** What the server said no with; '' while it is on its way. */
  refused: z.string(),
  /** No answer came at least once. */
  again: z.boolean(),
  /** Its row, once it is in the log. */
  seq: z.number().nullable(),
});
export type Letter = z.infer<typeof letterSchema>;

const seqSchema = z.object({ seq: z.number().int() });
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * What an agent sends in one conversation: in order, each until the server has it. Where no answer came, the same id goes
 * again, so nothing is said twice. It lives in the tab, so a reload or signing in anew loses nothing.
 */
export class Outbox {
  readonly letters: Shelf<readonly Letter[]>;
  readonly #conversation: string;
  readonly #arrived: () => void;
  #running = false;
  /** Ends the pause between two attempts. */
  #wake: () => void = () => undefined;

  constructor(conversation: string, arrived: () => void) {
    this.#conversation = conversation;
    this.#arrived = arrived;
    this.letters = new Shelf(readKept(keyOf(conversation)));
    this.letters.subscribe(() => {
      const open = this.letters.get().filter(({ seq }) => seq === null);
      keep(keyOf(conversation), open.length === 0 ? '' : JSON.stringify(open), 'tab');
    });
  }

  add(kind: Letter['kind'], text: string): void {
    const letter: Letter = {
      id: crypto.randomUUID(),
      kind,
      text,
      at: Date.now(),
      refused: '',
      again: false,
      seq: null,
    };
    this.letters.change((all) => [...all, letter]);
    void this.run();
  }

  /** Takes a refused one out, e.g. back into the composer. */
  drop(id: string): void {
    this.letters.change((all) => all.filter((each) => each.id !== id));
  }

  /** The log shows everything up to `seq` now. */
  shown(seq: number): void {
    const all = this.letters.get();
    const rest = all.filter((each) => each.seq === null || each.seq > seq);
    if (rest.length < all.length) this.letters.set(rest);
  }

  /** Sends what waits; also after signing in anew. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let wait = FIRST_WAIT_MS; ;) {
        const next = this.letters.get().find(({ refused, seq }) => refused === '' && seq === null);
        if (!next) return;
        const outcome = await this.#send(next);
        if (outcome === 'stop') return;
        if (outcome === 'done') wait = FIRST_WAIT_MS;
        else {
          await this.#pause(wait);
          wait = Math.min(wait * 2, LONGEST_WAIT_MS);
        }
      }
    } finally {
      this.#running = false;
    }
  }

  /** The server is heard again: what waits goes now. */
  wake(): void {
    this.#wake();
    void this.run();
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #send({ id, kind, text }: Letter): Promise<'done' | 'again' | 'stop'> {
    const path = `/desk/api/conversations/${encodeURIComponent(this.#conversation)}/${kind}s`;
    const done = await change('POST', path, seqSchema, { id, text });
    if (done.ok) {
      this.#mark(id, { seq: done.value.seq });
      this.#arrived();
      return 'done';
    }
    if (done.why === 'signed-out') return 'stop';
    this.#mark(id, done.why === 'refused' ? { refused: done.code || 'refused' } : { again: true });
    return done.why === 'refused' ? 'done' : 'again';
  }

  #mark(id: string, news: Partial<Letter>): void {
    this.letters.change((all) => all.map((each) => (each.id === id ? { ...each, ...news } : each)));
  }
}

const keyOf = (conversation: string): string => `frontdesk.outbox.${conversation}`;

function readKept(key: string): readonly Letter[] {
  try {
    return z.array(letterSchema).parse(JSON.parse(kept(key, 'tab') || '[]'));
  } catch {
    // Of another version of this page.
    return [];
  }
}
