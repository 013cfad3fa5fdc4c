import type { Language } from './schema.ts';

/**
 * What may be referred to: offering id → its file as plain data, whose leaves are `{value, source…}`; and `phones` → country
 * code → the number to call there.
 */
export type OfferingTrees = Readonly<Record<string, unknown>>;

const REFERENCE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * Fills in `{{o365-21vianet.respond.A.hours}}`: the path of a leaf in the offering files, without its `.value`. A leaf that
 * holds one text per language gives the one of `language`. Unknown paths come back in `unknown`, and stay as they are.
 */
export function fillReferences(
  body: string,
  trees: OfferingTrees,
  language: Language,
): { body: string; unknown: string[] } {
  if (!body.includes('{{')) return { body, unknown: [] };
  const unknown: string[] = [];
  const filled = body.replace(REFERENCE, (whole: string, path: string) => {
    const text = show(walk(trees, path.split('.')), language);
    if (text !== undefined) return text;
    unknown.push(path);
    return whole;
  });
  return { body: filled, unknown };
}

function walk(tree: unknown, path: readonly string[]): unknown {
  let here = tree;
  for (const name of path) here = child(here, name);
  return here;
}

function child(node: unknown, name: string): unknown {
  return isRecord(node) && Object.hasOwn(node, name) ? node[name] : undefined;
}

function show(value: unknown, language: Language): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (isRecord(value)) return show(child(value, 'value') ?? child(value, language), language);
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
