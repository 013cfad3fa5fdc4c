import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { categorySchema, languageSchema, productSchema, severitySchema } from './schema.ts';

const headSchema = z.object({
  classes: z.array(z.string()).min(1),
  bias: z.array(z.number()),
  named: z.array(z.array(z.number())),
  scale: z.array(z.number()),
});

const fileSchema = z.object({
  about: z.string(),
  buckets: z.int().positive(),
  levelFeatures: z.array(z.string()),
  topicFeatures: z.array(z.string()),
  category: headSchema,
  product: headSchema,
  level: headSchema,
  thresholds: z.object({ A: z.number(), B: z.number(), lead: z.number() }),
  temperature: z.object({ category: z.number().positive(), level: z.number().positive() }),
  /** Checksum of the weights' file: the two are written together and belong together. */
  weights: z.int(),
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
  thresholds: { A: number; B: number; lead: number };
  temperature: { category: number; level: number };
}

const FILE = 'triage-model.json';
/** A signed byte per class and bucket, category, product and level one after the other: text of that size takes long to read. */
const WEIGHTS = 'triage-weights.bin';
const ABOUT =
  'The triage model: weights of signals; those of hashed word pieces are in triage-weights.bin. Written by `npm run -s frontdesk -- train` from examples/triage; never edited by hand.';

/** Reads the triage model of a knowledge folder; throws when a file is absent, its shape is wrong, or the two don't belong together. */
export function readTriageModel(dir: string): TriageModelFile {
  const {
    category,
    product,
    level,
    weights,
    about: _,
    ...rest
  } = fileSchema.parse(JSON.parse(readFileSync(join(dir, FILE), 'utf8')));
  const bytes = readFileSync(join(dir, WEIGHTS));
  if (checksum(bytes) !== weights) throw new Error(`${WEIGHTS} is not the one that ${FILE} was written with`);
  let start = 0;
  const take = (head: HeadFile): TriageHeadFile => {
    const hashed = new Int8Array(bytes.buffer, bytes.byteOffset + start, rest.buckets * head.classes.length);
    start += hashed.length;
    return { ...head, hashed };
  };
  return { ...rest, category: take(category), product: take(product), level: take(level) };
}

/** Writes the model; the same model gives the same bytes. */
export function writeTriageModel(dir: string, model: TriageModelFile): void {
  const heads = [model.category, model.product, model.level];
  const bytes = Buffer.concat(
    heads.map(({ hashed }) => new Uint8Array(hashed.buffer, hashed.byteOffset, hashed.length)),
  );
  const { buckets, levelFeatures, topicFeatures, category, product, level, thresholds, temperature } = model;
  const file = {
    about: ABOUT,
    buckets,
    levelFeatures,
    topicFeatures,
    category: without(category),
    product: without(product),
    level: without(level),
    thresholds,
    temperature,
    weights: checksum(bytes),
  };
  writeFileSync(join(dir, FILE), `${JSON.stringify(file, null, 1)}\n`);
  writeFileSync(join(dir, WEIGHTS), bytes);
}

function without({ classes, bias, named, scale }: TriageHeadFile): HeadFile {
  return { classes: [...classes], bias: [...bias], named: named.map((of) => [...of]), scale: [...scale] };
}

/** FNV-1a over the bytes, four at a time: a server waits for it. */
function checksum({ buffer, byteOffset, length }: Uint8Array): number {
  const isEven = byteOffset % 4 === 0;
  const words = new Int32Array(isEven ? buffer : buffer.slice(byteOffset), isEven ? byteOffset : 0, length >> 2);
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ (words[i] ?? 0), 0x01000193);
  return hash >>> 0;
}

const curveSchema = z.array(z.object({ texts: z.int(), severityF1: z.number(), categoryF1: z.number() }));
export type TriageCurve = z.infer<typeof curveSchema>;
const CURVE = ['examples', 'triage-curve.json'] as const;

/** The learning curve of the last training, over the check set. */
export function readTriageCurve(dir: string): TriageCurve {
  return curveSchema.parse(JSON.parse(readFileSync(join(dir, ...CURVE), 'utf8')));
}

export function writeTriageCurve(dir: string, curve: TriageCurve): void {
  const rounded = curve.map(({ texts, severityF1, categoryF1 }) => ({
    texts,
    severityF1: Number(severityF1.toFixed(3)),
    categoryF1: Number(categoryF1.toFixed(3)),
  }));
  writeFileSync(join(dir, ...CURVE), `${JSON.stringify(rounded, null, 1)}\n`);
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
