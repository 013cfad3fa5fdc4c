import type { Excerpts } from './excerpts.ts';
import type { Finding } from './finding.ts';
import type { Contradictions, Rules, sourcesSchema } from './offering.ts';
import type { z } from 'zod';
import { valuesOf, type Value } from './values.ts';

export type Sources = z.infer<typeof sourcesSchema>;

interface Quote {
  file: string;
  field: string;
  doc: string;
  words: string;
}

/** Every quote names a document of `sources.yaml`, and its words really stand there. */
export function checkQuotes(quotes: readonly Quote[], sources: Sources, excerpts: Excerpts): Finding[] {
  return quotes.flatMap(({ file, field, doc, words }) => {
    if (sources[doc] === undefined) return [{ file, field, problem: `sources.yaml has no ${doc}` }];
    const held = excerpts.holds(doc, words);
    if (held === true) return [];
    const problem = held === false ? `excerpts/${doc} doesn’t hold these words: ${words}` : `no excerpts of ${doc}`;
    return [{ file, field, problem }];
  });
}

/** The quotes of the offerings, of the calendars' years, and of the contradictions. */
export function quotesOf(rules: Rules, contradictions: Contradictions): Quote[] {
  const years = Object.values(rules.calendars).flatMap(({ id, years: known, supplied = [] }) =>
    Object.entries(known)
      // A year that an operator supplied rests on a notice of which we keep nothing.
      .filter(([year]) => !supplied.includes(year))
      .map(([year, { source }]) => ({ file: `calendars/${id}.yaml`, field: `years.${year}.source`, ...source })),
  );
  const statements = Object.entries(contradictions).flatMap(([id, one]) =>
    one.statements.map(({ doc, words }) => ({ file: 'contradictions.yaml', field: `${id}.statements`, doc, words })),
  );
  return [...valuesOf(rules).flatMap(quotesOfValue), ...years, ...statements];
}

function quotesOfValue(value: Value): Quote[] {
  const [offering = '', ...rest] = value.path.split('.');
  return quotesAt({ file: `offerings/${offering}.yaml`, field: rest.join('.') }, value);
}

/** The quotes of one value that stands in `at`. */
export function quotesAt(at: { file: string; field: string }, { source, also }: Value): Quote[] {
  return [
    ...(source === undefined ? [] : [{ ...at, field: `${at.field}.source`, doc: source.doc, words: source.words }]),
    ...also.map(({ doc, words }) => ({ ...at, field: `${at.field}.also`, doc, words })),
  ];
}
