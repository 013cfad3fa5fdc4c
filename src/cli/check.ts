import { checkBook } from '#knowledge/check-book.ts';

/**
 * `check`: every content file against its schema, translations complete, sources present, references resolved. One JSON line
 * a finding, `{"file","field","problem"}`; returns 1 when there is any, 0 otherwise.
 */
export function runCheck(dir: string, out: (line: string) => void): number {
  const findings = checkBook(dir);
  for (const finding of findings) out(JSON.stringify(finding));
  return findings.length === 0 ? 0 : 1;
}
