import { z } from 'zod';
import { servesAll } from '#src/handoff/agent.ts';
import { OWNERS } from '#src/handoff/standing.ts';
import { refreshFloor, refreshTalks } from './floor.ts';
import {
  heard,
  lines,
  me,
  noteHeard,
  readMe,
  refreshColleagues,
  refreshMails,
  refreshRequests,
  refreshWarnings,
} from './office.ts';
import { refreshPromises, refreshUndelivered } from './ledger.ts';
import { Shelf } from './shelf.ts';
import { knownTalks, talkOf } from './talk.ts';

const changeSchema = z.object({
  conversation: z.string(),
  owner: z.enum(OWNERS),
  agent: z.string().nullable(),
  seq: z.number(),
});
const listedSchema = z.object({ conversations: z.array(z.string()) });
const typingSchema = z.object({ conversation: z.string() });

/** Who has a conversation, as the server told last: also of those that this agent may no longer see. */
export const whoHas = new Shelf<ReadonlyMap<string, string | null>>(new Map());

/** Bursts of changes are read once. */
const GATHER_MS = 150;
/** Colleagues come and go without an event, and what runs out is told by the clock. */
const EVERY_MS = 20_000;
/** Events tell of what changes in the lists; this often they are read all the same. */
const WHOLE_MS = 120_000;
const HOUR_MS = 3_600_000;
const RECONNECT_MS = 3_000;
/** How often is looked again for what wasn't answered or isn't settled. */
const DELIVERY_MS = 2_000;

/** Follows the desk from now on; returns what ends it. One at a time: the page starts it when somebody is signed in. */
export function followDesk(): () => void {
  let source: EventSource | null = null;
  let lastId = '';
  let ended = false;
  const gathering = gather();
  /** Something may have happened that nobody tells of any more. */
  const soon = (): void => gathering.everything();
  const connect = (): void => {
    if (ended) return;
    source = new EventSource(`/desk/api/events${lastId === '' ? '' : `?after=${lastId}`}`);
    source.addEventListener('hello', () => (soon(), wakeOutboxes()));
    source.addEventListener('conversation', (event) => {
      lastId = event.lastEventId;
      gathering.one(changed(event.data));
    });
    // In colleagues' conversations something happened to requests that stand in the list.
    source.addEventListener('listed', (event) => {
      const { conversations } = listedSchema.parse(JSON.parse(event.data));
      for (const conversation of conversations) gathering.one({ conversation, hands: false });
    });
    source.addEventListener('typing', (event) => typed(event.data));
    // The browser comes back by itself, with the id of the last event; but not after an answer such as 401 or 503.
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) setTimeout(() => void readMe().then(connect), RECONNECT_MS);
    });
  };
  connect();
  readEverything();
  const stopTalks = lines.subscribe(followOwn);
  const timers = [
    setInterval(() => (void (heard.get().fresh ? readColleagues() : refreshFloor()), readLedger()), EVERY_MS),
    setInterval(() => void refreshFloor(), WHOLE_MS),
    setInterval(() => void refreshWarnings(), HOUR_MS),
    setInterval(lookAgain, DELIVERY_MS),
  ];
  // A computer that slept has missed things without a word; so has a tab that came back.
  const wake = (): void => (document.visibilityState === 'visible' ? soon() : undefined);
  document.addEventListener('visibilitychange', wake);
  window.addEventListener('online', soon);
  return () => {
    ended = true;
    source?.close();
    stopTalks();
    gathering.stop();
    timers.forEach((timer) => clearInterval(timer));
    document.removeEventListener('visibilitychange', wake);
    window.removeEventListener('online', soon);
  };
}

interface Change {
  readonly conversation: string;
  /** Somebody else has it now, as far as this page knew. */
  readonly hands: boolean;
}

/** Gathers what is to be read, for a moment. */
function gather(): { one: (change: Change) => void; everything: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let missed = false;
  const news = new Map<string, { readonly hands: boolean }>();
  const begin = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void (missed ? refreshFloor() : refreshTalks(news));
      missed = false;
      news.clear();
    }, GATHER_MS);
  };
  return {
    one: ({ conversation, hands }) => {
      news.set(conversation, { hands: hands || news.get(conversation)?.hands === true });
      begin();
    },
    everything: () => {
      missed = true;
      begin();
    },
    stop: () => clearTimeout(timer),
  };
}

function readEverything(): void {
  void refreshFloor();
  void refreshWarnings();
  void refreshRequests();
  readLedger();
  for (const talk of knownTalks()) void talk.load().then(() => talk.outbox.run());
}

function wakeOutboxes(): void {
  for (const talk of knownTalks()) talk.outbox.wake();
}

/** What runs out, what is stuck, and, for who may read them, mails. */
function readLedger(): void {
  const agent = me.get();
  if (typeof agent !== 'object' || agent === null) return;
  void refreshPromises(agent.role !== 'agent');
  void refreshUndelivered();
  if (servesAll(agent)) void refreshMails();
}

/** Where the lists weren't answered meanwhile, this answer doesn't make them fresh. */
async function readColleagues(): Promise<void> {
  const { ok } = await refreshColleagues();
  noteHeard(ok && heard.get().fresh);
}

/** Only where the conversation was opened or is mine: of somebody who merely waits nothing is shown, and nothing is read. */
function typed(data: string): void {
  const { conversation } = typingSchema.parse(JSON.parse(data));
  for (const talk of knownTalks()) if (talk.id === conversation) talk.typed();
}

/** Takes what an event says. */
function changed(data: string): Change {
  const { conversation, owner, agent } = changeSchema.parse(JSON.parse(data));
  const before = whoHas.get().get(conversation);
  whoHas.change((all) => new Map(all).set(conversation, agent));
  for (const talk of knownTalks()) {
    if (talk.id !== conversation) continue;
    const { packet } = talk.state.get();
    void (packet?.owner === owner && before === agent ? talk.update() : talk.load());
  }
  return { conversation, hands: before !== agent };
}

/** The conversations I have are followed even while another one is open: for what is unread. */
function followOwn(): void {
  const mine = me.get();
  if (typeof mine !== 'object' || mine === null) return;
  for (const { conversation, owner, agent, seq } of lines.get()) {
    if (owner !== 'agent' || agent !== mine.id) continue;
    const { rows } = talkOf(conversation).state.get();
    if ((rows.at(-1)?.seq ?? 0) < seq) void talkOf(conversation).update();
  }
}

/** What wasn't answered is asked again, and what became of messages that are still on their way. */
function lookAgain(): void {
  for (const talk of knownTalks()) {
    const { phase } = talk.state.get();
    if (phase === 'loading' && !talk.isLoading) void talk.load();
    else if (phase === 'ready' && heard.get().fresh && !talk.isSettled()) void talk.update();
  }
}
