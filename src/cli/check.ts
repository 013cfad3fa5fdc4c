import { checkBook, readContradictions } from '#knowledge/check-book.ts';
import type { Rules } from '#knowledge/offering.ts';
import { readRules } from '#knowledge/rules.ts';
import { valuesOf } from '#knowledge/values.ts';

interface Looked {
  /** The book's folder. */
  readonly dir: string;
  /** The operator's own calendars (`CALENDAR_DIR`). */
  readonly calendarDir?: string | undefined;
  /** Prints every value with its source, too. */
  readonly values?: boolean;
}

/**
 * `check`: every content file against its schema, translations complete, sources present, references resolved, quotes word for
 * word. One JSON line a finding, `{"file","field","problem"}`. Where nothing is wrong: the contradictions of the sources,
 * `{"contradiction","decides","statements","won","why"}`, and the years of an operator's own calendars. Returns 1 when there
 * is any finding, 0 otherwise.
 */
export function runCheck({ dir, calendarDir, values = false }: Looked, out: (line: string) => void): number {
  const print = (line: object): void => out(JSON.stringify(line));
  const findings = checkBook(dir, calendarDir);
  for (const finding of findings) print(finding);
  if (findings.length > 0) return 1;
  for (const [contradiction, one] of Object.entries(readContradictions(dir))) print({ contradiction, ...one });
  const rules = readRules(dir, calendarDir);
  for (const line of calendarsOf(rules)) print(line);
  if (values) for (const value of valuesOf(rules)) print(value);
  return 0;
}

/** Which years are known, and which of them an operator supplied. */
function calendarsOf({ calendars }: Rules): object[] {
  return Object.values(calendars).map(({ id, years, supplied = [] }) => ({
    calendar: id,
    years: Object.keys(years),
    supplied,
  }));
}
