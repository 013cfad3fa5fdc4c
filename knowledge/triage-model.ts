import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { categorySchema, languageSchema, productSchema, severitySchema } from './schema.ts';

const headSchema = z.object({
  classes: z.array(z.string()).min(1),
  bias: z.array(z.number()),
  named: z.array(z.array(z.number())),
  scale: z.array(z.number()),
  /** One signed byte per class and bucket, base64. */
  hashed: z.string(),
});

const fileSchema = z.object({
  about: z.string(),
  buckets: z.int().positive(),
  levelFeatures: z.array(z.string()),
  topicFeatures: z.array(z.string()),
  category: headSchema,
  product: headSchema,
  level: headSchema,
  thresholds: z.object({ A: z.number(), B: z.number() }),
  temperature: z.object({ category: z.number().positive(), level: z.number().positive() }),
});
type HeadFile = z.infer<typeof headSchema>;

export interface TriageHeadFile {
  classes: readonly string[];
  bias: readonly number[];
  named: readonly (readonly number[])[];
  scale: readonly number[];
  hashed: Int8Array;
}
export interface TriageModelFile {
  buckets: number;
  levelFeatures: readonly string[];
  topicFeatures: readonly string[];
  category: TriageHeadFile;
  product: TriageHeadFile;
  level: TriageHeadFile;
  thresholds: { A: number; B: number };
  temperature: { category: number; level: number };
}

const FILE = 'triage-model.json';
const ABOUT =
  'The triage model: weights of signals and of hashed word pieces. Written by `npm run -s frontdesk -- train` from examples/triage; never edited by hand.';

/** Reads the triage model of a knowledge folder; throws when the file is absent or its shape is wrong. */
export function readTriageModel(dir: string): TriageModelFile {
  const {
    category,
    product,
    level,
    about: _,
    ...rest
  } = fileSchema.parse(JSON.parse(readFileSync(join(dir, FILE), 'utf8')));
  return {
    ...rest,
    category: decode(category, rest.buckets),
    product: decode(product, rest.buckets),
    level: decode(level, rest.buckets),
  };
}

function decode(head: HeadFile, buckets: number): TriageHeadFile {
  const bytes = Buffer.from(head.hashed, 'base64');
  if (bytes.length !== buckets * head.classes.length) throw new Error(`${FILE}: a head has ${bytes.length} weights`);
  return { ...head, hashed: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) };
}

/** Writes the model file; the same model gives the same bytes. */
export function writeTriageModel(dir: string, model: TriageModelFile): void {
  const file = {
    about: ABOUT,
    ...model,
    category: encode(model.category),
    product: encode(model.product),
    level: encode(model.level),
  };
  writeFileSync(join(dir, FILE), `${JSON.stringify(file, null, 1)}\n`);
}

function encode(head: TriageHeadFile): object {
  return {
    ...head,
    hashed: Buffer.from(head.hashed.buffer, head.hashed.byteOffset, head.hashed.length).toString('base64'),
  };
}

/** One labelled text for training and for the gate. `situation` groups near copies, also across languages. */
export const triageExampleSchema = z.object({
  id: z.string().min(1),
  text: z.string().min(1),
  lang: languageSchema,
  category: categorySchema,
  product: productSchema,
  severity: z.union([severitySchema, z.literal('')]),
  situation: z.string().min(1),
  hard: z.boolean().optional(),
});
export type TriageExample = z.infer<typeof triageExampleSchema>;

/** The labelled texts of `examples/triage`, in the order of their files. */
export function readTriageExamples(dir: string): TriageExample[] {
  const folder = join(dir, 'examples', 'triage');
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return files.toSorted().flatMap((name) => readLines(join(folder, name)));
}

/** The second, separately written set: for reports only, never trained on. */
export function readTriageCheck(dir: string): TriageExample[] {
  return readLines(join(dir, 'examples', 'triage-check.jsonl'));
}

/** Texts of other authors that nobody reads, no person and no training: only the gate asks them, for figures over all. */
export function readTriageHeldBack(dir: string): TriageExample[] {
  return readLines(join(dir, 'examples', 'triage-held-back.jsonl'));
}

function readLines(path: string): TriageExample[] {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line, i) => {
    const read = triageExampleSchema.safeParse(JSON.parse(line));
    if (!read.success) throw new Error(`${path}:${i + 1}: ${z.prettifyError(read.error)}`);
    return read.data;
  });
}
