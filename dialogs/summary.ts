import type { Category, Severity } from '#knowledge/schema.ts';
import { parseCase } from './case.ts';
import { decisionOf } from './entitlement.ts';
import type { Tools } from './question.ts';

/** What the people who take over want to see of a case first. `severity` is what would be granted, caps included. */
export interface Summary {
  severity: Severity | '';
  category: Category | null;
  description: string | null;
}

/** Reads a stored case; null where nothing is stored, or in a shape that no longer exists. */
export function summaryOf(state: unknown, tools: Pick<Tools, 'rules' | 'now'>): Summary | null {
  const known = parseCase(state);
  if (!known) return null;
  const { triage, description, severity } = known;
  const isLevelKnown = triage !== null || severity !== null;
  return {
    severity: isLevelKnown ? decisionOf(known, tools).severity : '',
    category: triage?.category ?? null,
    description,
  };
}
