import { parse } from 'yaml';

/**
 * Splits a Markdown file into front matter and body. Our front matter is flat, and reading 222 files with a full YAML
 * parser would be most of the start: the usual lines are read by hand, anything else goes to the yaml package.
 * Returns undefined where the file has no front matter.
 */
export function splitFrontMatter(text: string): { meta: unknown; body: string } | undefined {
  const normal = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  if (!normal.startsWith('---\n')) return undefined;
  const end = normal.indexOf('\n---', 3);
  if (end < 0) return undefined;
  const head = normal.slice(4, end);
  const bodyStart = normal.indexOf('\n', end + 1);
  const body = bodyStart < 0 ? '' : normal.slice(bodyStart + 1).trim();
  return { meta: readFlat(head) ?? parse(head), body };
}

const LINE = /^([A-Za-z][A-Za-z0-9]*):(?:[ \t]+(.*))?$/;
const ITEM = /^[ \t]*-[ \t]+(.*)$/;

function readFlat(head: string): Record<string, unknown> | undefined {
  const meta: Record<string, unknown> = {};
  let list: unknown[] | undefined;
  for (const line of head.split('\n')) {
    if (line.trim() === '') continue;
    const item = ITEM.exec(line);
    const [, key, value = ''] = LINE.exec(line) ?? [];
    if (item !== null && list !== undefined) {
      const read = readScalar(item[1] ?? '');
      if (read === undefined) return undefined;
      list.push(read);
    } else if (key !== undefined && !Object.hasOwn(meta, key)) {
      list = value.trim() === '' ? [] : undefined;
      const read = list ?? readValue(value.trim());
      if (read === undefined) return undefined;
      meta[key] = read;
    } else return undefined;
  }
  return meta;
}

function readValue(value: string): unknown {
  if (!value.startsWith('[')) return readScalar(value);
  // Only a list without quotes and nesting is simple enough to cut at its commas.
  if (!value.endsWith(']') || /["{}]|[[,]\s*'|: | #/.test(value) || value.indexOf('[', 1) > 0) return undefined;
  const inner = value.slice(1, -1).trim();
  return inner === '' ? [] : inner.split(',').map((item) => item.trim());
}

/** A plain or simply quoted string; undefined where YAML would read it as something else. */
function readScalar(raw: string): string | undefined {
  const value = raw.trim();
  if (/^'(?:[^']|'')*'$/.test(value)) return value.slice(1, -1).replaceAll("''", "'");
  if (/^"[^"\\]*"$/.test(value)) return value.slice(1, -1);
  if (value === '' || /^[-?:,[\]{}#&*!|>'"%@`]/.test(value) || /: | #|:$/.test(value)) return undefined;
  return value;
}
