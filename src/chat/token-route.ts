import { z } from 'zod';
import { Refusal, type Answer, type Call, type Route } from '#src/http/call.ts';
import type { ChatTokens, PageClaim } from './tokens.ts';
import type { Visit } from './visit.ts';

export interface TokenRouteOptions {
  readonly tokens: ChatTokens;
  /** Ids of the sample people (local mode); null: there are none. */
  readonly samplePeople: readonly string[] | null;
  /** Counts one token against the client's address; rejects with a 429. */
  readonly mint: (address: string) => Promise<void>;
}

/** Host pages have addresses of any length; only the beginning is kept. */
const LONGEST_CLAIM = 500;
const claim = z.string().transform((text) => text.slice(0, LONGEST_CLAIM));

const bodySchema = z
  .object({
    as: z.string().max(64).optional(),
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
  if (!parsed.success) throw new Refusal(400, 'bad-token-request', 'Send {}, or as, locale, timeZone, page or resume.');
  const asked = parsed.data;
  const visit =
    asked.resume === undefined ? begin(asked, call, options) : await resumed(asked, asked.resume, call, options);
  const minted = await options.tokens.chat(visit, asked.page satisfies PageClaim | undefined);
  if (!minted) throw sessionOver();
  const { user: userId, conversation: conversationId } = visit;
  return { status: 200, json: { ...minted, userId, conversationId } };
}

/** Who the person is rests on what the server can prove: here, a sample person of local mode, or nobody known. */
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
  const { origin } = call.headers;
  const elsewhere = visit?.origin != null && origin !== undefined && origin !== visit.origin;
  if (!visit || elsewhere) throw sessionOver();
  return { ...visit, locale: asked.locale ?? visit.locale, zone: asked.timeZone ?? visit.zone };
}

function sessionOver(): Refusal {
  return new Refusal(403, 'session-over', 'This conversation cannot be taken up again. Begin a new one.');
}
