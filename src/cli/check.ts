import { readBook } from '#knowledge/book.ts';
import { checkBook, readContradictions } from '#knowledge/check-book.ts';
import { checkHosts, readHosts } from '#knowledge/check-hosts.ts';
import { checkReviewed } from '#knowledge/check-reviewed.ts';
import type { Finding } from '#knowledge/finding.ts';
import type { Rules } from '#knowledge/offering.ts';
import { readRules } from '#knowledge/rules.ts';
import { valuesOf } from '#knowledge/values.ts';

type Out = (line: string) => void;

interface Looked {
  /** The book's folder. */
  readonly dir: string;
  /** The operator's own calendars (`CALENDAR_DIR`). */
  readonly calendarDir?: string | undefined;
  /** What `import-docs` made. */
  readonly articlesDir?: string | undefined;
  /** Epoch milliseconds: articles are reviewed before it, and not too long before. */
  readonly now: number;
  /** Prints every value with its source, too. */
  readonly values?: boolean;
}

/**
 * `check`: every content file against its schema, translations complete, sources present, references resolved, quotes word for
 * word. One JSON line a finding, `{"file","field","problem"}`; `{"warning",…}` for an article that nobody has read for long, or
 * an imported one that names another cloud's hosts. Where nothing is wrong: the contradictions of the sources,
 * `{"contradiction","decides","statements","won","why"}`, and the years of an operator's own calendars. Returns 1 when there
 * is any finding, 0 otherwise.
 */
export function runCheck({ dir, calendarDir, articlesDir, now, values = false }: Looked, out: Out): number {
  const print = (line: object): void => out(JSON.stringify(line));
  const findings = checkBook(dir, calendarDir);
  const articles = findings.length > 0 ? { findings: [], warnings: [] } : lookAtArticles({ dir, articlesDir, now });
  findings.push(...articles.findings);
  for (const finding of findings) print(finding);
  for (const warning of articles.warnings) print({ warning: true, ...warning });
  if (findings.length > 0) return 1;
  for (const [contradiction, one] of Object.entries(readContradictions(dir))) print({ contradiction, ...one });
  const rules = readRules(dir, calendarDir);
  for (const line of calendarsOf(rules)) print(line);
  if (values) for (const value of valuesOf(rules)) print(value);
  return 0;
}

/**
 * What is looked at only where the book itself is well: dates of review, and imported articles, which are other people's
 * texts: what is doubtful in them is told and is no fault.
 */
function lookAtArticles({ dir, articlesDir, now }: Looked): { findings: Finding[]; warnings: Finding[] } {
  const { articles, unread } = readBook(dir, { articlesDir });
  const imported = articles.filter((one) => one.imported);
  const own = checkReviewed(
    articles.filter((one) => !one.imported),
    now,
  );
  const others = checkReviewed(imported, now);
  const foreign = checkHosts(imported, readHosts(dir));
  return {
    findings: [...unread, ...own.future],
    warnings: [...own.overdue, ...others.future, ...others.overdue, ...foreign],
  };
}

/** Which years are known, and which of them an operator supplied. */
function calendarsOf({ calendars }: Rules): object[] {
  return Object.values(calendars).map(({ id, years, supplied = [] }) => ({
    calendar: id,
    years: Object.keys(years),
    supplied,
  }));
}
