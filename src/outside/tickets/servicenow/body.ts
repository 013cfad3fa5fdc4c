import type { ServiceNowMap } from '#knowledge/ticket-maps.ts';
import type { Severity } from '#knowledge/schema.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { TicketWords } from '#src/requests/ticket.ts';

/** A new incident. Its priority is worked out over there; `correlation_id` is our number, by which it is found again. */
export function incidentOf(
  request: ServiceRequest,
  words: TicketWords,
  map: ServiceNowMap,
  group: string | undefined,
): Record<string, string> {
  const { number, category, severity, contact } = request;
  return {
    short_description: clipped(words.title, map.titleLength.value),
    description: `${words.text}\n\n${map.contact[contact.method].value}`,
    correlation_id: number,
    correlation_display: 'Frontdesk',
    contact_type: map.contactType.value,
    category: map.category[category].value,
    ...levelOf(severity, map),
    ...(group !== undefined && { assignment_group: group }),
  };
}

export function levelOf(severity: Severity, { severity: levels }: ServiceNowMap): Record<string, string> {
  const { impact, urgency } = levels[severity];
  return { impact: impact.value, urgency: urgency.value };
}

function clipped(text: string, most: number): string {
  const letters = Array.from(text);
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
}
