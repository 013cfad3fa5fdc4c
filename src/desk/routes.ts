import { z } from 'zod';
import type { Canned } from '#knowledge/schema.ts';
import type { Config } from '#src/config.ts';
import type { Route } from '#src/http/call.ts';
import type { Rates } from '#src/http/rates.ts';
import type { Storage } from '#src/log/ports.ts';
import type { Typing } from '#src/log/typing.ts';
import type { Watchers } from '#src/log/watchers.ts';
import { codeRoutes, type CodeSender } from './code-route.ts';
import { cannedRoute } from './canned.ts';
import { talkListRoute } from './conversation-list.ts';
import { conversationRoutes, type ConversationOptions } from './conversations.ts';
import { deadLetterRoutes } from './dead-letters.ts';
import { eventsRoute } from './events.ts';
import { Feed } from './feed.ts';
import { levelRoutes } from './levels.ts';
import { mailRoute } from './mails.ts';
import { openapiOf } from './openapi.ts';
import type { MissingCalendar } from '#src/policy/missing-calendars.ts';
import type { Floor, Levels, ReadCase, SignInProvider, Words } from './ports.ts';
import { providerRoutes } from './provider.ts';
import { presenceRoutes } from './presence.ts';
import { promiseRoutes, type PromiseOptions } from './promises.ts';
import { queueRoute } from './queue.ts';
import { requestRoutes } from './requests.ts';
import { guarded, type DeskRoute } from './route.ts';
import { Sessions } from './sessions.ts';
import { signInRoutes } from './sign-in.ts';
import { tabSignInRoute } from './tab-sign-in.ts';
import { talkPartRoutes } from './talk-parts.ts';
import { talkRoutes } from './talk.ts';
import { warningRoute } from './warnings.ts';

export interface DeskOptions {
  readonly config: Config;
  readonly storage: Storage;
  readonly rates: Pick<Rates, 'signIn'>;
  /** Reads what is known of a case out of a conversation's stored state. */
  readonly readCase: ReadCase;
  readonly clock: () => number;
  /** Years without a calendar that promises may reach into. */
  readonly missingCalendars: (now: number) => readonly MissingCalendar[];
  /** Where agents sign in outside of the house; null: nowhere. */
  readonly provider: SignInProvider | null;
  readonly words: Words;
  readonly readPacket: ConversationOptions['readPacket'];
  readonly ours: ConversationOptions['ours'];
  /** The agents' ready replies. */
  readonly canned: readonly Canned[];
  readonly floor: Floor;
  readonly codes: CodeSender;
  readonly levels: Levels;
  readonly pledges: PromiseOptions['pledges'];
  readonly watchers: Watchers;
  readonly typing: Typing;
  readonly failed: (error: unknown) => void;
  /** Milliseconds between two events about requests of colleagues' conversations; without it, `eventsRoute`'s own. */
  readonly later?: number;
  /** Unguessable ids. */
  readonly newId: () => string;
}

/** Everything that the agents' desk can be asked: the table of contents. */
export function deskRoutes(options: DeskOptions): Route[] {
  const { config } = options;
  const sessions = new Sessions(options);
  return deskTable(options, sessions).map((route) => guarded(route, config, sessions));
}

/** The routes as they describe themselves; a test holds each of them to its row of the access matrix. */
export function deskTable(options: DeskOptions, sessions: Sessions): DeskRoute[] {
  const { config, storage, rates, readCase, clock } = options;
  const patience = config.DESK_GONE_S * 1_000;
  const feed = new Feed(options);
  const routes = [
    ...signInRoutes({ config, sessions, rates }),
    ...providerRoutes({ ...options, sessions }),
    tabSignInRoute({ ...options, sessions }),
    queueRoute({ storage, readCase, clock }),
    talkListRoute(options),
    ...conversationRoutes(options),
    ...talkPartRoutes(options),
    ...talkRoutes({ ...options, patience }),
    ...levelRoutes(options.levels),
    ...codeRoutes(options),
    ...presenceRoutes({ storage, clock, patience }),
    eventsRoute({ ...options, feed, sessions }),
    ...requestRoutes(storage, clock),
    ...promiseRoutes(options),
    mailRoute(storage),
    ...deadLetterRoutes(storage, clock),
    cannedRoute(options.canned),
    warningRoute(() => options.missingCalendars(clock())),
  ];
  const described: DeskRoute = {
    method: 'GET',
    path: '/desk/api/openapi.json',
    summary: 'This description.',
    access: 'agent',
    status: 200,
    answer: z.record(z.string(), z.unknown()),
    handle: async () => ({ status: 200, json: document }),
  };
  const document = openapiOf([...routes, described]);
  return [...routes, described];
}
