import { randomUUID } from 'node:crypto';
import type { InboundActivity } from '#bot/inbound.ts';
import { closeConnections } from '#bot/connector.ts';
import type { Line, LineOptions } from './cli/office.ts';
import { BadUse } from './cli/verb.ts';
import type { Config } from './config.ts';
import { buildHouse } from './house.ts';
import type { House } from './house.ts';
import { createLog } from './http/log.ts';
import type { LogRow } from './log/ports.ts';
import { SAMPLE_PEOPLE } from './outside/sample/people.ts';

const CHANNEL = 'terminal';
/** How long a message waits for somebody else's service before the prompt comes back; the answer is shown when it is there. */
const PATIENCE_MS = 10_000;
/** What another process writes, e.g. an agent at the server's desk, wakes nobody here. */
const LOOK_EVERY_MS = 1_000;
const PAGE = 100;

/** Opens a person's line into a house of its own, beside a running server if there is one. */
export async function openLine(config: Config, options: LineOptions): Promise<Line> {
  const person = personOf(config, options.as);
  const log = createLog(config, { write: (text) => void process.stderr.write(text) });
  const house = await buildHouse(config, log);
  const id = randomUUID();
  const language = options.language ?? person.language;
  const reader = new Reader(house, id, options.show);
  const take = async (more: Partial<InboundActivity>): Promise<void> => {
    const reference = null;
    const address = { channel: CHANNEL, channelConversationId: id, id, person: person.key, tenant: null, reference };
    await house.reception.take(address, { ...activityOf(id, person, language), ...more }, randomUUID());
    await reader.untilAnswered();
  };
  return {
    language,
    arrive: () => take({ type: 'conversationUpdate', membersAdded: [{ id: person.key }] }),
    say: (text) => take({ text }),
    close: async () => {
      await reader.close();
      await house.worker.stop();
      await house.sender.stop();
      closeConnections();
      await house.storage.close();
    },
  };
}

interface Speaker {
  key: string;
  language: Line['language'];
  timeZone: string;
}

function personOf(config: Config, as: string | undefined): Speaker {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (as === undefined) return { key: `${CHANNEL}:${randomUUID()}`, language: 'en', timeZone };
  if (!config.samplePeople)
    throw new BadUse('--as names a sample person; they exist in local mode only, and not beside Microsoft Graph.');
  const person = Object.hasOwn(SAMPLE_PEOPLE, as) ? SAMPLE_PEOPLE[as] : undefined;
  if (!person) throw new BadUse(`--as is one of ${Object.keys(SAMPLE_PEOPLE).join(', ')}.`);
  // A sample person lives by their own clock, wherever this terminal stands.
  return { key: `sample:${as}`, language: person.language ?? 'en', timeZone: person.timeZone ?? timeZone };
}

function activityOf(conversation: string, { key, timeZone }: Speaker, locale: string): InboundActivity {
  return {
    type: 'message',
    channelId: CHANNEL,
    from: { id: key },
    recipient: { id: 'bot' },
    conversation: { id: conversation },
    locale,
    localTimezone: timeZone,
  };
}

/** A cursor over the log, like every channel's: shows what is said to the person, once and in order. */
class Reader {
  readonly #house: House;
  readonly #id: string;
  readonly #show: (rows: readonly LogRow[]) => void;
  readonly #stop: () => void;
  readonly #timer: NodeJS.Timeout;
  #seen = 0;
  #reading: Promise<void> = Promise.resolve();

  constructor(house: House, id: string, show: (rows: readonly LogRow[]) => void) {
    this.#house = house;
    this.#id = id;
    this.#show = show;
    const look = () => void this.#look();
    this.#stop = house.watchers.watch(id, look);
    this.#timer = setInterval(look, LOOK_EVERY_MS).unref();
  }

  /** Waits until nothing that the person said is open, or patience ends; everything said so far is shown. */
  async untilAnswered(): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    while ((await this.#isOpen()) && performance.now() < until) await pause(50);
    await this.#look();
  }

  async close(): Promise<void> {
    this.#stop();
    clearInterval(this.#timer);
    await this.#reading;
  }

  async #isOpen(): Promise<boolean> {
    const talk = await this.#house.storage.transact((unit) => unit.conversations.byId(this.#id));
    return talk !== undefined && talk.doneSeq < talk.inSeq;
  }

  /** One look after another: two at once would show a row twice. A database that is busy is asked again at the next. */
  #look(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read()).catch(() => undefined);
    return this.#reading;
  }

  async #read(): Promise<void> {
    const rows = await this.#house.storage.transact((unit) => unit.rows.list(this.#id, this.#seen, PAGE));
    this.#seen = rows.at(-1)?.seq ?? this.#seen;
    this.#show(rows.filter(({ direction, role }) => direction === 'out' && (role === 'bot' || role === 'agent')));
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
