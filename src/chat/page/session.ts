/** The conversation that a reload or a second tab takes up again. */
export interface Session {
  readonly token: string;
  readonly conversationId: string;
  readonly userId: string;
  /** Epoch milliseconds at which the token ends, and how long a fresh one lives. */
  readonly expiresAt: number;
  readonly lifetime: number;
  /** The conversation was opened: from now on it is resumed, never started (no second welcome). */
  readonly started: boolean;
  /** A host page proved who this is: nobody else goes on with it. */
  readonly identified?: boolean;
}

export interface SessionKeeper {
  /** Resolves when `load` can answer. */
  ready(): Promise<void>;
  load(): Session | undefined;
  save(session: Session): void;
  forget(): void;
}

/** A host page that keeps a text for this one while its tab lives. */
interface Keeping {
  tell(notice: { type: 'frontdesk:keep'; kept: string | null }): void;
  recall(): Promise<string | undefined>;
}

/**
 * Keeps the session of one person (sample id, or '' for a visitor) in localStorage, so that tabs share it. Browsers block
 * that in a frame on somebody else's site: there the host page keeps it for its tab; without one it lives as long as the page.
 */
export function sessionKeeper(person: string, host: Keeping | undefined): SessionKeeper {
  const key = `frontdesk.session.${person}`;
  let held: Session | undefined;
  const isBlocked = !attempt(() => localStorage.getItem(key));
  const keep = (session: Session | undefined) => {
    held = session;
    host?.tell({ type: 'frontdesk:keep', kept: session ? JSON.stringify(session) : null });
  };
  return isBlocked
    ? {
        ready: async () => void (held ??= readSession(await host?.recall())),
        load: () => held,
        save: keep,
        forget: () => keep(undefined),
      }
    : {
        ready: () => Promise.resolve(),
        load: () => readSession(localStorage.getItem(key)),
        save: (session) => void attempt(() => localStorage.setItem(key, JSON.stringify(session))),
        forget: () => void attempt(() => localStorage.removeItem(key)),
      };
}

function readSession(text: string | null | undefined): Session | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isSession(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSession(value: unknown): value is Session {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Record<string, unknown> = { ...value };
  const texts = ['token', 'conversationId', 'userId'].every((name) => typeof fields[name] === 'string');
  return (
    texts &&
    Number.isFinite(fields.expiresAt) &&
    Number.isFinite(fields.lifetime) &&
    typeof fields.started === 'boolean'
  );
}

/** Whether it worked: storage may be blocked or full. */
function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
