import type { Phrases } from '#knowledge/phrases.ts';
import type { Directory, IncidentState } from '#src/intake/ports.ts';
import type { Conversation, IncidentLink, LogRow, Storage, Unit, WaitingParty } from '#src/log/ports.ts';
import { Turn } from '#src/log/turn.ts';
import type { Watchers } from '#src/log/watchers.ts';
import { activityOf } from './activity.ts';
import { personOf } from './turns.ts';

export interface IncidentWatchOptions {
  readonly storage: Storage;
  readonly directory: Directory;
  readonly phrases: Phrases;
  readonly watchers: Watchers;
  /** Takes rows to a channel that must be called; told after the commit. */
  readonly send: (conversation: Conversation, rows: readonly LogRow[]) => void;
  /** Milliseconds from one round to the next. */
  readonly every: number;
  readonly clock: () => number;
  readonly failed: (error: unknown) => void;
}

/** So many pairs of incident and party one round asks about, and so many conversations are told between two looks. */
const MOST_PARTIES = 1_000;
const BATCH = 50;

/**
 * Tells everybody who said "me too" when the incident is over, once: the message and the mark that it was said are one
 * transaction, so neither a kill nor a second instance makes it two. Of several instances one does a round; should it die,
 * the next round is taken by another. What nobody can tell now is asked again in the next round.
 */
export class IncidentWatch {
  readonly #options: IncidentWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(options: IncidentWatchOptions) {
    this.#options = options;
  }

  /** Begins to look, at intervals, until `stop`. */
  start(): void {
    if (this.#stopped || this.#running) return;
    this.#running = this.round()
      .catch((error: unknown) => this.#options.failed(error))
      .finally(() => {
        this.#running = undefined;
        if (!this.#stopped) this.#timer = setTimeout(() => this.start(), this.#options.every).unref();
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** One look at everything that somebody waits for; nothing where another instance looks now. */
  async round(): Promise<void> {
    const { storage, clock, every } = this.#options;
    const slot = Math.floor(clock() / every);
    const parties = await storage.transact(async (unit) => {
      const waiting = await unit.incidents.parties(MOST_PARTIES);
      // Only who has something to look at takes the round.
      const isMine = waiting.length > 0 && (await unit.spend(`incident-watch:${slot}`, (slot + 2) * every));
      return isMine ? waiting : [];
    });
    for (const party of parties) {
      if (this.#stopped) return;
      // What can't be told to one must not keep the others waiting.
      await this.#look(party).catch((error: unknown) => this.#options.failed(error));
    }
  }

  async #look(party: WaitingParty): Promise<void> {
    if ((await this.#stateOf(party)) !== 'over') return;
    const { storage } = this.#options;
    for (;;) {
      const links = await storage.transact((unit) => unit.incidents.waiting(party, BATCH));
      for (const link of links) {
        if (this.#stopped) return;
        await this.#tell(link);
      }
      if (links.length < BATCH) return;
    }
  }

  /** As the directory says; asked in the name of one of those who wait, since each organization sees its own incidents. */
  async #stateOf({ incident, offering, conversation }: WaitingParty): Promise<IncidentState> {
    const { storage, directory } = this.#options;
    const one = await storage.transact((unit) => unit.conversations.byId(conversation));
    return one === undefined ? 'unknown' : directory.incidentState(personOf(one), offering, incident);
  }

  async #tell(link: IncidentLink): Promise<void> {
    const { storage, watchers, send, clock } = this.#options;
    const now = clock();
    const turn = await storage.transact((unit) => this.#write(link, unit, now));
    if (!turn) return;
    watchers.wake(link.conversation);
    send(turn.conversation, turn.rows);
  }

  /** The bot's word even while an agent has the conversation: it is no answer but news, and the agent reads it too. */
  async #write(link: IncidentLink, unit: Unit, now: number): Promise<Turn | null> {
    const conversation = await unit.conversations.byId(link.conversation);
    const isFirst = await unit.incidents.told(link.incident, link.conversation, now);
    if (!conversation || !isFirst) return null;
    const language = conversation.language ?? 'en';
    const text = this.#options.phrases.text(language, 'incident.told', { id: link.incident, title: link.title });
    const data = { incident: { id: link.incident, state: 'over' } };
    const turn = new Turn(conversation, conversation.reference !== null, now);
    turn.say('bot', { ...activityOf({ language, format: 'plain', text, data }) }, null);
    if (!(await turn.commit(unit))) throw new Error('the conversation moved while it was locked');
    return turn;
  }
}
