import { parse } from 'yaml';

/**
 * YAML as the files of this room are written: maps by indentation, lists of `- …`, `{flow: maps}`, `[flow, lists]`, quoted and
 * plain words. Parsing four such files with the yaml package was a fifth of the server's start. Whatever goes beyond
 * this goes to that package, so both read every file alike; only the time differs.
 */
export function readYaml(text: string): unknown {
  try {
    return block(linesOf(text));
  } catch (error) {
    if (error instanceof BeyondPlain) return parse(text);
    throw error;
  }
}

/** This reader can't be sure of the meaning. */
class BeyondPlain extends Error {}

interface Line {
  indent: number;
  text: string;
}

interface Lines {
  list: readonly Line[];
  next: number;
}

function linesOf(text: string): Lines {
  const list: Line[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    const indent = line.search(/\S/);
    if (indent === -1 || line[indent] === '#') continue;
    if (line.includes('\t') || line.startsWith('---') || line.startsWith('%')) throw new BeyondPlain();
    list.push({ indent, text: line.slice(indent) });
  }
  return { list, next: 0 };
}

/** The whole text is one map. */
function block(lines: Lines): unknown {
  const tree = mapAt(lines, 0);
  if (lines.next < lines.list.length || lines.list.length === 0) throw new BeyondPlain();
  return tree;
}

const KEY = /^(?:"([^"\\]*)"|([A-Za-z][\w-]*)):(?: +(\S.*))?$/;

function mapAt(lines: Lines, indent: number): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  for (let line = lines.list[lines.next]; line?.indent === indent; line = lines.list[lines.next]) {
    const [, quoted, plain, rest] = KEY.exec(line.text) ?? [];
    const key = quoted ?? plain;
    if (key === undefined || !isFresh(key, map)) throw new BeyondPlain();
    lines.next += 1;
    map[key] = rest === undefined ? nested(lines, indent) : inline(rest);
  }
  return map;
}

/** A key that means itself (`null` and `true` don't), said once. */
function isFresh(key: string, map: object): boolean {
  return key !== '__proto__' && !RARE.test(key) && !Object.hasOwn(map, key);
}

function nested(lines: Lines, above: number): unknown {
  const first = lines.list[lines.next];
  if (first === undefined || first.indent <= above) throw new BeyondPlain();
  return first.text.startsWith('- ') ? listAt(lines, first.indent) : mapAt(lines, first.indent);
}

function listAt(lines: Lines, indent: number): unknown[] {
  const list: unknown[] = [];
  for (let line = lines.list[lines.next]; line?.indent === indent; line = lines.list[lines.next]) {
    const item = /^- +([{["].*)$/.exec(line.text)?.[1];
    if (item === undefined) throw new BeyondPlain();
    lines.next += 1;
    list.push(inline(item));
  }
  return list;
}

/** What stands behind `key:` or `-` on one line. */
function inline(text: string): unknown {
  if (!/^[{["]/.test(text)) return word(text);
  const flow = { text, at: 0 };
  const value = flowValue(flow);
  if (flow.at < text.length) throw new BeyondPlain();
  return value;
}

interface Flow {
  text: string;
  at: number;
}

const QUOTED = /"(?:[^"\\]|\\["\\/bfnrt])*"/y;
const PLAIN = /[^\s,[\]{}"'][^,[\]{}]*/y;
const FLOW_KEY = /([A-Za-z][\w-]*): +/y;
const GAP = / */y;

function flowValue(flow: Flow): unknown {
  switch (flow.text[flow.at]) {
    case '{':
      return flowMap(flow);
    case '[':
      return flowList(flow);
    case '"':
      return JSON.parse(take(flow, QUOTED));
    default:
      return word(take(flow, PLAIN).trimEnd());
  }
}

function flowMap(flow: Flow): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  items(flow, '}', () => {
    const key = take(flow, FLOW_KEY).replace(/: +$/, '');
    if (!isFresh(key, map)) throw new BeyondPlain();
    map[key] = flowValue(flow);
  });
  return map;
}

function flowList(flow: Flow): unknown[] {
  const list: unknown[] = [];
  items(flow, ']', () => list.push(flowValue(flow)));
  return list;
}

/** `open item, item close`: the cursor moves from the opening sign past the closing one. */
function items(flow: Flow, close: string, item: () => void): void {
  flow.at += 1;
  take(flow, GAP);
  for (let isFirst = true; flow.text[flow.at] !== close; isFirst = false) {
    if (!isFirst) comma(flow);
    item();
    take(flow, GAP);
  }
  flow.at += 1;
}

function comma(flow: Flow): void {
  if (flow.text[flow.at] !== ',') throw new BeyondPlain();
  flow.at += 1;
  take(flow, GAP);
}

function take(flow: Flow, pattern: RegExp): string {
  pattern.lastIndex = flow.at;
  const found = pattern.exec(flow.text)?.[0];
  if (found === undefined) throw new BeyondPlain();
  flow.at += found.length;
  return found;
}

// The numbers and words of YAML 1.2's core schema; the rare ones are left to the package.
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const RARE = /^(?:null|Null|NULL|~|True|TRUE|False|FALSE|0[xo].*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

function word(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  if (NUMBER.test(text)) return Number(text);
  const isUnsure = RARE.test(text) || /^[!&*|>@`%?'"#,[\]{}:-]|: |:$| #/.test(text);
  if (isUnsure) throw new BeyondPlain();
  return text;
}
