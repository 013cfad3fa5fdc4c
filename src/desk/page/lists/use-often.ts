import { useEffect } from 'react';

const EVERY_MS = 15_000;

/** Reads at once and then again and again, as long as somebody looks. `read` must stay the same one. */
export function useOften(read: () => Promise<unknown>): void {
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => clearInterval(timer);
  }, [read]);
}
