// Not the package's root: it loads Teams, skills and streaming too, for which a start would wait another 50 ms.
import { CloudAdapter } from 'botbuilder/lib/cloudAdapter.js';
import { TurnContext } from 'botbuilder-core';
import type { Activity, ConversationReference, ResourceResponse } from 'botbuilder';
import type { Turn } from '#src/log/turn.ts';
import { isChannelToken } from './channel-token.ts';
import { within } from './deadline.ts';

/** The turn that a context belongs to, and the inbound row it answers. */
interface Bound {
  turn: Turn;
  replyTo: number | null;
  /** Said in the response to the activity itself, so that it need not be pushed. */
  inResponse?: (body: Record<string, unknown>) => boolean;
}

const BOUND = Symbol('turn');
/** The SDK asks for the channel's keys without a deadline; Teams gives up after 15 s. */
const KEYS_WITHIN_MS = 8_000;

/**
 * Botbuilder's protocol over the log: whatever a turn sends, changes or deletes becomes a row of that turn and leaves the
 * house only after the commit, by the sender. Nothing here talks to a channel.
 */
export class LogAdapter extends CloudAdapter {
  #isOpen: Promise<boolean> | undefined;

  /** Proves that the channel says what it says; throws where it can't. */
  async authenticate(activity: Activity, authorization: string): Promise<void> {
    const sdk = this.botFrameworkAuthentication;
    // Without credentials, in local mode only, the SDK takes anything: asked once, with nothing to show.
    this.#isOpen ??= sdk.authenticateRequest(activity, '').then(
      () => true,
      () => false,
    );
    if (await this.#isOpen) return;
    if (!isChannelToken(authorization)) throw new Error('not the token of a channel');
    await within(KEYS_WITHIN_MS, sdk.authenticateRequest(activity, authorization));
  }

  /** The Bot Framework's token service, asked as the bot itself. */
  userTokens(appId: string) {
    return this.botFrameworkAuthentication.createUserTokenClient(this.createClaimsIdentity(appId));
  }

  /** Runs `logic` (behind the adapter's middleware) with a context whose every word goes to `bound.turn`. */
  async runTurn(
    activity: Partial<Activity>,
    bound: Bound,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const context = new TurnContext(this, activity);
    context.turnState.set(BOUND, bound);
    await this.runMiddleware(context, logic);
    context.turnState.delete(BOUND);
  }

  override sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return Promise.resolve(activities.map((activity) => this.#say(context, activity)));
  }

  override updateActivity(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    return Promise.resolve(this.#say(context, { ...activity, type: 'messageUpdate' }));
  }

  override deleteActivity(context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    this.#say(context, { type: 'messageDelete', id: reference.activityId ?? '' });
    return Promise.resolve();
  }

  #say(context: TurnContext, activity: Partial<Activity>): ResourceResponse {
    const bound = context.turnState.get<Bound | undefined>(BOUND);
    // A send after the end of its turn would be said by nobody knows whom: in the SDK it ends the process.
    if (!bound) throw new Error('this turn is over: say it in a turn of its own');
    const body = bodyOf(activity);
    const { turn, replyTo } = bound;
    const row = bound.inResponse?.(body) === true ? turn.respond(body, replyTo) : turn.say('bot', body, replyTo);
    return { id: String(row.seq) };
  }
}

/** What a row keeps: addresses and ids are the channel's and are added when the row is read. */
function bodyOf(activity: Partial<Activity>): Record<string, unknown> {
  const {
    conversation: _c,
    from: _f,
    recipient: _r,
    serviceUrl: _s,
    channelId: _ch,
    replyToId: _re,
    ...body
  } = activity;
  return body;
}
