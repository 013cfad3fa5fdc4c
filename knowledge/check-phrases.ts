import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Finding } from './finding.ts';
import { readMessages, type Messages } from './phrases.ts';
import { LANGUAGES, type Language } from './schema.ts';

/**
 * Everything that can be wrong with the phrases: unreadable files, a key twice, a key missing in a language, a message that
 * isn't ICU, and a translation whose placeholders differ from the English ones.
 */
export function checkPhrases(dir: string): Finding[] {
  const { messages, findings } = readMessages(dir);
  const keys = new Set(LANGUAGES.flatMap((language) => [...messages[language].keys()]));
  const problems = [...keys].toSorted().flatMap((key) => checkKey(key, messages));
  return [...findings, ...problems];
}

/** Keys that stand twice in one file: JSON.parse keeps the last one without a word. */
export function repeatedKeys(dir: string, file: string): Finding[] {
  const text = readFileSync(join(dir, file), 'utf8');
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const [, key = ''] of text.matchAll(/^\s*"((?:[^"\\]|\\.)*)"\s*:/gm)) {
    if (seen.has(key)) findings.push({ file, field: key, problem: 'this key stands twice in this file' });
    seen.add(key);
  }
  return findings;
}

function checkKey(key: string, messages: Record<Language, Messages>): Finding[] {
  const findings: Finding[] = [];
  const names = new Map<Language, string>();
  for (const language of LANGUAGES) {
    const file = `phrases/${language}`;
    const message = messages[language].get(key);
    if (message === undefined) findings.push({ file, field: key, problem: 'missing in this language' });
    else {
      const found = placeholders(message, language);
      if (found instanceof Error) findings.push({ file, field: key, problem: `not an ICU message: ${found.message}` });
      else names.set(language, [...found].toSorted().join(', '));
    }
  }
  const [first] = names.values();
  for (const [language, own] of names) {
    if (own === first) continue;
    const problem = `placeholders {${own}} differ from {${first ?? ''}}`;
    findings.push({ file: `phrases/${language}`, field: key, problem });
  }
  return findings;
}

// Node types of intl-messageformat's parser (its enum isn't exported): plain text, and the `#` of a plural.
const LITERAL = 0;
const POUND = 7;
type Node = ReturnType<IntlMessageFormat['getAst']>[number];

function placeholders(message: string, language: Language): Set<string> | Error {
  try {
    const names = new Set<string>();
    collect(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst(), names);
    return names;
  } catch (error) {
    return error instanceof Error ? error : new Error('not readable');
  }
}

function collect(nodes: readonly Node[], names: Set<string>): void {
  for (const node of nodes) {
    const kind: number = node.type;
    if (kind !== LITERAL && kind !== POUND && 'value' in node) names.add(node.value);
    if ('options' in node) for (const option of Object.values(node.options)) collect(option.value, names);
  }
}
