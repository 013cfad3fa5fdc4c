import { withoutPersonalData } from '#src/intake/redact.ts';
import { mayReopen } from '#src/requests/actions.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { formatInstant } from './instant.ts';
import { promise } from './promise.ts';
import { say } from './question.ts';
import type { ColleagueRequest, Context } from './question.ts';
import type { Reply } from './reply.ts';
import { asksHowItStands } from './request-words.ts';
import { seesColleagues } from './settle.ts';
import { readWholeChoice } from './words.ts';

/** How requests stand: the person's own, and for an admin those of the organization. */

/** More than this no one reads in a chat. */
const LISTED = 10;
const LONGEST_TEXT = 80;

/** Whether the whole message asks how one's requests stand. */
export function asksForStatus(text: string, context: Context): boolean {
  const choice = { id: 'status', label: context.text('welcome.status') };
  if (/^\d$/.test(text.trim())) return false;
  const { phrases } = context.tools;
  return readWholeChoice(text, [choice], phrases) !== null || asksHowItStands(text, phrases);
}

/** The open requests, newest first: the person's own, then for an admin the organization's; or that there are none. */
export function requestList(context: Context): Reply {
  const tenant = seesColleagues(context.case);
  const { now, reopenDays } = context.tools;
  const all = context.world.requests();
  const own = all.filter(({ state }) => state === 'open');
  const lately = all.filter((one) => mayReopen(one, { now, reopenDays }));
  const reopened = listed('status.list-closed', lately, context);
  const others = tenant === null ? [] : context.world.colleagues(tenant);
  const parts = [
    ...listed('status.list', own, context),
    // Of a colleague's request an admin learns what it is about; never who, or how to reach them.
    ...listed(
      'status.list-organization',
      others.map((one) => ({ ...one, description: withoutPersonalData(one.description) })),
      context,
    ),
  ];
  const none = tenant === null ? 'status.none' : 'status.none-organization';
  const said = parts.length === 0 ? [context.text(none)] : parts;
  const choices = [...own, ...lately, ...others]
    .slice(0, LISTED)
    .map(({ number }) => ({ id: `show:${number}`, label: number }));
  const text = [...said, ...reopened].join('\n\n');
  return choices.length === 0
    ? say(context, text)
    : say(context, text, { step: 'status', apart: true, choices, card: {} });
}

function listed(heading: string, requests: readonly Shown[], context: Context): string[] {
  if (requests.length === 0) return [];
  const lines = requests.slice(0, LISTED).map((request) => requestLine(request, context));
  const more = requests.length - lines.length;
  return [context.text(heading), ...lines, ...(more > 0 ? [context.text('status.more', { count: more })] : [])];
}

type Shown = Pick<ServiceRequest, 'state' | 'ticket'> & ColleagueRequest;

/** One request in a line: number, level, state, when, the beginning of what was written, by when somebody answers. */
export function requestLine(request: Shown, context: Context): string {
  const { timeZone, language } = context.case;
  const zone = timeZone ?? context.tools.rules.offerings[request.offering].zone?.value ?? 'UTC';
  const letters = Array.from(request.description.replace(/\s+/g, ' ').trim());
  const text = letters.length > LONGEST_TEXT ? `${letters.slice(0, LONGEST_TEXT).join('')}…` : letters.join('');
  const line = context.text('status.line', {
    number: numbersOf(request),
    level: request.severity,
    state: context.text(`status.${request.state}`),
    filed: formatInstant(new Date(request.createdAt).toISOString(), zone, language),
    text: text.replace(/[.。!！]+$/u, ''),
  });
  return request.state === 'open'
    ? `${line}${language === 'en' ? ' ' : ''}${promise(context, request, request.offering)}`
    : line;
}

/** Our number, and the one by which the ticket system that is connected names the same matter. */
function numbersOf({ number, ticket }: Pick<ServiceRequest, 'number' | 'ticket'>): string {
  return ticket === undefined || ticket.number === number ? number : `${number} / ${ticket.number}`;
}
