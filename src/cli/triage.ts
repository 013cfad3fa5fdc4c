import { z } from 'zod';
import { languageSchema } from '#knowledge/schema.ts';
import type { TriageModel } from '#src/triage/model.ts';
import { triage } from '#src/triage/triage.ts';

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  lang: languageSchema.optional(),
});

export interface Out {
  /** One result, as a line of JSON. */
  result: (line: string) => void;
  /** A message to the person at the terminal. */
  tell: (line: string) => void;
}

/**
 * `triage`: each line `{"id","text","lang"?}` in, one line of the contract out. A line that is no such object is named and
 * skipped. Resolves to the exit code: 0, or 2 when a line was bad.
 */
export async function runTriage(
  lines: AsyncIterable<string> | Iterable<string>,
  model: TriageModel,
  out: Out,
): Promise<number> {
  let at = 0;
  let bad = 0;
  for await (const line of lines) {
    at++;
    if (line.trim() === '') continue;
    const input = parseLine(line);
    if (input === undefined) {
      bad++;
      out.tell(`line ${at}: expected {"id", "text", "lang"?}`);
      continue;
    }
    const { language, category, product, severity, confidence, evidence } = triage(input.text, input.lang, model);
    out.result(JSON.stringify({ id: input.id, lang: language, category, product, severity, confidence, evidence }));
  }
  return bad === 0 ? 0 : 2;
}

function parseLine(line: string): z.infer<typeof lineSchema> | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
