type Listener = () => void;
type AllListener = (conversation: string) => void;

/**
 * Wakes the readers of a conversation after a commit. It carries no rows: a reader is a cursor and reads the log, so a
 * wake-up that gets lost costs time, never a message.
 */
export class Watchers {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #ofAll = new Set<AllListener>();

  /** Calls `listener` after every commit of the conversation, until the returned function is called. */
  watch(conversation: string, listener: Listener): () => void {
    let listeners = this.#listeners.get(conversation);
    if (!listeners) this.#listeners.set(conversation, (listeners = new Set()));
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(conversation) === listeners) this.#listeners.delete(conversation);
    };
  }

  /** Calls `listener` after every commit of any conversation, until the returned function is called. */
  watchAll(listener: AllListener): () => void {
    this.#ofAll.add(listener);
    return () => this.#ofAll.delete(listener);
  }

  wake(conversation: string): void {
    for (const listener of this.#ofAll) listener(conversation);
    for (const listener of this.#listeners.get(conversation) ?? []) listener();
  }
}
