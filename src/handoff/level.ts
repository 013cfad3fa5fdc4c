import type { Severity } from '#knowledge/schema.ts';

/** Why an agent lowers a level. The last two are policy.md's: only after a warning, and when its time has passed. */
export const LOWERING = ['customer-agreed', 'customer-silent', 'no-resources'] as const;
export type Lowering = (typeof LOWERING)[number];

export interface LevelChange {
  readonly from: Severity;
  readonly to: Severity;
  /** The highest level that the rules grant; null where nothing caps it. */
  readonly cap: Severity | null;
  readonly why: Lowering;
  /** The warning that was sent last, if any, and when the customer was last heard. Epoch milliseconds. */
  readonly warning: { readonly to: Severity; readonly at: number; readonly until: number } | null;
  readonly heardAt: number;
  readonly now: number;
}

/**
 * `same`: it has that level · `cap`: the rules don't grant it · `warning-first`: nobody warned the customer of it ·
 * `warning-runs`: its time has not passed · `answered`: the customer has answered since.
 */
export const LEVEL_REFUSALS = ['same', 'cap', 'warning-first', 'warning-runs', 'answered'] as const;
export type LevelRefusal = (typeof LEVEL_REFUSALS)[number];

const RANK = { A: 0, B: 1, C: 2 } as const;

/** Whether a level may be changed so; null: it may. Raising asks for nothing but the cap. */
export function judgeLevel({ from, to, cap, why, warning, heardAt, now }: LevelChange): LevelRefusal | null {
  if (from === to) return 'same';
  if (cap !== null && RANK[to] < RANK[cap]) return 'cap';
  if (RANK[to] < RANK[from] || why === 'customer-agreed') return null;
  if (warning === null || RANK[warning.to] < RANK[to]) return 'warning-first';
  if (why === 'customer-silent' && heardAt > warning.at) return 'answered';
  return now < warning.until ? 'warning-runs' : null;
}
