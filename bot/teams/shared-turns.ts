import { z } from 'zod';
import type { Tools } from '#dialogs/question.ts';
import { readInShared, sayInShared } from '#dialogs/shared.ts';
import type { PrivateChat, SharedAsk } from '#dialogs/shared.ts';
import type { Language, OfferingId } from '#knowledge/schema.ts';
import { detectLanguage, languageOfLocale } from '#src/intake/language.ts';
import type { Directory } from '#src/intake/ports.ts';
import type { Conversation, LogRow, Unit } from '#src/log/ports.ts';
import type { Turn } from '#src/log/turn.ts';
import { activityOf } from '../activity.ts';
import type { InboundActivity, Meaning } from '../inbound.ts';
import { personOf } from '../person.ts';
import type { Waiting } from '../turns.ts';
import { carryTo, hearCarried } from './carry.ts';
import { originOf, privateChatOf, privateLink, sharedPlacesOf } from './place.ts';

/** What is remembered of a place that others read: nothing about anybody but the words that wait for the private chat. */
const stateSchema = z.object({
  place: z.literal('shared'),
  held: z.object({ text: z.string(), seq: z.number(), at: z.number() }).nullable(),
});
type State = z.infer<typeof stateSchema>;

/** Who opens the private chat later than that begins anew. */
const HELD_MS = 24 * 60 * 60_000;

interface Heard {
  readonly row: LogRow;
  readonly activity: InboundActivity;
  readonly meaning: Meaning;
  readonly now: number;
}

export interface SharedOptions {
  readonly directory: Directory;
  readonly tools: Omit<Tools, 'now'>;
  /** Origin of links into Teams. */
  readonly teamsUrl: string;
}

/**
 * Turns in a place that others read. What isn't for everybody is taken to the person's private chat; where there is none yet,
 * it is kept until they open it.
 */
export class SharedTurns {
  readonly #options: SharedOptions;

  constructor(options: SharedOptions) {
    this.#options = options;
  }

  async answer(turn: Turn, heard: Heard, unit: Unit): Promise<Waiting | null> {
    const { activity, meaning } = heard;
    const language = languageOf(turn.conversation, heard);
    if (meaning.kind === 'arrival') {
      const isNew = turn.conversation.state === null && isOurs(activity);
      return isNew ? this.#say(turn, heard, { text: '', language, offering: null }, unit) : null;
    }
    if (meaning.kind !== 'input') return null;
    const offering = this.#offering(turn.conversation);
    if (offering instanceof Promise) return { on: offering };
    // A button pressed here belongs to nobody's case.
    const text = meaning.input.kind === 'text' ? meaning.input.text : '';
    return this.#say(turn, heard, { text, language, offering }, unit);
  }

  async #say(turn: Turn, heard: Heard, ask: SharedAsk, unit: Unit): Promise<null> {
    const tools: Tools = { ...this.#options.tools, now: heard.now };
    const { conversation } = turn;
    const reading = readInShared(ask, tools);
    const chat = await this.#privateChat(turn, heard, reading.kind === 'private' ? ask.text : null, unit);
    const reply = sayInShared(reading, ask, chat, tools);
    const waits = reading.kind === 'private' && !chat.isKnown;
    const held = waits ? { text: ask.text, seq: heard.row.seq, at: heard.now } : null;
    conversation.language = ask.language;
    conversation.state = { place: 'shared', held } satisfies State;
    turn.say('bot', { ...activityOf(reply) }, heard.row.seq);
    return null;
  }

  /** Where the private chat is; `text` is taken there, where there is one. */
  async #privateChat(turn: Turn, heard: Heard, text: string | null, unit: Unit): Promise<PrivateChat> {
    const { id, channel, person } = turn.conversation;
    const { activity, row, now } = heard;
    const link = privateLink(this.#options.teamsUrl, activity.recipient);
    const found = await privateChatOf(channel, person, unit);
    if (!found) return { link, isKnown: false };
    if (text !== null) {
      const carried = {
        text,
        from: originOf(activity.conversation),
        source: sourceOf(id, row.seq),
        locale: activity.locale,
      };
      if (await carryTo(found.id, carried, unit, now)) turn.wakes.push(found.id);
    }
    return { link, isKnown: true };
  }

  /** The product that the person's organization has: of all that the directory knows, the only thing that is used here. */
  #offering(conversation: Conversation): OfferingId | null | Promise<unknown> {
    const facts = this.#options.directory.find(personOf(conversation));
    return facts instanceof Promise ? facts : facts.offering;
  }
}

/** What a place remembers while words wait there for the private chat. */
export function holding(text: string, at: number): State {
  return { place: 'shared', held: { text, seq: at, at } };
}

const sourceOf = (conversation: string, seq: number): string => `carried:${conversation}:${seq}`;

function languageOf(conversation: Conversation, { activity, meaning }: Heard): Language {
  const known = conversation.language ?? languageOfLocale(activity.locale) ?? 'en';
  return meaning.kind === 'input' && meaning.input.kind === 'text'
    ? (detectLanguage(meaning.input.text, known) ?? known)
    : known;
}

/** Whether it was the bot that arrived: others come and go in a channel without a word of ours. */
function isOurs({ type, membersAdded, recipient }: InboundActivity): boolean {
  return type === 'installationUpdate' || (membersAdded ?? []).some(({ id }) => id === recipient?.id);
}

/**
 * What the person said before others while this private chat didn't exist yet: it goes on here, once. `heard` is what they
 * began the chat with.
 */
export async function takeUpHeld(turn: Turn, heard: InboundActivity, unit: Unit, now: number): Promise<LogRow | null> {
  const { channel, person } = turn.conversation;
  const [place] = (await sharedPlacesOf(channel, person, unit)).filter(({ state }) => heldIn(state) !== null);
  const held = place ? heldIn(place.state) : null;
  if (!place || !held || now - held.at > HELD_MS || held.text.trim() === heard.text?.trim()) return null;
  const source = sourceOf(place.id, held.seq);
  if (!(await unit.spend(source, held.at + HELD_MS))) return null;
  const reference = z.object({ conversation: z.looseObject({ conversationType: z.string().optional() }) });
  const from = originOf(reference.safeParse(place.reference).data?.conversation ?? {});
  return hearCarried(turn, { text: held.text, from, source, locale: heard.locale });
}

function heldIn(state: unknown): State['held'] {
  return stateSchema.safeParse(state).data?.held ?? null;
}
