type Listener = () => void;

/**
 * Wakes the readers of a conversation after a commit. It carries no rows: a reader is a cursor and reads the log, so a
 * wake-up that gets lost costs time, never a message.
 */
export class Watchers {
  readonly #listeners = new Map<string, Set<Listener>>();

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

  wake(conversation: string): void {
    for (const listener of this.#listeners.get(conversation) ?? []) listener();
  }
}
