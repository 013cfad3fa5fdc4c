import { draftSchema } from '#src/requests/request.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { ticketSchema } from '#src/requests/ticket.ts';
import type { RequestsTable } from './tables.ts';

export function toRow(request: ServiceRequest): RequestsTable {
  return {
    number: request.number,
    submission_id: request.submissionId,
    conversation: request.conversation,
    person: request.person,
    person_name: request.personName,
    tenant: request.tenant,
    state: request.state,
    severity: request.severity,
    offering: request.offering,
    respond_by: request.respondBy,
    provisional: request.provisional ? 1 : 0,
    draft: JSON.stringify(draftSchema.parse(request)),
    ticket: null,
    created_at: request.createdAt,
    closed_at: request.closedAt ?? null,
  };
}

export function toRequest(row: RequestsTable): ServiceRequest {
  return {
    ...draftSchema.parse(JSON.parse(row.draft)),
    severity: row.severity,
    number: row.number,
    submissionId: row.submission_id,
    conversation: row.conversation,
    person: row.person,
    personName: row.person_name,
    tenant: row.tenant,
    state: row.state,
    createdAt: row.created_at,
    respondBy: row.respond_by,
    provisional: row.provisional === 1,
    ...(row.ticket !== null && { ticket: ticketSchema.parse(JSON.parse(row.ticket)) }),
    ...(row.closed_at !== null && { closedAt: row.closed_at }),
  };
}
