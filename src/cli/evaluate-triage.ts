import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { categorySchema, languageSchema, productSchema, severitySchema } from '#knowledge/schema.ts';
import type { TriageModel } from '#src/triage/model.ts';
import { byLanguage, categoryConfusion, isRight, scoreOf, severityConfusion } from '#src/triage/score.ts';
import type { Judged, Scores } from '#src/triage/score.ts';
import { triage } from '#src/triage/triage.ts';
import type { CurvePoint } from '#src/triage/tune.ts';
import { renderTriageReport } from './triage-report.ts';

const labelledSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  lang: languageSchema,
  category: categorySchema,
  product: productSchema.default(''),
  severity: z.union([severitySchema, z.literal('')]),
  hard: z.boolean().optional(),
});
type Labelled = z.infer<typeof labelledSchema>;

/** What each language must reach; below it, `evaluate triage` ends with 1. */
export const triageFloorsSchema = z.object({
  severityF1: z.number(),
  categoryF1: z.number(),
  recallA: z.number(),
  /** At most. */
  bCalledA: z.number(),
});
export type TriageFloors = z.infer<typeof triageFloorsSchema>;

export interface EvaluateTriageOptions {
  model: TriageModel;
  floors?: TriageFloors | undefined;
  /** Where to write the HTML report. */
  report?: string | undefined;
  /** What the report tells of the training. */
  curve?: readonly CurvePoint[] | undefined;
}

/**
 * `evaluate triage`: labelled texts in (`{"id","text","lang","category","severity"}`), scores per language and over all out,
 * the confusions, then a line for each miss. Returns 0, 1 where a language falls below the floors, 2 where a line can't be read.
 */
export async function runEvaluateTriage(
  lines: AsyncIterable<string> | Iterable<string>,
  options: EvaluateTriageOptions,
  out: (line: string) => void,
): Promise<number> {
  const judged: Judged[] = [];
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const example = readLabelled(line);
    if (example === undefined) {
      console.error(`line ${judged.length + 1}: not a labelled text`);
      return 2;
    }
    judged.push({ example, result: triage(example.text, example.lang, options.model) });
  }
  const groups = groupsOf(judged);
  for (const [group, members] of groups) out(JSON.stringify({ group, ...rounded(scoreOf(members)) }));
  out(JSON.stringify({ confusion: 'severity', ...severityConfusion(judged) }));
  out(JSON.stringify({ confusion: 'category', ...categoryConfusion(judged) }));
  for (const miss of judged.filter((one) => !isRight(one))) out(JSON.stringify(missOf(miss)));
  if (options.report !== undefined)
    writeFileSync(options.report, renderTriageReport(groups, judged, options.curve ?? []));
  const { floors } = options;
  const reached = (members: Judged[]): boolean => floors === undefined || reaches(scoreOf(members), floors);
  return [...byLanguage(judged).values()].every(reached) ? 0 : 1;
}

function groupsOf(judged: Judged[]): [string, Judged[]][] {
  return [['all', judged], ...byLanguage(judged)];
}

function readLabelled(line: string): Labelled | undefined {
  try {
    return labelledSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

export function reaches(scores: Scores, floors: TriageFloors): boolean {
  return (
    !(scores.severityF1 < floors.severityF1) &&
    !(scores.categoryF1 < floors.categoryF1) &&
    !(scores.recallA < floors.recallA) &&
    !(scores.bCalledA > floors.bCalledA)
  );
}

function rounded(scores: Scores): Record<string, number> {
  return Object.fromEntries(
    Object.entries(scores).map(([name, value]) => [name, Math.round(Number(value) * 1000) / 1000]),
  );
}

function missOf({ example, result }: Judged): object {
  return {
    miss: example.id,
    lang: example.lang,
    text: example.text,
    gold: { category: example.category, severity: example.severity },
    said: { category: result.category, severity: result.severity },
    confidence: result.confidence,
    evidence: result.evidence.map(({ signal, text }) => `${signal}: ${text}`),
  };
}
