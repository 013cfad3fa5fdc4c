import { useSyncExternalStore } from 'react';

/** The server's clock, as its answers tell it: an agent's computer may be minutes off, and a promise must not be. */
let offset = 0;
/** Seconds that a `Date` header may be off by rounding and the way here: less than that is no difference of clocks. */
const BLUR_MS = 2_000;

/** Takes the `Date` header of an answer that was asked for at `sentAt` and came at `heardAt`. */
export function hearDate(header: string | null, sentAt: number, heardAt: number): void {
  const told = Date.parse(header ?? '');
  if (Number.isNaN(told) || heardAt - sentAt > BLUR_MS) return;
  const found = told + 500 - (sentAt + heardAt) / 2;
  offset = Math.abs(found) > BLUR_MS ? found : 0;
}

/** Now, by the server's clock. */
export const serverNow = (): number => Date.now() + offset;

const TICK_MS = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((each) => each()), TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** What `read` makes of the time. Whoever uses it is drawn again only when that text changes, not every second. */
export function useClock(read: (now: number) => string): string {
  return useSyncExternalStore(subscribe, () => read(serverNow()));
}
