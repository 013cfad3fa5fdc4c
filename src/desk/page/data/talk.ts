import { z } from 'zod';
import { rowSchema, type DeskRow } from '#src/desk/log-rows.ts';
import type { CONTACT_REASONS } from '#src/desk/contact.ts';
import { packetSchema, shownTalkSchema, type DeskPacket } from '#src/desk/packet.ts';
import { change, get, type Heard } from './call.ts';
import { keep, kept } from './keep.ts';
import { Outbox } from './outbox.ts';
import { keepSame, Shelf } from './shelf.ts';
import { textsOf, uncovered, type Texts } from './shown.ts';

export type { DeskPacket, DeskRow };

/** `gone`: there is no such conversation, or a colleague has it. */
export interface TalkState {
  readonly phase: 'loading' | 'ready' | 'gone';
  readonly packet: DeskPacket | null;
  readonly rows: readonly DeskRow[];
  /** Up to here the agent has seen it. */
  readonly seen: number;
  /** They said what they need the contact for, and see it whole wherever it was written. */
  readonly isShown: boolean;
  /** When the customer was typing last, by this browser's clock; 0: never. */
  readonly typedAt: number;
}

const nothing = z.object({});
const rowsSchema = z.array(rowSchema);
const addressSchema = z.object({ id: z.string(), shown: z.string() });
const PAGE = 500;
const TYPING_EVERY_MS = 3_000;

/** One conversation as this page knows it: what is known of the case, what was said, what is on its way. */
export class Talk {
  readonly id: string;
  readonly state: Shelf<TalkState>;
  readonly outbox: Outbox;
  readonly #path: string;
  #updating: Promise<void> | null = null;
  #again = false;
  #loading: Promise<unknown> = Promise.resolve();
  #loads = 0;
  #toldTyping = 0;
  #shown: Shown | null = null;

  constructor(id: string) {
    this.id = id;
    this.#path = `/desk/api/conversations/${encodeURIComponent(id)}`;
    const seen = Number(kept(`frontdesk.seen.${id}`)) || 0;
    this.state = new Shelf<TalkState>({ phase: 'loading', packet: null, rows: [], seen, isShown: false, typedAt: 0 });
    this.outbox = new Outbox(id, () => void this.update());
  }

  /** Reads everything: when it is opened, and when it changed hands. */
  async load(): Promise<void> {
    this.#loads += 1;
    this.#loading = this.#loading.then(() => this.#load()).finally(() => (this.#loads -= 1));
    await this.#loading;
  }

  /** Whether an answer is waited for. */
  get isLoading(): boolean {
    return this.#loads > 0;
  }

  async #load(): Promise<void> {
    const found = await get(this.#path, packetSchema);
    if (found.ok) this.#take(found.value);
    else if (found.why === 'refused') this.state.change((now) => ({ ...now, phase: 'gone', packet: null }));
  }

  #take(read: DeskPacket): void {
    // Who accepts sees everything in any case; who has changed hands since is somebody else's.
    if (read.contactIs !== 'on-reason' || read.epoch !== this.#shown?.epoch) this.#shown = null;
    const packet = this.#shown === null ? read : withShown(read, this.#shown);
    const isShown = this.#shown !== null;
    this.state.change((now) => {
      const rows = keepSame(now.rows, packet.transcript, ({ seq }) => String(seq));
      return { ...now, phase: 'ready', packet, rows, isShown };
    });
    this.outbox.shown(packet.transcript.at(-1)?.seq ?? 0);
  }

  /** Reads what was said since; one read at a time, and one more where something happened meanwhile. */
  update(): Promise<void> {
    if (this.#updating) {
      this.#again = true;
      return this.#updating;
    }
    this.#updating = this.#update().finally(() => {
      this.#updating = null;
      if (!this.#again) return;
      this.#again = false;
      void this.update();
    });
    return this.#updating;
  }

  async #update(): Promise<void> {
    if (this.state.get().phase !== 'ready') return this.load();
    for (;;) {
      const after = this.#settled();
      const found = await get(`${this.#path}/log?after=${after}&limit=${PAGE}`, rowsSchema);
      if (!found.ok) {
        if (found.why === 'refused') this.state.change((now) => ({ ...now, phase: 'gone', packet: null }));
        return;
      }
      this.#add(found.value, after);
      if (found.value.length < PAGE) return;
    }
  }

  /** Up to here nothing changes any more: what is still on its way is read again for how far it has come. */
  #settled(): number {
    const { rows } = this.state.get();
    const open = rows.find(({ delivery }) => delivery === 'queued');
    return open ? open.seq - 1 : (rows.at(-1)?.seq ?? 0);
  }

  #add(read: readonly DeskRow[], after: number): void {
    const found = this.#shown === null ? read : rowsSchema.parse(uncovered(read, this.#shown.texts));
    const before = this.state.get().rows.at(-1)?.seq ?? 0;
    this.state.change((now) => {
      const rows = [...now.rows.filter(({ seq }) => seq <= after), ...found];
      const same = keepSame(now.rows, rows, ({ seq }) => String(seq));
      return same === now.rows ? now : { ...now, rows: same, typedAt: hasNewWords(now.rows, same) ? 0 : now.typedAt };
    });
    this.outbox.shown(this.state.get().rows.at(-1)?.seq ?? 0);
    // Where the assistant spoke, or something happened that nobody said (a code was typed), what is known may have changed, too.
    if (found.some(({ seq, role, event }) => seq > before && (role === 'bot' || event !== null))) void this.load();
  }

  /** Whether something the agent wrote is still on its way to the customer. */
  isSettled(): boolean {
    return this.state.get().rows.every(({ delivery }) => delivery !== 'queued');
  }

  /** The agent has looked at everything up to `seq`. */
  see(seq: number): void {
    if (seq <= this.state.get().seen) return;
    keep(`frontdesk.seen.${this.id}`, String(seq));
    this.state.change((now) => ({ ...now, seen: seq }));
  }

  /** Shows the customer that the agent types: told now and then, and nobody waits for it. */
  types(): void {
    if (Date.now() - this.#toldTyping < TYPING_EVERY_MS) return;
    this.#toldTyping = Date.now();
    void change('POST', `${this.#path}/typing`, nothing);
  }

  typed(): void {
    this.state.change((now) => ({ ...now, typedAt: Date.now() }));
  }

  async accept(): Promise<Heard<DeskPacket>> {
    return this.#takeHold('accept');
  }

  async takeOver(): Promise<Heard<DeskPacket>> {
    return this.#takeHold('take-over');
  }

  async #takeHold(verb: 'accept' | 'take-over'): Promise<Heard<DeskPacket>> {
    const done = await change('POST', `${this.#path}/${verb}`, packetSchema);
    if (done.ok) this.#take(done.value);
    return done;
  }

  /** Where a code may be sent, in part; nothing where the server can't tell. */
  async codeAddresses(): Promise<readonly z.infer<typeof addressSchema>[]> {
    const found = await get(`${this.#path}/code`, z.object({ addresses: z.array(addressSchema) }));
    return found.ok ? found.value.addresses : [];
  }

  /** The whole contact, wherever it was written, for a reason that is noted. */
  async contact(reason: (typeof CONTACT_REASONS)[number]): Promise<Heard<unknown>> {
    const done = await change('POST', `${this.#path}/contact`, shownTalkSchema, { reason });
    if (!done.ok) return done;
    const { contact, packet } = done.value;
    this.#shown = { epoch: packet.epoch, contact, texts: textsOf(packet) };
    this.#take(packet);
    return done;
  }

  /** `verb` is the end of the path: transfer, return, close, code. */
  async act(verb: string, body: object = {}): Promise<Heard<object>> {
    const done = await change('POST', `${this.#path}/${verb}`, nothing, body);
    await this.load();
    return done;
  }
}

/** What was shown for a reason, and in whose hands the conversation was then. */
interface Shown extends Pick<DeskPacket, 'epoch'> {
  readonly contact: NonNullable<DeskPacket['case']>['contact'] | null;
  readonly texts: Texts;
}

function withShown(read: DeskPacket, { contact, texts }: Shown): DeskPacket {
  const packet = packetSchema.parse(uncovered(read, texts));
  return packet.case && contact ? { ...packet, case: { ...packet.case, contact } } : packet;
}

/** How many messages of the customer the agent has not seen. */
export function unreadOf({ rows, seen }: TalkState): number {
  return rows.filter(({ seq, role }) => role === 'user' && seq > seen).length;
}

function hasNewWords(before: readonly DeskRow[], after: readonly DeskRow[]): boolean {
  const last = before.at(-1)?.seq ?? 0;
  return after.some(({ seq, role }) => seq > last && role === 'user');
}

const talks = new Map<string, Talk>();

/** The one `Talk` of a conversation at this page. */
export function talkOf(id: string): Talk {
  const known = talks.get(id);
  if (known) return known;
  const talk = new Talk(id);
  talks.set(id, talk);
  return talk;
}

export const knownTalks = (): Iterable<Talk> => talks.values();
