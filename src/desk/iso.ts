/** An instant as the desk's answers tell it: ISO, UTC. */
export const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
