import { Readable } from 'node:stream';
import { mayServe } from '#src/handoff/agent.ts';
import type { Call } from '#src/http/call.ts';
import type { Conversation, Storage } from '#src/log/ports.ts';
import type { Typing } from '#src/log/typing.ts';
import type { Agent } from './agents.ts';
import type { DeskChange, Feed } from './feed.ts';
import type { DeskRoute } from './route.ts';
import { Followed } from './followed.ts';
import { Later } from './later.ts';
import type { Sessions } from './sessions.ts';

export interface EventOptions {
  readonly storage: Storage;
  readonly feed: Feed;
  readonly sessions: Sessions;
  readonly typing: Typing;
  readonly clock: () => number;
  readonly failed: (error: unknown) => void;
  /** Milliseconds between two signs of life, in both directions. */
  readonly heartbeat?: number;
  /** Milliseconds between two events about requests of colleagues' conversations. */
  readonly later?: number;
}

const HEARTBEAT_MS = 15_000;
/** In a talk something happens every few seconds; of its request a colleague's list need not be so fresh. */
const LATER_MS = 10_000;
/** A desk that does not read is cut off; it comes back and resumes. */
const MOST_UNREAD = 1_000;

/**
 * `GET /desk/api/events`: what changed, as server-sent events. Each says only which conversation changed and who has it now;
 * what was said is read from the log. `Last-Event-ID` resumes: everything that changed since is told (again, perhaps).
 */
export function eventsRoute(options: EventOptions): DeskRoute {
  return {
    method: 'GET',
    path: '/desk/api/events',
    summary: 'Server-sent events: conversations that changed. Resumes with Last-Event-ID.',
    access: 'agent',
    status: 200,
    handle: async (call, { agent }) => {
      const since = sinceOf(call, options.clock());
      const stream = new Readable({ read: () => undefined });
      follow(stream, { call, agent, since }, options);
      return {
        status: 200,
        stream,
        headers: {
          'Content-Type': 'text/event-stream; charset=utf-8',
          'Cache-Control': 'no-store',
          'X-Accel-Buffering': 'no',
        },
      };
    },
  };
}

function sinceOf({ headers, query }: Call, now: number): number | null {
  const given = headers['last-event-id'] ?? query.get('after');
  if (typeof given !== 'string' || !/^\d{1,15}$/.test(given)) return null;
  return Math.min(Number(given), now);
}

interface Follower {
  readonly call: Call;
  readonly agent: Agent;
  readonly since: number | null;
}

function follow(stream: Readable, follower: Follower, options: EventOptions): void {
  const { call, agent, since } = follower;
  const { feed, typing, clock, heartbeat = HEARTBEAT_MS } = options;
  const followed = new Followed(agent);
  const later = new Later(options.later ?? LATER_MS, async (ids) => {
    const listed = await listedOf(ids, agent, options);
    if (listed.length > 0) push(`event: listed\ndata: ${JSON.stringify({ conversations: listed })}\n\n`);
  });
  const push = (text: string): void => {
    if (stream.readableLength > MOST_UNREAD * 200) stream.destroy();
    else stream.push(text);
  };
  const tell = ({ id, conversation }: DeskChange): void => {
    const news = followed.take(conversation);
    if (news === 'something') later.add(conversation.id);
    if (news !== 'all') return;
    push(`id: ${id}\nevent: conversation\ndata: ${JSON.stringify(told(conversation))}\n\n`);
  };
  let early: DeskChange[] | null = [];
  const stopFeed = feed.listen((change) => (early === null ? tell(change) : early.push(change)), since);
  // Who reads the lists at "hello" hears of everything that changes in them from then on.
  const begin = async (): Promise<void> => {
    for (const conversation of await atDeskNow(options)) followed.take(conversation);
    push(`retry: 2000\nid: ${since ?? clock()}\nevent: hello\ndata: {}\n\n`);
    const waiting = early ?? [];
    early = null;
    for (const change of waiting) tell(change);
  };
  void begin();
  const stopTyping = typing.onCustomer((conversation) => {
    if (followed.has(conversation)) push(`event: typing\ndata: ${JSON.stringify({ conversation })}\n\n`);
  });
  const beat = (): void => void alive(call, agent, options).then((is) => (is ? push(': \n\n') : stream.push(null)));
  beat();
  const timer = setInterval(beat, heartbeat).unref();
  stream.once('close', () => {
    clearInterval(timer);
    later.stop();
    stopFeed();
    stopTyping();
  });
}

/** Of more, each is known from its next change on. */
const MOST_AT_DESK = 1_000;

/** Those who wait or are with somebody now. */
async function atDeskNow({ storage, failed }: EventOptions): Promise<Conversation[]> {
  try {
    return await storage.transact(async (unit) => [
      ...(await unit.conversations.waiting(MOST_AT_DESK)),
      ...(await unit.conversations.withAgent(MOST_AT_DESK)),
    ]);
  } catch (error) {
    // The desk then hears of each at its next change, and reads the lists now and then in any case.
    failed(error);
    return [];
  }
}

/** Of these conversations of colleagues, those of which the agent's list shows a line: a request that was filed there. */
async function listedOf(ids: readonly string[], agent: Agent, { storage, failed }: EventOptions): Promise<string[]> {
  try {
    return await storage.transact(async (unit) => {
      const filed = [];
      for (const id of ids) filed.push(...(await unit.requests.ofConversation(id, 1)));
      return filed.filter(({ offering }) => mayServe(agent, offering)).map(({ conversation }) => conversation);
    });
  } catch (error) {
    failed(error);
    return [];
  }
}

const told = ({ id, owner, agent, epoch, lastSeq: seq, offering }: Conversation) => {
  return { conversation: id, owner, agent, epoch, seq, offering };
};

/** Whether the session still counts; if so, the agent's desk has given a sign of life. */
async function alive(call: Call, agent: Agent, { sessions, storage, clock, failed }: EventOptions): Promise<boolean> {
  try {
    if (!(await sessions.find(call))) return false;
    await storage.transact((unit) => unit.agents.seen(agent.id, clock()));
  } catch (error) {
    // A database that is busy ends nobody's session.
    failed(error);
  }
  return true;
}
