import type { Phrases } from '#knowledge/phrases.ts';
import type { Directory, IncidentState } from '#src/intake/ports.ts';
import type { Conversation, IncidentLink, LogRow, Storage, Unit, WaitingParty } from '#src/log/ports.ts';
import { Rounds } from '#src/log/rounds.ts';
import type { RoundsOptions } from '#src/log/rounds.ts';
import { Turn } from '#src/log/turn.ts';
import type { Watchers } from '#src/log/watchers.ts';
import { activityOf } from './activity.ts';
import { personOf } from './person.ts';

export interface IncidentWatchOptions extends RoundsOptions {
  readonly storage: Storage;
  readonly directory: Directory;
  readonly phrases: Phrases;
  readonly watchers: Watchers;
  /** Takes rows to a channel that must be called; told after the commit. */
  readonly send: (conversation: Conversation, rows: readonly LogRow[]) => void;
  readonly clock: () => number;
}

/** So many pairs of incident and party are read at a time, and so many of them asked about at once. */
const PARTIES = 500;
const AT_ONCE = 8;
/** So many conversations are told between two looks. */
const BATCH = 50;

/**
 * Tells everybody who said "me too" when the incident is over, once: the message and the mark that it was said are one
 * transaction, so neither a kill nor a second instance makes it two. Of several instances one does a round; should it die,
 * the next round is taken by another. What nobody can tell now is asked again in the next round.
 */
export class IncidentWatch extends Rounds {
  readonly #options: IncidentWatchOptions;

  constructor(options: IncidentWatchOptions) {
    super(options);
    this.#options = options;
  }

  /** One look at everything that somebody waits for; nothing where another instance looks now. */
  override async round(): Promise<void> {
    const { storage, clock, every } = this.#options;
    const slot = Math.floor(clock() / every);
    let parties = await storage.transact(async (unit) => {
      const waiting = await unit.incidents.parties(PARTIES);
      // Only who has something to look at takes the round.
      const isMine = waiting.length > 0 && (await unit.spend(`incident-watch:${slot}`, (slot + 2) * every));
      return isMine ? waiting : [];
    });
    // All of them: those of whom nobody can tell anything any more must not stand before the others for ever.
    for (;;) {
      await this.#lookAtAll(parties, slot);
      if (parties.length < PARTIES || this.stopped) return;
      const last = parties.at(-1);
      parties = await storage.transact((unit) => unit.incidents.parties(PARTIES, last));
    }
  }

  /** Several at once: a directory that answers slowly to one must not keep the others waiting. */
  async #lookAtAll(parties: readonly WaitingParty[], slot: number): Promise<void> {
    const left = parties.values();
    const work = async (): Promise<void> => {
      for (const party of left) {
        if (this.stopped) return;
        await this.#look(party, slot).catch((error: unknown) => this.#options.failed(error));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  async #look(party: WaitingParty, slot: number): Promise<void> {
    if ((await this.#stateOf(party, slot)) !== 'over') return;
    const { storage } = this.#options;
    for (;;) {
      const links = await storage.transact((unit) => unit.incidents.waiting(party, BATCH));
      for (const link of links) {
        if (this.stopped) return;
        await this.#tell(link);
      }
      if (links.length < BATCH) return;
    }
  }

  /**
   * As the directory says; asked in the name of one of those who wait, since each organization sees its own incidents. By
   * turns: one of whom it knows nothing any more must not speak for all.
   */
  async #stateOf(party: WaitingParty, slot: number): Promise<IncidentState> {
    const { storage, directory } = this.#options;
    const one = await storage.transact(async (unit) => {
      const waiting = await unit.incidents.waiting(party, BATCH);
      const asking = waiting[slot % waiting.length];
      return asking && unit.conversations.byId(asking.conversation);
    });
    return one === undefined ? 'unknown' : directory.incidentState(personOf(one), party.offering, party.incident);
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
    const turn = new Turn(conversation, this.#options.storage.shared, now);
    turn.say('bot', { ...activityOf({ language, format: 'plain', text, data }) }, null);
    if (!(await turn.commit(unit))) throw new Error('the conversation moved while it was locked');
    return turn;
  }
}
