import type { ReactNode } from 'react';
import type { Evidence } from '#src/requests/request.ts';

type Span = Pick<Evidence, 'start' | 'end'>;

/** A text in which the words that the severity rests on are marked. */
export function Marked({ text, evidence }: { readonly text: string; readonly evidence: readonly Evidence[] }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of spansOf(text, evidence)) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  return (
    <span className="said">
      {parts}
      {text.slice(at)}
    </span>
  );
}

/** What is to be marked, in order: signals may overlap, and offsets that don't fit the text are passed over. */
export function spansOf(text: string, evidence: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const { start, end } of evidence.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    if (start < 0 || end <= start || end > text.length) continue;
    const last = spans.at(-1);
    if (last && start <= last.end) spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else spans.push({ start, end });
  }
  return spans;
}
