import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { languageSchema, offeringIdSchema, type OfferingId } from './schema.ts';

const words = z.string().min(1);

/**
 * A line of `examples/ask/*.jsonl`: what somebody asked, and the topic that answers it; null: the book has no answer. Whoever
 * asks for one fact (an hour, a number) has to read it: `says` are its words, a list in it those of which one is enough, `never`
 * those of the fact in another cloud.
 */
export const goldSchema = z.object({
  id: z.union([z.string(), z.number()]),
  question: z.string().min(1),
  lang: languageSchema,
  offering: offeringIdSchema,
  topic: z.string().nullable(),
  says: z.array(z.union([words, z.array(words).min(2)])).optional(),
  never: z.array(words).optional(),
});
export type Gold = z.infer<typeof goldSchema>;

/** A question from which the search learns how people ask; topic null: nothing in this offering answers it. */
export type Example = Omit<Gold, 'id' | 'says' | 'never'>;

/** The questions to learn from; what is held back or unread is for measuring only, and never read here. */
const LEARNT = [
  'tuning.jsonl',
  'phrasings.jsonl',
  'indirect.jsonl',
  'written.jsonl',
  'voices.jsonl',
  'more-voices.jsonl',
  'newest.jsonl',
  'unanswerable.jsonl',
];

/**
 * What has no answer in another offering, although its own has one: whole topics (`ts.*`: all whose id begins so), and any
 * question that names a cloud or country. It is how the search learns that one wording has no answer elsewhere.
 */
const ELSEWHERE = 'elsewhere.json';
const elsewhereSchema = z.object({
  names: z.record(z.string(), z.array(offeringIdSchema)),
  topics: z.record(z.string(), z.array(offeringIdSchema)),
});

/** Where everything stands that `readExamples` reads. */
export function exampleFiles(dir: string): string[] {
  return [...LEARNT, ELSEWHERE].map((name) => join(dir, 'examples', 'ask', name));
}

/** Ways of asking that belong to a topic or to none, of every language; those that have no answer elsewhere, there too. */
export function readExamples(dir: string): Example[] {
  const examples = LEARNT.flatMap((name) => readGold(join(dir, 'examples', 'ask', name)));
  const absent = createAbsence(join(dir, 'examples', 'ask', ELSEWHERE));
  return [
    ...examples,
    ...examples.flatMap((example) => absent(example).map((offering) => ({ ...example, offering, topic: null }))),
  ];
}

function createAbsence(path: string): (example: Example) => OfferingId[] {
  const { names, topics } = elsewhereSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const patterns = Object.entries(names).map(([name, offerings]) => ({ named: new RegExp(name, 'i'), offerings }));
  return ({ question, topic, offering }) => {
    if (topic === null) return [];
    const family = `${topic.split('.')[0] ?? ''}.*`;
    // What is the same in several offerings may name any of them.
    const named = topics[family] === undefined ? patterns.filter((one) => one.named.test(question)) : [];
    const all = [...named.flatMap(({ offerings }) => offerings), ...(topics[topic] ?? topics[family] ?? [])];
    return [...new Set(all)].filter((one) => one !== offering);
  };
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
