import { useEffect, useState, type KeyboardEvent } from 'react';
import type { Canned, Language } from '#knowledge/schema.ts';
import { canned, readCanned } from '../data/canned.ts';
import { useShelf } from '../data/shelf.ts';
import { cannedFor } from './canned-menu.tsx';
import { fillGaps } from './gaps.ts';

interface Options {
  readonly text: string;
  readonly language: Language;
  readonly values: Readonly<Record<string, string | null>>;
  readonly write: (text: string) => void;
}

export interface CannedChoice {
  /** What fits; null while no slash begins the text. */
  readonly found: readonly Canned[] | null;
  readonly at: number;
  readonly pick: (canned: Canned) => void;
  /** True where the key belonged to the menu. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** Choosing a canned reply by keyboard while the composer keeps the focus. */
export function useCanned({ text, language, values, write }: Options): CannedChoice {
  const all = useShelf(canned);
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (canned.get().length === 0) void readCanned();
  }, []);
  const fits = cannedFor(text, all, language);
  // What is chosen is what was shown: with what is known of the customer, and gaps only where nothing is.
  const found = fits?.map((one) => ({ ...one, text: fillGaps(one.text.trimEnd(), values) })) ?? null;
  const chosen = Math.min(at, Math.max(0, (found?.length ?? 0) - 1));
  const pick = (picked: Canned): void => {
    setAt(0);
    write(picked.text);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (found === null) return false;
    const count = Math.max(1, found.length);
    const picked = found[chosen];
    if (event.key === 'ArrowDown') setAt((chosen + 1) % count);
    else if (event.key === 'ArrowUp') setAt((chosen + count - 1) % count);
    else if (event.key === 'Escape') write('');
    else if ((event.key === 'Enter' || event.key === 'Tab') && picked) pick(picked);
    else return false;
    event.preventDefault();
    return true;
  };
  return { found, at: chosen, pick, onKey };
}
