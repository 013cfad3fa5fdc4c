import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { languageSchema, offeringIdSchema } from './schema.ts';

/** A line of `examples/ask/*.jsonl`: what somebody asked, and the topic that answers it; null: the book has no answer. */
export const goldSchema = z.object({
  id: z.union([z.string(), z.number()]),
  question: z.string().min(1),
  lang: languageSchema,
  offering: offeringIdSchema,
  topic: z.string().nullable(),
});
export type Gold = z.infer<typeof goldSchema>;

/** A question from which the search learns how people ask; topic null: nothing in this offering answers it. */
export type Example = Omit<Gold, 'id'>;

/** The questions to learn from; `held-back.jsonl` is for measuring only, and never read here. */
const LEARNT = ['tuning.jsonl', 'phrasings.jsonl', 'indirect.jsonl', 'unanswerable.jsonl'];

/** Where the examples stand that `readExamples` reads. */
export function exampleFiles(dir: string): string[] {
  return LEARNT.map((name) => join(dir, 'examples', 'ask', name));
}

/** Ways of asking that belong to a topic or to none, of every language. */
export function readExamples(dir: string): Example[] {
  return exampleFiles(dir).flatMap(readGold);
}

/** Reads labelled questions, one JSON object a line; throws with the line's number where one is wrong. */
export function readGold(path: string): Gold[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, at) => (line.trim() === '' ? [] : [readLine(line, `${path}:${at + 1}`)]));
}

function readLine(line: string, place: string): Gold {
  const parsed = goldSchema.safeParse(JSON.parse(line));
  if (parsed.success) return parsed.data;
  throw new Error(
    `${place}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
  );
}
