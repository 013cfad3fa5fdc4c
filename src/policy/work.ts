import type { Calendar } from '#knowledge/offering.ts';
import type { Category, Severity } from '#knowledge/schema.ts';

/** When somebody works, ready to be walked through. `closes` may pass 1440 where a shift ends on the next day. */
export type Schedule =
  | { kind: 'always' }
  | { kind: 'every-day'; zone: string; opens: number; closes: number }
  | { kind: 'business-days'; zone: string; opens: number; closes: number; calendar: Calendar }
  | { kind: 'weekdays'; zone: string; opens: number; closes: number; weekdays: readonly number[] };

/** What decides which hours count: the kind of work, and for local hours where the person is. */
export interface Work {
  category: Category;
  /** The granted level. */
  severity: Severity | '';
  development?: boolean | undefined;
  /** The person's zone and country (ISO 3166-1 alpha-2), for hours that are local to the caller. */
  timeZone?: string | undefined;
  country?: string | undefined;
}
