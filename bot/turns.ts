import type { Activity } from 'botbuilder';
import { newCase, parseCase } from '#dialogs/case.ts';
import type { Case } from '#dialogs/case.ts';
import { inClientLanguage, onAnotherDevice } from '#dialogs/client-language.ts';
import { offeringOf } from '#dialogs/entitlement.ts';
import type { Outcome } from '#dialogs/outcome.ts';
import { knownZone } from '#dialogs/instant.ts';
import type { Tools, World } from '#dialogs/question.ts';
import type { Reply } from '#dialogs/reply.ts';
import { effectOf } from '#dialogs/reread.ts';
import type { Language } from '#knowledge/schema.ts';
import type { Directory } from '#src/intake/ports.ts';
import type { Waits } from '#src/handoff/waits.ts';
import { languageOfLocale } from '#src/intake/language.ts';
import { StorageError } from '#src/log/ports.ts';
import type { Conversation, LogRow, Unit } from '#src/log/ports.ts';
import type { Seal } from '#src/log/seal.ts';
import type { Turn } from '#src/log/turn.ts';
import { activityOf } from './activity.ts';
import type { LogAdapter } from './adapter.ts';
import { isStale } from './cards/stale.ts';
import { changesRequest, perform } from './deeds.ts';
import type { FloorOptions } from './floor.ts';
import { hearCode } from './hear-code.ts';
import type { InboundActivity, Meaning } from './inbound.ts';
import { leadIn, readingOf } from './reading.ts';
import type { Heard } from './reading.ts';
import { asActivity, meaningOf, storedActivity } from './inbound.ts';
import { personOf } from './person.ts';
import { handedOver } from './reply-file.ts';
import type { SignIn } from './teams/sign-in.ts';
import { withoutImprint } from './teams/again.ts';
import { isShared } from './teams/place.ts';
import { SharedTurns, takeUpHeld } from './teams/shared-turns.ts';
import { asksToLeave, leaveAgent } from './leave.ts';
import { lookUp, movedMeanwhile } from './look-up.ts';
import { Missing, worldOf } from './world.ts';
import type { Known } from './world.ts';

export interface TurnOptions {
  readonly adapter: LogAdapter;
  readonly directory: Directory;
  /** The dialogs' tools but for the clock, which each turn reads once. */
  readonly tools: Omit<Tools, 'now'>;
  readonly newId: () => string;
  /** null: nobody can sign in here. */
  readonly signIn?: SignIn | null;
  /** Tells whether digits are the code that an agent sent. */
  readonly seal: Pick<Seal, 'digest'>;
  /** Origin of links into Teams. */
  readonly teamsUrl: string;
  readonly afterAgent: FloorOptions['afterAgent'];
  /** Milliseconds without a sign of life after which an agent's desk counts as closed. */
  readonly patience: number;
  readonly waits: Waits;
  /** Told of a turn whose logic failed; the person was answered with an apology. */
  readonly failed: (error: unknown) => void;
}

/** So many look-ups one turn may need: more would be a circle. */
const MOST_LOOKUPS = 8;

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
  readonly #shared: SharedTurns;

  constructor(options: TurnOptions) {
    this.#options = options;
    this.#shared = new SharedTurns(options);
  }

  /** Handles `rows` (inbound, unhandled, in order) on `turn`; `now` is the clock's reading for all of them. */
  async run(turn: Turn, rows: readonly LogRow[], unit: Unit, now: number): Promise<Waiting | null> {
    const open = [...rows];
    for (const row of open) {
      const isFirst = turn.conversation.state === null;
      const waits = await this.#one(turn, row, unit, now);
      if (waits) return waits;
      turn.done(row.seq);
      const held = isFirst ? await this.#held(turn, row, unit, now) : null;
      if (held) open.push(held);
      // A request that was taken is given back before another one is: two have no order in which everybody takes them.
      if (turn.tookRequest && row !== open.at(-1)) {
        turn.wakes.push(turn.conversation.id);
        return null;
      }
    }
    return null;
  }

  /** A private chat begins: what the person said before others, and was asked to come here for, goes on. */
  async #held(turn: Turn, row: LogRow, unit: Unit, now: number): Promise<LogRow | null> {
    const { reference, state } = turn.conversation;
    const activity = storedActivity(row);
    if (reference === null || state === null || isShared(activity.conversation)) return null;
    return takeUpHeld(turn, activity, unit, now);
  }

  async #one(turn: Turn, row: LogRow, unit: Unit, now: number): Promise<Waiting | null> {
    const activity = storedActivity(row);
    const meaning = meaningOf(activity);
    if (meaning.kind === 'none') return null;
    if (await hearCode(turn, { row, meaning, now }, unit, this.#options)) return null;
    if (turn.conversation.owner === 'agent') return this.#whileAgent(turn, meaning, unit, now);
    const mark = turn.mark();
    const heard: Heard = { row, activity, meaning, now, began: false };
    try {
      const turns = isShared(activity.conversation) ? this.#shared : { answer: this.#answer.bind(this) };
      return await turns.answer(turn, heard, unit);
    } catch (error) {
      // What was written of this turn can't be taken back in part: all of it is given up, and whoever asked asks again.
      if (heard.began || error instanceof StorageError) throw error;
      turn.undo(mark);
      this.#options.failed(error);
      this.#apologise(turn, row, activity.locale);
      return null;
    }
  }

  /** While a person talks with a person, the bot is silent; what was said is in the log, where the agent reads it. */
  async #whileAgent(turn: Turn, meaning: Meaning, unit: Unit, now: number): Promise<null> {
    const { afterAgent, tools } = this.#options;
    const { phrases } = tools;
    if (asksToLeave(meaning, phrases)) await leaveAgent(turn, unit, { phrases, afterAgent }, now);
    return null;
  }

  async #answer(turn: Turn, heard: Heard, unit: Unit): Promise<Waiting | null> {
    const tools: Tools = { ...this.#options.tools, now: heard.now };
    const known = caseOf(turn.conversation, heard.activity);
    const read = await readingOf(heard, known.case, tools, unit);
    if (read === null) return null;
    const outcome = await this.#lookedUp(turn, heard, read.run, unit);
    if ('on' in outcome) return outcome;
    turn.conversation.language = outcome.case.language;
    turn.conversation.offering = offeringOf(outcome.case);
    // Before the deeds: a reply that can't be put into words must not leave a request behind that nobody was told of.
    const replies = [
      ...(known.lost ? [this.#renewal(outcome)] : []),
      ...leadIn(heard, outcome, tools),
      ...outcome.replies,
    ];
    const activities: Partial<Activity>[] = [];
    for (const reply of replies) activities.push(...(await handedOver(reply, turn, unit, heard.now)));
    heard.began = outcome.deeds.length > 0;
    turn.tookRequest ||= outcome.deeds.some(changesRequest);
    await perform(outcome.deeds, turn, unit, { tools, newId: this.#options.newId });
    if (outcome.deeds.some(({ kind }) => kind === 'sign-out'))
      this.#options.signIn?.forget(personOf(turn.conversation));
    const last = read.seq === null ? known.case.last : { seq: read.seq, effect: effectOf(read.before, outcome) };
    turn.conversation.state = { ...outcome.case, last };
    // The card that stands now takes the place of the old one that was pressed: no message need say it again, unless the
    // turn had to wait and the response is gone.
    const inResponse =
      heard.activity.type === 'invoke' && heard.row.at === heard.now
        ? (body: LogRow['body']) => isStale({ body })
        : undefined;
    const bound = { turn, replyTo: heard.row.seq, ...(inResponse && { inResponse }) };
    await this.#options.adapter.runTurn(asActivity(heard.activity), bound, async (context) => {
      if (activities.length > 0) await context.sendActivities(activities);
    });
    return null;
  }

  /** The dialogs are pure: what they lack is looked up and they run again. A promise is somebody else's: the turn waits. */
  async #lookedUp(
    { conversation }: Turn,
    { activity, now }: Heard,
    run: (world: World) => Outcome,
    unit: Unit,
  ): Promise<Outcome | Waiting> {
    const { directory, signIn } = this.#options;
    const person = personOf(conversation);
    const offer = signIn ? () => signIn.offer(activity, person) : null;
    const known: Known = {};
    for (let lookups = 0; lookups < MOST_LOOKUPS; lookups += 1) {
      try {
        const outcome = run(worldOf({ person, directory, conversation: conversation.id, offer }, known));
        if (!(await movedMeanwhile(outcome.deeds, { known, unit }))) return outcome;
      } catch (error) {
        if (!(error instanceof Missing)) throw error;
        if (error.what instanceof Promise) return { on: error.what };
        await lookUp(error.what, { ...this.#options, known, conversation, unit, now });
      }
    }
    throw new Error('the dialogs keep asking for the same thing');
  }

  /** A state of a shape that no longer exists (an update came in between) can't be taken up: that is said. */
  #renewal({ case: { language } }: Outcome): Reply {
    return { language, format: 'plain', text: this.#options.tools.phrases.text(language, 'turn.anew') };
  }

  #apologise(turn: Turn, row: LogRow, locale: string | undefined): void {
    turn.conversation.imprints = withoutImprint(turn.conversation.imprints, row.seq);
    const language = turn.conversation.language ?? languageOfLocale(locale) ?? 'en';
    const text = this.#options.tools.phrases.text(language, 'turn.failed');
    turn.say('bot', { ...activityOf({ language, format: 'plain', text }) }, row.seq);
  }
}

/** The stored case; a new one at the beginning, or where the stored one is of a shape that no longer exists. */
function caseOf(conversation: Conversation, activity: InboundActivity): { case: Case; lost: boolean } {
  const client = languageOfLocale(activity.locale);
  const stored = conversation.state === null ? null : parseCase(conversation.state);
  const isTeams = activity.channelId === 'msteams';
  if (stored)
    return {
      case: isTeams ? onAnotherDevice(stored, client, activity.text) : inClientLanguage(stored, client),
      lost: false,
    };
  const language: Language = conversation.language ?? client ?? 'en';
  const fresh = newCase(language, knownZone(activity.localTimezone), regionOf(activity.locale));
  const lost = conversation.state !== null;
  return { case: inClientLanguage({ ...fresh, welcomed: lost }, client), lost };
}

function regionOf(locale: string | undefined): string | null {
  return /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})$/.exec(locale ?? '')?.[1] ?? null;
}
