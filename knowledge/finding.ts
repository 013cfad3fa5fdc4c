/** What is wrong in a file of the book: which file (path below the book's folder), which field, and what to mend. */
export interface Finding {
  file: string;
  field: string;
  problem: string;
}

/** The book can't be used: every finding is named, not only the first. */
export class BookError extends Error {
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super(`The book has ${findings.length} fault(s):\n${findings.map(describe).join('\n')}`);
    this.name = 'BookError';
    this.findings = findings;
  }
}

function describe({ file, field, problem }: Finding): string {
  return field === '' ? `${file}: ${problem}` : `${file}, ${field}: ${problem}`;
}
