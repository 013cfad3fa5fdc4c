import { z } from 'zod';
import { otherOrigin } from './host-claims.ts';
import { Refusal, type Answer, type Call, type Route } from '#src/http/call.ts';
import type { HostIdentity, Identity } from './host-identity.ts';
import { teamsIdentity, type TeamsIdentityOptions } from './teams-identity.ts';
import type { ChatTokens, PageClaim } from './tokens.ts';
import type { Visit } from './visit.ts';

export interface TokenRouteOptions {
  readonly tokens: ChatTokens;
  /** Ids of the sample people (local mode); null: there are none. */
  readonly samplePeople: readonly string[] | null;
  /** What host pages prove of their users. */
  readonly hosts: HostIdentity;
  /** What Teams proves of those who see a tab. */
  readonly teams: TeamsIdentityOptions;
  /** Counts one token against the client's address; rejects with a 429. */
  readonly mint: (address: string) => Promise<void>;
}

/** Host pages have addresses of any length; only the beginning is kept. */
const LONGEST_CLAIM = 500;
const claim = z.string().transform((text) => text.slice(0, LONGEST_CLAIM));

const bodySchema = z
  .object({
    as: z.string().max(64).optional(),
    assertion: z.string().max(8_192).optional(),
    /** What Teams’ single sign-on gave the page. */
    signOn: z.string().max(32_768).optional(),
    claims: z.record(z.string(), z.unknown()).optional(),
    locale: z.string().max(64).optional(),
    timeZone: z.string().max(64).optional(),
    page: z.object({ url: claim, title: claim }).optional(),
    resume: z.string().max(8_192).optional(),
  })
  .default({});
type Asked = z.infer<typeof bodySchema>;

/** `POST /chat/token`: the token with which a page opens the chat, a new conversation or the one it had before. */
export function tokenRoute(options: TokenRouteOptions): Route {
  return { method: 'POST', path: '/chat/token', body: 'json', cors: 'embed', handle: (call) => give(call, options) };
}

async function give(call: Call, options: TokenRouteOptions): Promise<Answer> {
  await options.mint(call.ip);
  const parsed = bodySchema.safeParse(call.json ?? {});
  if (!parsed.success)
    throw new Refusal(
      400,
      'bad-token-request',
      'Send {}, or as, assertion, claims, signOn, locale, timeZone, page or resume.',
    );
  const asked = parsed.data;
  const identity = await identityOf(asked, call, options);
  const visit = await visitOf(asked, identity, call, options);
  const page = identity?.page ?? asked.page;
  const minted = await options.tokens.chat(visit, page satisfies PageClaim | undefined);
  if (!minted) throw sessionOver();
  const { user: userId, conversation: conversationId } = visit;
  return { status: 200, json: { ...minted, userId, conversationId } };
}

async function identityOf(asked: Asked, call: Call, { hosts, teams }: TokenRouteOptions): Promise<Identity | null> {
  const byHost = await hosts.of(call, asked);
  if (byHost || asked.signOn === undefined) return byHost;
  const { origin } = call.headers;
  // Only our own page in Teams asks for such a token; another page that has one got hold of somebody else's.
  if (origin !== undefined && !hosts.isOwn(call)) throw otherOrigin();
  return teamsIdentity(asked.signOn, teams);
}

/** A proven person goes on with their own conversation, never with the one that somebody else had in this browser. */
async function visitOf(
  asked: Asked,
  identity: Identity | null,
  call: Call,
  options: TokenRouteOptions,
): Promise<Visit> {
  if (identity) return identified(asked, identity, call, options);
  return asked.resume === undefined ? begin(asked, call, options) : resumed(asked, asked.resume, call, options);
}

async function identified(
  asked: Asked,
  { vouched, person, origin }: Identity,
  call: Call,
  { tokens }: TokenRouteOptions,
): Promise<Visit> {
  const before = asked.resume === undefined ? null : await tokens.resume(asked.resume);
  const given = { locale: asked.locale ?? vouched.language, zone: asked.timeZone ?? vouched.timeZone };
  if (before?.person === person && !isElsewhere(before, call)) return { ...before, ...given, vouched };
  return tokens.begin({ person, vouched, origin: call.headers.origin ?? origin, ...given });
}

/** Without a host's word: a sample person of local mode, or nobody known. */
function begin(asked: Asked, call: Call, { tokens, samplePeople }: TokenRouteOptions): Visit {
  const person = asked.as === undefined ? undefined : samplePerson(asked.as, samplePeople);
  const origin = call.headers.origin ?? null;
  return tokens.begin({
    ...(person !== undefined && { person }),
    origin,
    locale: asked.locale ?? null,
    zone: asked.timeZone ?? null,
  });
}

function samplePerson(id: string, people: readonly string[] | null): string | undefined {
  if (people === null) throw new Refusal(403, 'no-sample-people', 'There are no sample people on this server.');
  if (!people.includes(id))
    throw new Refusal(400, 'unknown-person', `Nobody has this id. Sample people: ${people.join(', ')}.`);
  // Whoever isn't signed in shares nothing with the next one who isn't.
  return id === 'anonymous' ? undefined : `sample:${id}`;
}

/** The same conversation and person; language and zone are as the page says now. */
async function resumed(asked: Asked, token: string, call: Call, { tokens }: TokenRouteOptions): Promise<Visit> {
  const visit = await tokens.resume(token);
  if (!visit || isElsewhere(visit, call)) throw sessionOver();
  return { ...visit, locale: asked.locale ?? visit.locale, zone: asked.timeZone ?? visit.zone };
}

function isElsewhere({ origin: before }: Visit, call: Call): boolean {
  const { origin } = call.headers;
  return before !== null && origin !== undefined && origin !== before;
}

function sessionOver(): Refusal {
  return new Refusal(403, 'session-over', 'This conversation cannot be taken up again. Begin a new one.');
}
