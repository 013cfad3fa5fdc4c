import { z } from 'zod';
import { OUTCOMES } from '#src/handoff/standing.ts';
import { isThere } from '#src/handoff/agent.ts';
import { Refusal, type Answer, type Call } from '#src/http/call.ts';
import type { Agent } from './agents.ts';
import { noConversation, packetFor, visible, type ConversationOptions } from './conversations.ts';
import { packetSchema } from './packet.ts';
import type { Done, FloorRefusal } from '#src/handoff/done.ts';
import type { Floor } from './ports.ts';
import { bodyOf, type DeskRoute } from './route.ts';
import type { Session } from './sessions.ts';

export interface TalkOptions extends ConversationOptions {
  readonly floor: Floor;
  /** Milliseconds without a sign of life after which an agent's desk counts as closed. */
  readonly patience: number;
}

/** As long as what a person may write (promises.md, limits). */
const LONGEST = 8_000;
const wordsSchema = z.object({
  /** Unique for this agent: the same id again is the same message. */
  id: z.string().min(1).max(128),
  text: z.string().trim().min(1).max(LONGEST),
});
const seqSchema = z.object({ seq: z.number().int() });
const closeSchema = z.object({ outcome: z.enum(OUTCOMES) });
const transferSchema = z.object({
  /** Id of a colleague, or `queue`: back into the line. */
  to: z.string().min(1).max(256),
});
const nothing = z.object({});

const BASE = '/desk/api/conversations/:id';
const CHANGE = { method: 'POST', access: 'agent', status: 200 } as const;

/** What an agent does in a conversation. */
export function talkRoutes(options: TalkOptions): DeskRoute[] {
  return [...takingRoutes(options), ...wordRoutes(options), ...leavingRoutes(options)];
}

function takingRoutes(options: TalkOptions): DeskRoute[] {
  const { floor } = options;
  return [
    {
      ...CHANGE,
      path: `${BASE}/accept`,
      summary: 'Takes somebody out of the line. 409 when another has them.',
      answer: packetSchema,
      handle: async (call, session) => {
        told(await floor.accept(idOf(call), session.agent));
        return packet(call, session, options);
      },
    },
    {
      ...CHANGE,
      path: `${BASE}/take-over`,
      summary: 'Takes a conversation from whoever has it.',
      access: 'supervisor',
      answer: packetSchema,
      handle: async (call, session) => {
        told(await floor.takeOver(idOf(call), session.agent));
        return packet(call, session, options);
      },
    },
  ];
}

function wordRoutes({ floor }: TalkOptions): DeskRoute[] {
  return [
    {
      ...CHANGE,
      path: `${BASE}/messages`,
      summary: 'Says something to the customer. 409 when this agent no longer has the conversation.',
      body: wordsSchema,
      answer: seqSchema,
      handle: async (call, { agent }) => {
        return { status: 200, json: told(await floor.say(idOf(call), agent, bodyOf(wordsSchema, call))) };
      },
    },
    {
      ...CHANGE,
      path: `${BASE}/notes`,
      summary: 'Writes a note beside the conversation; the customer never sees it.',
      body: wordsSchema,
      answer: seqSchema,
      handle: async (call, { agent }) => {
        return { status: 200, json: told(await floor.note(idOf(call), agent, bodyOf(wordsSchema, call))) };
      },
    },
    {
      ...CHANGE,
      path: `${BASE}/typing`,
      summary: 'Shows the customer that the agent types. Kept nowhere.',
      status: 204,
      handle: async (call, { agent }) => {
        told(await floor.types(idOf(call), agent));
        return { status: 204 };
      },
    },
  ];
}

function leavingRoutes(options: TalkOptions): DeskRoute[] {
  const { floor } = options;
  return [
    {
      ...CHANGE,
      path: `${BASE}/transfer`,
      summary: 'Hands the conversation to a colleague who is there, or back into the line.',
      body: transferSchema,
      answer: nothing,
      handle: async (call, { agent }) => {
        const to = await colleague(bodyOf(transferSchema, call).to, call, options);
        told(await floor.transfer(idOf(call), agent, to));
        return { status: 200, json: {} };
      },
    },
    {
      ...CHANGE,
      path: `${BASE}/return`,
      summary: 'Gives the conversation back to the bot.',
      answer: nothing,
      handle: async (call, { agent }) => {
        told(await floor.giveBack(idOf(call), agent));
        return { status: 200, json: {} };
      },
    },
    {
      ...CHANGE,
      path: `${BASE}/close`,
      summary: 'Ends the conversation; `solved` also closes the requests filed in it.',
      body: closeSchema,
      answer: nothing,
      handle: async (call, { agent }) => {
        told(await floor.close(idOf(call), agent, bodyOf(closeSchema, call).outcome));
        return { status: 200, json: {} };
      },
    },
  ];
}

const idOf = ({ params }: Call): string => params['id'] ?? '';

async function packet(call: Call, { agent }: Session, options: TalkOptions): Promise<Answer> {
  const json = await options.storage.transact(async (unit) =>
    packetFor(await visible(idOf(call), agent, unit), agent, unit, options),
  );
  return { status: 200, json };
}

/** The colleague by id, who must be there; null for the line. */
async function colleague(to: string, call: Call, { storage, clock, patience }: TalkOptions): Promise<Agent | null> {
  if (to === 'queue') return null;
  const { offering, found } = await storage.transact(async (unit) => ({
    offering: (await unit.conversations.byId(idOf(call)))?.offering ?? null,
    found: await unit.agents.byId(to),
  }));
  const isAble = found !== undefined && (offering === null || found.queues.includes(offering));
  if (!isAble || !isThere(found, clock(), patience) || found.presence === 'gone') throw refusal('not-there', null);
  const { id, name, role, queues } = found;
  return { id, name, role, queues };
}

/** What was done; or throws the refusal that says why not. */
function told<T>(done: Done<T>): T {
  if (done.ok) return done.value;
  throw refusal(done.why, done.agent ?? null);
}

function refusal(why: FloorRefusal, agent: string | null): Refusal {
  switch (why) {
    case 'no-conversation':
      return noConversation();
    case 'taken':
      return new Refusal(409, 'taken', `${agent ?? 'Another agent'} has this conversation.`);
    case 'not-waiting':
      return new Refusal(409, 'not-waiting', 'Nobody waits there any more.');
    case 'not-yours':
      return new Refusal(409, 'not-yours', 'You don’t have this conversation (any more).');
    case 'other-text':
      return new Refusal(409, 'other-text', 'Something else was said with this id already. Nothing was said now.');
    case 'not-there':
      return new Refusal(409, 'not-there', 'This colleague is not at the desk, or may not serve this product.');
  }
}
