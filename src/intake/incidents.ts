import type { Incident } from './ports.ts';

/**
 * The current incident that a person's words are about, or null. An incident names its own words (service names, symptoms,
 * in any language); the most specific match wins. Only a hint: the person says whether it is theirs.
 */
export function matchIncident(text: string, incidents: readonly Incident[]): Incident | null {
  const said = text.normalize('NFKC').toLowerCase();
  let best: { incident: Incident; hits: number } | null = null;
  for (const incident of incidents) {
    const hits = incident.keywords.filter((word) => said.includes(word.normalize('NFKC').toLowerCase())).length;
    if (hits >= 2 && hits > (best?.hits ?? 0)) best = { incident, hits };
  }
  return best?.incident ?? null;
}
