import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import { LANGUAGES, type Language } from './schema.ts';

export type PhraseValues = Record<string, string | number | Date>;

/** Every word that the bot says, by key, as ICU messages. */
export interface Phrases {
  /** The message of `key` with its placeholders filled in; throws for a key or a value that doesn't exist. */
  text(language: Language, key: string, values?: PhraseValues): string;
  has(key: string): boolean;
}

/** Key → ICU message, merged from every file of one language. */
export type Messages = ReadonlyMap<string, string>;

/** What stands between two of a list may be nothing: 「a」「b」. Everything else has words. */
const fileSchema = z.record(z.string(), z.string()).superRefine((messages, context) => {
  for (const [key, message] of Object.entries(messages))
    if (message === '' && !key.endsWith('.join'))
      context.addIssue({ code: 'custom', path: [key], message: 'is empty' });
});
type Format = (values: PhraseValues) => string;

/**
 * Reads `phrases/<language>/*.json`. A key that stands in two files of one language is a finding; whether the languages
 * agree is `checkPhrases`' to say, since that means compiling every message.
 */
export function readMessages(dir: string): { messages: Record<Language, Messages>; findings: Finding[] } {
  const findings: Finding[] = [];
  const read = (language: Language): Messages => mergeFiles(join(dir, 'phrases', language), language, findings);
  return { messages: { en: read('en'), 'zh-CN': read('zh-CN'), ja: read('ja') }, findings };
}

function mergeFiles(folder: string, language: Language, findings: Finding[]): Messages {
  const merged = new Map<string, string>();
  for (const name of readdirSync(folder).toSorted()) {
    if (!name.endsWith('.json')) continue;
    const file = `phrases/${language}/${name}`;
    for (const [key, message] of Object.entries(parseFile(join(folder, name), file, findings))) {
      if (merged.has(key)) findings.push({ file, field: key, problem: 'this key stands in another file too' });
      merged.set(key, message);
    }
  }
  return merged;
}

function parseFile(path: string, file: string, findings: Finding[]): Record<string, string> {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (parsed.success) return parsed.data;
    for (const { path: field, message } of parsed.error.issues) {
      findings.push({ file, field: field.join('.'), problem: message });
    }
  } catch (error) {
    findings.push({ file, field: '', problem: error instanceof Error ? error.message : 'not JSON' });
  }
  return {};
}

/** Phrases over messages; each is compiled when it is first said. */
export function createPhrases(messages: Record<Language, Messages>): Phrases {
  const compiled: Record<Language, Map<string, Format>> = { en: new Map(), 'zh-CN': new Map(), ja: new Map() };
  const find = (language: Language, key: string): Format => {
    const known = compiled[language].get(key);
    if (known !== undefined) return known;
    const message = messages[language].get(key);
    if (message === undefined) throw new Error(`No phrase "${key}" in ${language}`);
    const format = compile(message, language, key);
    compiled[language].set(key, format);
    return format;
  };
  return {
    text: (language, key, values = {}) => find(language, key)(values),
    has: (key) => LANGUAGES.every((language) => messages[language].has(key)),
  };
}

// The first use of intl-messageformat costs 40 ms (it loads the plural rules): most messages are plain, or hold simple
// `{name}` places, and are filled in by hand with the same result.
const PLACE = /\{\s*([A-Za-z0-9_]+)\s*\}/g;

function compile(message: string, language: Language, key: string): Format {
  if (!/[{}]|''/.test(message)) return () => message;
  if (!/'[{}']/.test(message) && !/[{}]/.test(message.replace(PLACE, ''))) return fillPlaces(message, key);
  const format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  return (values) => String(format.format(values));
}

function fillPlaces(message: string, key: string): Format {
  // An odd index is the name of a place: `split` keeps the group of the pattern.
  const parts = message.split(PLACE);
  return (values) => parts.map((part, index) => (index % 2 === 0 ? part : valueOf(values, part, key))).join('');
}

function valueOf(values: PhraseValues, name: string, key: string): string {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) throw new Error(`Phrase "${key}" needs a value for "${name}"`);
  return String(value);
}
