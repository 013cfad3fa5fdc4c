/** What the policy decides by; its shape belongs to the files that hold it. */
export type { Rules } from '#knowledge/offering.ts';
