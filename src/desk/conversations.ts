import { z } from 'zod';
import { mayServe } from '#src/handoff/agent.ts';
import { isColleagues } from '#src/handoff/standing.ts';
import { Refusal } from '#src/http/call.ts';
import { changesOf } from '#src/log/changes.ts';
import type { Conversation, Storage, Unit } from '#src/log/ports.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { Agent } from './agents.ts';
import { contactIs, hiddenIn, hiding, type Hide } from './contact.ts';
import { handoffOf } from './handoff-event.ts';
import { isoOrNull } from './iso.ts';
import { deskRow, rowSchema, type DeskRow } from './log-rows.ts';
import { packetSchema, withMaskedContact, type CasePacket, type DeskPacket } from './packet.ts';
import { promiseView } from './promises.ts';
import { wholeOf, type DeskRoute } from './route.ts';
import { verificationOf } from './verification.ts';

export interface ConversationOptions {
  readonly storage: Storage;
  /** Reads what an agent should know out of a conversation's stored state; null where it can't be read. */
  readonly readPacket: (state: unknown, now: number) => CasePacket | null;
  readonly clock: () => number;
  /** Numbers of the house itself, as `oursOf` makes them: the bot tells them to everybody. */
  readonly ours: ReadonlySet<string>;
}

export const noConversation = () => new Refusal(404, 'not-found', 'There is no such conversation.');

const ROWS = { byDefault: 200, most: 500 };
const MOST_REQUESTS = 20;
/** Longer than people write to each other before somebody helps; the rest is read page by page. */
const TRANSCRIPT = 500;

export function conversationRoutes(options: ConversationOptions): DeskRoute[] {
  return [packetRoute(options), logRoute(options)];
}

function packetRoute(options: ConversationOptions): DeskRoute {
  const { storage, clock } = options;
  return {
    method: 'GET',
    path: '/desk/api/conversations/:id',
    summary: 'What is known of a conversation, before and after it is accepted. Reading it is noted in the audit.',
    access: 'agent',
    status: 200,
    answer: packetSchema,
    handle: async ({ params }, { agent }) => {
      const id = params['id'] ?? '';
      const packet = await storage.transact(async (unit) => {
        const conversation = await visible(id, agent, unit);
        await unit.audit.add({ at: clock(), actor: agent.id, action: 'conversation.read', subject: id, detail: {} });
        return packetFor(conversation, agent, unit, options);
      });
      return { status: 200, json: packet };
    },
  };
}

/** The packet of a conversation as `agent` may see it; `asked`: they said what they need the contact for. */
export async function packetFor(
  conversation: Conversation,
  agent: Agent,
  unit: Unit,
  { readPacket, clock, ours, asked = false }: ConversationOptions & { readonly asked?: boolean },
): Promise<DeskPacket> {
  const { id, channel, owner, epoch, waitingSince } = conversation;
  const shown = contactIs(agent, conversation);
  const known = readPacket(conversation.state, clock());
  const stored = await unit.rows.list(id, Math.max(0, conversation.lastSeq - TRANSCRIPT), TRANSCRIPT);
  const requests = await unit.requests.ofConversation(id, MOST_REQUESTS);
  const hide = shown === 'whole' || asked ? null : hiderOf(known, requests, ours);
  const handoff = handoffOf(stored, conversation);
  const has = conversation.agent === null ? undefined : await unit.agents.byId(conversation.agent);
  return {
    conversation: id,
    channel,
    owner,
    agent: has?.name ?? conversation.agent,
    epoch,
    waitingSince: isoOrNull(waitingSince),
    verified: await verificationOf(id, unit, clock()),
    contactIs: shown,
    case: known && hide ? withMaskedContact(known, hide) : known,
    requests: await Promise.all(requests.map((request) => requestLine(request, unit, clock(), hide))),
    handoff: handoff && hide ? eventSchema.parse(hiddenIn(handoff, hide)) : handoff,
    transcript: rowsOf(stored, conversation, hide),
  };
}

async function requestLine(
  { number, state, severity, description: written, createdAt, respondBy }: ServiceRequest,
  unit: Unit,
  now: number,
  hide: Hide | null,
): Promise<DeskPacket['requests'][number]> {
  const promises = (await unit.promises.ofRequest(number)).map((pledge) => promiseView(pledge, now));
  const description = hide ? hide(written) : written;
  return { number, state, severity, description, createdAt: new Date(createdAt).toISOString(), respondBy, promises };
}

function logRoute(options: ConversationOptions): DeskRoute {
  return {
    method: 'GET',
    path: '/desk/api/conversations/:id/log',
    summary: 'What was said, in order.',
    query: {
      after: 'seq of the last row seen; from the beginning where it is not given.',
      limit: `How many at most, up to ${ROWS.most}; ${ROWS.byDefault} where it is not given.`,
    },
    access: 'agent',
    status: 200,
    answer: z.array(rowSchema),
    handle: async (call, { agent }) => {
      const limit = wholeOf(call, 'limit', ROWS);
      const after = afterOf(call.query.get('after'));
      const rows = await options.storage.transact(async (unit) => {
        const conversation = await visible(call.params['id'] ?? '', agent, unit);
        const hide = await hiderFor(conversation, agent, unit, options);
        return rowsOf(await unit.rows.list(conversation.id, after, limit), conversation, hide);
      });
      return { status: 200, json: rows };
    },
  };
}

function afterOf(given: string | null): number {
  if (given === null || given === '') return 0;
  if (/^\d{1,12}$/.test(given)) return Number(given);
  throw new Refusal(400, 'bad-request', '"after" must be the seq of a row.');
}

/** The conversation, where the agent may see it; else as if there were none. One that the desk never had is nobody's to read. */
export async function visible(id: string, agent: Agent, unit: Unit): Promise<Conversation> {
  const conversation = await unit.conversations.byId(id);
  if (!conversation || conversation.deskAt === null || !mayServe(agent, conversation.offering)) throw noConversation();
  if (isColleagues(conversation, agent)) throw noConversation();
  return conversation;
}

/** Hides in a talk how its customer is reached; null for who sees that whole. */
async function hiderFor(
  conversation: Conversation,
  agent: Agent,
  unit: Unit,
  { readPacket, clock, ours }: ConversationOptions,
): Promise<Hide | null> {
  if (contactIs(agent, conversation) === 'whole') return null;
  const requests = await unit.requests.ofConversation(conversation.id, MOST_REQUESTS);
  const known = readPacket(conversation.state, clock());
  return hiderOf(known, requests, ours);
}

function hiderOf(
  known: CasePacket | null,
  requests: readonly ServiceRequest[],
  ours: ConversationOptions['ours'],
): Hide {
  return hiding([known?.contact ?? {}, ...requests.map(({ contact }) => contact)], ours);
}

function rowsOf(rows: Parameters<typeof deskRow>[0][], conversation: Conversation, hide: Hide | null): DeskRow[] {
  const changes = changesOf(rows);
  const shown = rows.flatMap((row) => deskRow(row, conversation, changes.get(row.seq)) ?? []);
  return hide === null ? shown : shown.map((row) => ({ ...row, text: hide(row.text) }));
}

const eventSchema = z.record(z.string(), z.unknown());
