import { z } from 'zod';
import type { OfferingId, ServiceWords } from '#knowledge/schema.ts';
import type { Incident, IncidentState } from '#src/intake/ports.ts';
import { keywordsOf } from './keywords.ts';
import { plainText } from './plain-text.ts';

/** microsoft.graph.serviceHealthIssue, as far as it is shown or matched. */
export const issueSchema = z.object({
  id: z.string(),
  title: z.string(),
  service: z.string(),
  status: z.string(),
  classification: z.string(),
  isResolved: z.boolean().nullish(),
  startDateTime: z.string(),
  endDateTime: z.string().nullish(),
  impactDescription: z.string().nullish(),
  posts: z
    .array(
      z.object({
        createdDateTime: z.string().nullish(),
        description: z.object({ content: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
});
export type Issue = z.infer<typeof issueSchema>;

/** serviceHealthStatus of what is over or never was; the documentation writes it both in Pascal and in camel case. */
const OVER = new Set([
  'serviceoperational',
  'servicerestored',
  'postincidentreviewpublished',
  'falsepositive',
  'resolved',
  'resolvedexternal',
  'mitigated',
  'mitigatedexternal',
]);
const TOLD = new Set(['incident', 'advisory']);

const LONGEST_TITLE = 300;
const LONGEST_POST = 600;

export function isOver({ isResolved, status }: Issue): boolean {
  return isResolved === true || OVER.has(status.toLowerCase());
}

export function stateOf(issue: Issue): IncidentState {
  return isOver(issue) ? 'over' : 'current';
}

/** What goes on now, the latest first, as plain text. */
export function currentIncidents(issues: readonly Issue[], offering: OfferingId, words: ServiceWords): Incident[] {
  return issues
    .filter((issue) => !isOver(issue) && TOLD.has(issue.classification.toLowerCase()))
    .flatMap((issue) => incidentOf(issue, offering, words) ?? [])
    .toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
}

/** null where it can't be shown: without a time or without words. */
function incidentOf(issue: Issue, offering: OfferingId, words: ServiceWords): Incident | null {
  const startedAt = instant(issue.startDateTime);
  const title = plainText(issue.title, LONGEST_TITLE);
  const service = plainText(issue.service, LONGEST_TITLE);
  if (startedAt === null || title === '' || !isIssueId(issue.id)) return null;
  const impact = plainText(issue.impactDescription ?? '', LONGEST_POST);
  const latest = latestOf(issue);
  return {
    id: issue.id,
    offering,
    service,
    title,
    status: issue.status.charAt(0).toLowerCase() + issue.status.slice(1),
    startedAt,
    keywords: keywordsOf({ service, title, impact }, words),
    ...(latest && { latest }),
  };
}

function latestOf({ posts }: Issue): Incident['latest'] {
  const told = (posts ?? []).flatMap(({ createdDateTime, description }) => {
    const at = instant(createdDateTime ?? '');
    return at === null ? [] : [{ at, html: description?.content ?? '' }];
  });
  const last = told.toSorted((one, other) => one.at.localeCompare(other.at)).at(-1);
  const text = last ? plainText(last.html, LONGEST_POST) : '';
  return last && text !== '' ? { text, at: last.at } : undefined;
}

function instant(text: string): string | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** "EX226792": an id becomes part of an address. */
export function isIssueId(id: string): boolean {
  return /^[A-Z]{2,4}\d{1,12}$/i.test(id);
}
