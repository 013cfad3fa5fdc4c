import { inClientLanguage, newCase, parseCase } from '#dialogs/case.ts';
import type { Case } from '#dialogs/case.ts';
import { converse } from '#dialogs/converse.ts';
import { offeringOf } from '#dialogs/entitlement.ts';
import type { Outcome } from '#dialogs/converse.ts';
import { knownZone } from '#dialogs/instant.ts';
import type { ColleagueRequest, Tools } from '#dialogs/question.ts';
import type { Reply } from '#dialogs/reply.ts';
import type { Language } from '#knowledge/schema.ts';
import type { Directory, PersonRef } from '#src/intake/ports.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { languageOfLocale } from '#src/intake/language.ts';
import { StorageError } from '#src/log/ports.ts';
import type { Conversation, LogRow, Unit } from '#src/log/ports.ts';
import type { Turn } from '#src/log/turn.ts';
import { activityOf } from './activity.ts';
import type { LogAdapter } from './adapter.ts';
import { perform } from './deeds.ts';
import type { InboundActivity, Meaning } from './inbound.ts';
import { asActivity, meaningOf, storedActivity } from './inbound.ts';
import { provenBy } from './person-key.ts';
import { Missing, worldOf } from './world.ts';
import type { Known } from './world.ts';

export interface TurnOptions {
  readonly adapter: LogAdapter;
  readonly directory: Directory;
  /** The dialogs' tools but for the clock, which each turn reads once. */
  readonly tools: Omit<Tools, 'now'>;
  readonly newId: () => string;
  /** Told of a turn whose logic failed; the person was answered with an apology. */
  readonly failed: (error: unknown) => void;
}

/** So many look-ups one turn may need: more would be a circle. */
const MOST_LOOKUPS = 6;

/** A turn that can't go on yet. Wrapped, because a promise returned by an async function would be awaited on the spot. */
export interface Waiting {
  readonly on: Promise<unknown>;
}

/**
 * Runs the open turns of a conversation, in log order, inside the transaction of `unit`. A turn that must wait for somebody
 * else's service leaves its rows open; they are taken up when that promise is settled.
 */
export class Turns {
  readonly #options: TurnOptions;

  constructor(options: TurnOptions) {
    this.#options = options;
  }

  /** Handles `rows` (inbound, unhandled, in order) on `turn`; `now` is the clock's reading for all of them. */
  async run(turn: Turn, rows: readonly LogRow[], unit: Unit, now: number): Promise<Waiting | null> {
    for (const row of rows) {
      const waits = await this.#one(turn, row, unit, now);
      if (waits) return waits;
      turn.done(row.seq);
    }
    return null;
  }

  async #one(turn: Turn, row: LogRow, unit: Unit, now: number): Promise<Waiting | null> {
    const activity = storedActivity(row);
    const meaning = meaningOf(activity);
    // While a person talks with a person, the bot is silent; what was said is in the log, where the agent reads it.
    if (meaning.kind === 'none' || turn.conversation.owner === 'agent') return null;
    const mark = turn.mark();
    const heard: Heard = { row, activity, meaning, now, began: false };
    try {
      return await this.#answer(turn, heard, unit);
    } catch (error) {
      // What was written of this turn can't be taken back in part: all of it is given up, and whoever asked asks again.
      if (heard.began || error instanceof StorageError) throw error;
      turn.undo(mark);
      this.#options.failed(error);
      this.#apologise(turn, row, activity.locale);
      return null;
    }
  }

  async #answer(turn: Turn, heard: Heard, unit: Unit): Promise<Waiting | null> {
    const tools: Tools = { ...this.#options.tools, now: heard.now };
    const known = caseOf(turn.conversation, heard.activity);
    const outcome = await this.#converse(turn, { ...heard, stored: known.case }, tools, unit);
    if ('on' in outcome) return outcome;
    turn.conversation.language = outcome.case.language;
    turn.conversation.offering = offeringOf(outcome.case);
    // Before the deeds: a reply that can't be put into words must not leave a request behind that nobody was told of.
    const activities = [...(known.lost ? [this.#renewal(outcome)] : []), ...outcome.replies].map(activityOf);
    heard.began = outcome.deeds.length > 0;
    await perform(outcome.deeds, turn, unit, { tools, newId: this.#options.newId });
    turn.conversation.state = outcome.case;
    const bound = { turn, replyTo: heard.row.seq };
    await this.#options.adapter.runTurn(asActivity(heard.activity), bound, async (context) => {
      if (activities.length > 0) await context.sendActivities(activities);
    });
    return null;
  }

  /** The dialogs are pure: what they lack is looked up and they run again. A promise is somebody else's: the turn waits. */
  async #converse(turn: Turn, heard: Heard & { stored: Case }, tools: Tools, unit: Unit): Promise<Outcome | Waiting> {
    const { conversation } = turn;
    const input = heard.meaning.kind === 'input' ? heard.meaning.input : null;
    const known: Known = {};
    for (let lookups = 0; lookups < MOST_LOOKUPS; lookups += 1) {
      try {
        const world = worldOf(personOf(conversation), this.#options.directory, known, conversation.id);
        return converse(heard.stored, input, tools, world);
      } catch (error) {
        if (!(error instanceof Missing)) throw error;
        if (error.what instanceof Promise) return { on: error.what };
        await lookUp(error.what, { known, conversation, unit });
      }
    }
    throw new Error('the dialogs keep asking for the same thing');
  }

  /** A state of a shape that no longer exists (an update came in between) can't be taken up: that is said. */
  #renewal({ case: { language } }: Outcome): Reply {
    return { language, format: 'plain', text: this.#options.tools.phrases.text(language, 'turn.anew') };
  }

  #apologise(turn: Turn, row: LogRow, locale: string | undefined): void {
    const language = turn.conversation.language ?? languageOfLocale(locale) ?? 'en';
    const text = this.#options.tools.phrases.text(language, 'turn.failed');
    turn.say('bot', { ...activityOf({ language, format: 'plain', text }) }, row.seq);
  }
}

interface Heard {
  row: LogRow;
  activity: InboundActivity;
  meaning: Meaning;
  now: number;
  /** Its deeds are being written. */
  began: boolean;
}

export function personOf({ channel, person, tenant, vouched }: Conversation): PersonRef {
  const proven = provenBy(channel, person);
  return {
    channel,
    userId: person,
    // Who speaks may be of another organization than the conversation: the one that is proven with the id counts.
    tenant: proven?.tenant ?? tenant,
    objectId: proven?.objectId ?? null,
    vouched,
  };
}

/** The stored case; a new one at the beginning, or where the stored one is of a shape that no longer exists. */
function caseOf(conversation: Conversation, activity: InboundActivity): { case: Case; lost: boolean } {
  const client = languageOfLocale(activity.locale);
  const stored = conversation.state === null ? null : parseCase(conversation.state);
  if (stored) return { case: inClientLanguage(stored, client), lost: false };
  const language: Language = conversation.language ?? client ?? 'en';
  const fresh = newCase(language, knownZone(activity.localTimezone), regionOf(activity.locale));
  const lost = conversation.state !== null;
  return { case: inClientLanguage({ ...fresh, welcomed: lost }, client), lost };
}

function regionOf(locale: string | undefined): string | null {
  return /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})$/.exec(locale ?? '')?.[1] ?? null;
}

/** So many requests of a person are looked through. */
const MOST_REQUESTS = 50;

/** Looks up in our own storage what the dialogs lacked. */
async function lookUp(
  what: Exclude<Missing['what'], Promise<unknown>>,
  { known, conversation, unit }: { known: Known; conversation: Conversation; unit: Unit },
): Promise<void> {
  const { id, person } = conversation;
  if (what === 'requests') known.requests = await unit.requests.ofPerson(person, MOST_REQUESTS);
  else if (what === 'queue') {
    const waiting = (await unit.conversations.waiting(1000)).filter((one) => one.id !== id).length;
    known.queue = { waiting, agentsOnDuty: 0 };
  } else {
    const all = await unit.requests.ofTenant(what.colleaguesIn, MOST_REQUESTS);
    known.colleagues = all.filter((one) => one.state === 'open' && one.person !== person).map(withoutPerson);
  }
}

/** What an admin may know of a colleague's request: not who filed it, nor how to reach them. */
function withoutPerson(request: ServiceRequest): ColleagueRequest {
  const { number, severity, offering, category, description, createdAt, state, respondBy, provisional } = request;
  return { number, severity, offering, category, description, createdAt, state, respondBy, provisional };
}
