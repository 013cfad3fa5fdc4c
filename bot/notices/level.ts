import type { Severity } from '#knowledge/schema.ts';

/** The level that a matter has now; '' where nothing is known of it yet. */
export type CaseLevel = Severity | '';
