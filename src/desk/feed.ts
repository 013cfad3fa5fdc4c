import type { Conversation, Storage } from '#src/log/ports.ts';
import type { Watchers } from '#src/log/watchers.ts';

export interface FeedOptions {
  readonly storage: Storage;
  readonly watchers: Watchers;
  readonly clock: () => number;
  readonly failed: (error: unknown) => void;
  /** Milliseconds between two looks at what other instances wrote. */
  readonly every?: number;
}

/** What changed for the desk; `id` is the instant to resume from, and says nothing else. */
export interface DeskChange {
  readonly id: number;
  readonly conversation: Conversation;
}
type Listener = (change: DeskChange) => void;

const EVERY_MS = 1_000;
/** A burst of commits is told in one look. */
const GATHER_MS = 20;
const PAGE = 500;
/**
 * Commits may come a little out of the order of their instants, more so between instances with clocks of their own: so much
 * is read again, and what was told already is passed over.
 */
const OVERLAP_MS = 5_000;

/**
 * Tells the desks what changed, each change once: a cursor over the conversations, woken after commits and looking by itself
 * for what other instances wrote. It reads only while somebody listens.
 */
export class Feed {
  readonly #options: FeedOptions;
  readonly #listeners = new Set<Listener>();
  /** What was told lately: conversation → its state then. */
  readonly #told = new Map<string, { at: number; mark: string }>();
  #cursor = 0;
  #timer: NodeJS.Timeout | undefined;
  #due = 0;
  #unwatch: (() => void) | undefined;
  #looking = false;
  #again = false;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Tells `listener` every change from now on, and, where `since` is given, what changed since that instant. */
  listen(listener: Listener, since: number | null): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#begin();
    if (since !== null) void this.#catchUp(listener, since);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.stop();
    };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #begin(): void {
    this.#cursor = this.#options.clock();
    this.#told.clear();
    this.#unwatch = this.#options.watchers.watchAll(() => this.#soon(GATHER_MS));
    this.#soon(this.#options.every ?? EVERY_MS);
  }

  /** Looks in `ms` milliseconds, or sooner where that was arranged already. */
  #soon(ms: number): void {
    const due = performance.now() + ms;
    if (this.#looking || (this.#timer !== undefined && this.#due <= due)) {
      this.#again ||= this.#looking;
      return;
    }
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => void this.#look(), ms).unref();
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    this.#looking = true;
    try {
      for (const conversation of await this.#changes(this.#cursor - OVERLAP_MS)) this.#tell(conversation);
      this.#forget();
    } catch (error) {
      // Nothing is lost: the next look begins at the same place.
      this.#options.failed(error);
    } finally {
      this.#looking = false;
      const again = this.#again;
      this.#again = false;
      if (this.#listeners.size > 0) this.#soon(again ? GATHER_MS : (this.#options.every ?? EVERY_MS));
    }
  }

  #tell(conversation: Conversation): void {
    const at = conversation.deskAt ?? 0;
    const mark = `${at}:${conversation.version}`;
    if (this.#told.get(conversation.id)?.mark === mark) return;
    this.#told.set(conversation.id, { at, mark });
    this.#cursor = Math.max(this.#cursor, at);
    for (const listener of this.#listeners) listener({ id: at, conversation });
  }

  #forget(): void {
    for (const [id, { at }] of this.#told) if (at < this.#cursor - 2 * OVERLAP_MS) this.#told.delete(id);
  }

  async #catchUp(listener: Listener, since: number): Promise<void> {
    try {
      for (const conversation of await this.#changes(since - OVERLAP_MS)) {
        if (!this.#listeners.has(listener)) return;
        listener({ id: conversation.deskAt ?? 0, conversation });
      }
    } catch (error) {
      this.#options.failed(error);
    }
  }

  async #changes(since: number): Promise<Conversation[]> {
    const { storage } = this.#options;
    const all = new Map<string, Conversation>();
    for (let from = since; ;) {
      const start = from;
      const page = await storage.transact((unit) => unit.conversations.deskChanges(start, PAGE));
      for (const conversation of page) all.set(conversation.id, conversation);
      if (page.length < PAGE) return [...all.values()];
      // A page that holds one instant only: go on behind it, since more than a page can't have changed in a millisecond.
      from = Math.max(page.at(-1)?.deskAt ?? start, start + 1);
    }
  }
}
