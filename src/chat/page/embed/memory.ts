/** What the host page remembers for its tab: the pane's state, and what the chat page may not keep itself in a frame. */
const OPEN_KEY = 'frontdesk.open';
const SESSION_KEY = 'frontdesk.session';

/** An open pane stays open on the host's next page, as the conversation does. */
export function keepOpen(open: boolean): void {
  write(OPEN_KEY, open ? '1' : '');
}

export function wasOpen(): boolean {
  return read(OPEN_KEY) === '1';
}

export function keepSession(kept: string | null): void {
  write(SESSION_KEY, kept ?? '');
}

export function keptSession(): string | null {
  return read(SESSION_KEY) || null;
}

function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Storage is blocked: everything begins anew with the next page.
  }
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
