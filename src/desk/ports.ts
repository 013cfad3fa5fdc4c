import type { Category, Severity } from '#knowledge/schema.ts';

/** What the desk shows of a conversation's case; null and '' where nothing is known yet. */
export interface CaseSummary {
  /** The level that would be granted now, caps included. */
  severity: Severity | '';
  category: Category | null;
  description: string | null;
}

/** Reads the stored state of a conversation, whose shape belongs to the dialogs; null where it can't be read. */
export type ReadCase = (state: unknown, now: number) => CaseSummary | null;
