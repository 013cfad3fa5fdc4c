import type { Offering, Rules } from './offering.ts';

export type Plain = string | number | boolean;

/** One value of an offering file, with where it comes from. */
export interface Value {
  /** `o365-21vianet.respond.A.hours`, as articles refer to it. */
  path: string;
  value: Plain;
  /** undefined: an assumption. */
  source: { doc: string; words: string } | undefined;
  reason: string | undefined;
  /** What other documents say of the same fact. */
  also: readonly { value: Plain; doc: string; words: string }[];
}

/** Every value of every offering, in the order of the files. */
export function valuesOf(rules: Pick<Rules, 'offerings'>): Value[] {
  return Object.values(rules.offerings).flatMap((offering: Offering) => below(offering, offering.id));
}

/** Every value of a tree of values that is no offering. */
export function leavesOf(tree: object): Value[] {
  return Object.entries(tree).flatMap(([name, child]) => below(child, name));
}

function below(node: unknown, path: string): Value[] {
  if (typeof node !== 'object' || node === null) return [];
  if (isLeaf(node)) {
    const { value, source, reason, also = [] } = node;
    return [{ path, value, source, reason, also }];
  }
  return Object.entries(node).flatMap(([name, child]) => below(child, `${path}.${name}`));
}

interface AnyLeaf {
  value: Plain;
  source?: Value['source'];
  reason?: string;
  also?: Value['also'];
}

function isLeaf(node: object): node is AnyLeaf {
  return 'value' in node && ('source' in node || 'assumption' in node);
}
