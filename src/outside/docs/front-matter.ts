import { DateTime } from 'luxon';
import { parse, YAMLParseError } from 'yaml';
import { linesOf } from './lines.ts';
import { BrokenDocument, type Line } from './types.ts';

/** What an import reads of a document's front matter; the rest is for its publisher. */
export interface DocHead {
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly date: string | undefined;
  readonly audience: 'everyone' | 'admin';
  readonly monikerRange: string | undefined;
  readonly canonicalUrl: string | undefined;
}

/**
 * Splits a document into its front matter and its lines. A document may have none; one that never ends, or isn't YAML, throws a
 * `BrokenDocument` with the line.
 */
export function readHead(text: string, file: string): { head: DocHead; lines: Line[] } {
  const lines = linesOf(text.replace(/^\uFEFF/, ''), file);
  if (lines[0]?.text.trimEnd() !== '---') return { head: headOf({}), lines };
  const end = lines.findIndex(({ text: line }, at) => at > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  if (end < 0) throw new BrokenDocument(file, 1, 'the front matter has no end (---)');
  const yaml = lines.slice(1, end).map(({ text: line }) => line);
  return { head: headOf(parseYaml(yaml.join('\n'), file)), lines: lines.slice(end + 1) };
}

function parseYaml(yaml: string, file: string): Record<string, unknown> {
  try {
    const data: unknown = parse(yaml, { maxAliasCount: 10 });
    if (data === null || data === undefined) return {};
    if (typeof data === 'object' && !Array.isArray(data)) return { ...data };
    throw new BrokenDocument(file, 1, 'the front matter is no list of names and values');
  } catch (error) {
    if (error instanceof BrokenDocument) throw error;
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 1) + 1 : 1;
    const [reason = 'not readable'] = error instanceof Error ? error.message.split('\n') : [];
    throw new BrokenDocument(file, line, `the front matter is not YAML: ${reason.replace(/ at line \d+.*$/, '')}`);
  }
}

function headOf(data: Record<string, unknown>): DocHead {
  const text = (name: string): string | undefined => {
    const value = data[name];
    const words = typeof value === 'string' || typeof value === 'number' ? oneLine(String(value)) : '';
    return words === '' ? undefined : words;
  };
  const audience = text('audience') ?? text('ms.audience');
  return {
    title: text('title'),
    description: text('description'),
    date: dateOf(data['ms.date'] ?? data['date']),
    audience: /\b(?:admin|itpro)/i.test(audience ?? '') ? 'admin' : 'everyone',
    monikerRange: text('monikerRange'),
    canonicalUrl: text('canonicalUrl') ?? text('canonical_url'),
  };
}

/** One line without control characters, as front matter and titles need it. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** Microsoft writes MM/DD/YYYY; ISO and YYYY/MM/DD occur, too. */
function dateOf(value: unknown): string | undefined {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'string') return undefined;
  for (const format of ['M/d/yyyy', 'yyyy-M-d', 'yyyy/M/d', 'M-d-yyyy']) {
    const read = DateTime.fromFormat(value.trim().slice(0, 10), format, { zone: 'utc' });
    if (read.isValid) return read.toISODate();
  }
  return undefined;
}

/** The address of a document that has a `uid`, for links by it; read without the rest. */
export function uidIn(text: string): string | undefined {
  const [, head = ''] = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/.exec(text.slice(0, 10_000)) ?? [];
  return /^uid:\s*["']?([\w.*()`,#-]+)["']?\s*$/m.exec(head)?.[1];
}
