import { Readable } from 'node:stream';
import { mayServe } from '#src/handoff/agent.ts';
import { isColleagues } from '#src/handoff/standing.ts';
import type { Call } from '#src/http/call.ts';
import type { Conversation, Storage } from '#src/log/ports.ts';
import type { Typing } from '#src/log/typing.ts';
import type { Agent } from './agents.ts';
import type { DeskChange, Feed } from './feed.ts';
import type { DeskRoute } from './route.ts';
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
}

const HEARTBEAT_MS = 15_000;
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
  /** Those that this desk may follow, as far as it was told last. */
  const followed = new Set<string>();
  const push = (text: string): void => {
    if (stream.readableLength > MOST_UNREAD * 200) stream.destroy();
    else stream.push(text);
  };
  const tell = ({ id, conversation }: DeskChange): void => {
    if (mayFollow(conversation, agent)) followed.add(conversation.id);
    else if (!followed.delete(conversation.id)) return;
    push(`id: ${id}\nevent: conversation\ndata: ${JSON.stringify(told(conversation))}\n\n`);
  };
  let early: DeskChange[] | null = [];
  const stopFeed = feed.listen((change) => (early === null ? tell(change) : early.push(change)), since);
  // Who reads the lists at "hello" hears of everything that changes in them from then on.
  const begin = async (): Promise<void> => {
    for (const id of await followedNow(agent, options)) followed.add(id);
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
    stopFeed();
    stopTyping();
  });
}

const MOST_FOLLOWED = 1_000;

/** Ids of those who wait or are with somebody now, as far as this agent may follow them. */
async function followedNow(agent: Agent, { storage, failed }: EventOptions): Promise<string[]> {
  try {
    const all = await storage.transact(async (unit) => [
      ...(await unit.conversations.waiting(MOST_FOLLOWED)),
      ...(await unit.conversations.withAgent(MOST_FOLLOWED)),
    ]);
    return all.filter((conversation) => mayFollow(conversation, agent)).map(({ id }) => id);
  } catch (error) {
    // The desk then hears of each at its next change, and reads the lists now and then in any case.
    failed(error);
    return [];
  }
}

/** Of a colleague's conversation an agent hears that it has gone, and nothing after. */
function mayFollow(conversation: Conversation, agent: Agent): boolean {
  if (!mayServe(agent, conversation.offering)) return false;
  return !isColleagues(conversation, agent);
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
