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
  load(): Session | undefined;
  save(session: Session): void;
  forget(): void;
}

/**
 * Keeps the session of one person (sample id, or '' for a visitor) in localStorage, so that tabs share it. Where storage
 * is blocked (private windows, third-party frames) the conversation lives as long as the page.
 */
export function sessionKeeper(person: string): SessionKeeper {
  const key = `frontdesk.session.${person}`;
  return {
    load: () => read(key),
    save: (session) => attempt(() => localStorage.setItem(key, JSON.stringify(session))),
    forget: () => attempt(() => localStorage.removeItem(key)),
  };
}

function read(key: string): Session | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
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

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // Storage is blocked or full: nothing is lost but the resume.
  }
}
