import type { ServiceNowMap } from '#knowledge/ticket-maps.ts';
import { done, later } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { Attempt, Filed, PutIntoWords, Ticket, TicketSystem } from '#src/requests/ticket.ts';
import { harmless, isDone } from '../ask.ts';
import type { Answered, Ask, Question } from '../ask.ts';
import { commentsIn, foundIn, madeIn } from './answer.ts';
import { signedIn } from './auth.ts';
import type { AskSignedIn, ServiceNowAccount } from './auth.ts';
import { incidentOf, levelOf } from './body.ts';

export interface ServiceNowOptions {
  /** `https://contoso.service-now.com` */
  readonly instance: string;
  readonly account: ServiceNowAccount;
  /** Name or sys_id of the group that gets new incidents; undefined: your own rules assign them. */
  readonly group?: string;
  readonly map: ServiceNowMap;
  readonly words: PutIntoWords;
  readonly ask: Ask;
  readonly clock: () => number;
}

/** Beyond the time that ServiceNow gives a call: clocks and networks take theirs. */
const MARGIN_MS = 15_000;

/** ServiceNow by its Table API. It has no idempotency keys, so whatever may have arrived is looked for before it is sent again. */
export function serviceNow(options: ServiceNowOptions): TicketSystem {
  const { instance, account, ask, clock, map } = options;
  const to: Desk = { ...options, asks: signedIn(instance, account, ask, clock) };
  const change = (filed: Filed, fields: Record<string, string>) => patch(filed.ticket, fields, to);
  return {
    id: 'servicenow',
    takes: () => true,
    file: (request, attempt) => file(request, attempt, to),
    addInformation: (filed, text, attempt) => comment(filed, text, attempt, to),
    changeSeverity: (filed, severity) => change(filed, levelOf(severity, map)),
    close: (filed) => {
      const { state, code, notes } = map.closed;
      return change(filed, { state: state.value, close_code: code.value, close_notes: notes.value });
    },
    reopen: (filed) => change(filed, { state: map.reopened.state.value }),
  };
}

interface Desk extends ServiceNowOptions {
  readonly asks: AskSignedIn;
}

async function file(request: ServiceRequest, attempt: Attempt, to: Desk): Promise<Delivery<Ticket>> {
  if (attempt.again) {
    const found = await find(request.number, to);
    if (found.kind !== 'done') return found;
    if (found.value) return done(found.value);
    // Not there yet, but a call that nobody saw the end of may still make it.
    if (attempt.unsettled) return uncertain(to);
  }
  const query = 'sysparm_fields=sys_id,number&sysparm_input_display_value=true';
  const url = `${to.instance}/api/now/table/incident?${query}`;
  const made = await send({ method: 'POST', url, body: incidentOf(request, to.words(request), to.map, to.group) }, to);
  return made.kind === 'done' ? madeIn(made.value.body, to.instance) : made;
}

async function find(number: string, to: Desk): Promise<Delivery<Ticket | null>> {
  const query = `sysparm_query=${encodeURIComponent(`correlation_id=${number}`)}&sysparm_fields=sys_id,number&sysparm_limit=1`;
  const asked = await read(`${to.instance}/api/now/table/incident?${query}`, to);
  return asked.kind === 'done' ? foundIn(asked.value.body, to.instance) : asked;
}

/** Comments pile up, so each carries the mark of its line in our history, by which a repeat is seen. */
async function comment(filed: Filed, text: string, attempt: Attempt, to: Desk): Promise<Delivery<void>> {
  const mark = `[${attempt.key.replace(/^ticket:/, '')}]`;
  if (attempt.again) {
    const query = 'sysparm_display_value=true&sysparm_fields=comments';
    const asked = await read(`${address(filed.ticket, to)}?${query}`, to);
    const written = asked.kind === 'done' ? commentsIn(asked.value.body) : asked;
    if (written.kind !== 'done') return written;
    if (written.value.includes(mark)) return done(undefined);
    if (attempt.unsettled) return uncertain(to);
  }
  const url = `${address(filed.ticket, to)}?sysparm_fields=sys_id`;
  const sent = await send({ method: 'PATCH', url, body: { comments: `${text}\n\n${mark}` } }, to);
  return sent.kind === 'done' ? done(undefined) : sent;
}

/** Sets fields to what they shall be: doing it twice changes nothing. */
async function patch(ticket: Ticket, fields: Record<string, string>, to: Desk): Promise<Delivery<void>> {
  const url = `${address(ticket, to)}?sysparm_fields=sys_id`;
  const asked = await to.asks({ method: 'PATCH', url, body: fields });
  if (asked.kind !== 'done') return asked;
  return isDone(asked.value) ? done(undefined) : harmless(asked.value, to.clock());
}

const address = ({ id }: Ticket, { instance }: Desk) => `${instance}/api/now/table/incident/${encodeURIComponent(id)}`;

async function read(url: string, to: Desk): Promise<Delivery<Answered>> {
  const asked = await to.asks({ method: 'GET', url });
  if (asked.kind !== 'done') return asked;
  return isDone(asked.value) ? done(asked.value) : harmless(asked.value, to.clock());
}

/** Sends what must not happen twice. */
async function send(question: Question, to: Desk): Promise<Delivery<Answered>> {
  const asked = await to.asks(question);
  if (asked.kind !== 'done') return asked;
  if (asked.value.kind === 'unheard') return uncertain(to);
  return isDone(asked.value) ? done(asked.value) : harmless(asked.value, to.clock());
}

/** Nobody heard what became of it: not looked for before it must be over, one way or the other. */
function uncertain({ map }: Desk): Delivery<never> {
  return later('uncertain', map.longestSeconds.value * 1_000 + MARGIN_MS);
}
