import { Refusal } from '#src/http/call.ts';
import type { Answer, Call, Route } from '#src/http/call.ts';
import type { LogAdapter } from './adapter.ts';
import { awaitsCode } from './hear-code.ts';
import { activitySchema, asActivity, isEcho, FILE_CAME, SIGNED_IN } from './inbound.ts';
import type { InboundActivity } from './inbound.ts';
import { refreshed, type CardOptions } from './cards/invoked.ts';
import { provenBy } from './person-key.ts';
import { invokeAnswer } from './invoke.ts';
import type { Address, Reception } from './reception.ts';
import type { NoticeBoard } from './notices/board.ts';
import { sourceIdOf } from './teams/changed.ts';
import { aside } from './teams/aside.ts';
import { filesOf } from './teams/files.ts';
import { extended } from './teams/extension.ts';
import type { ExtensionOptions } from './teams/extension.ts';
import { withClientInfo } from './teams/client-info.ts';
import { signedInBy } from './teams/sign-in-door.ts';
import type { SignedIn } from './teams/sign-in-door.ts';
import type { SignIn } from './teams/sign-in.ts';
import { allowedService } from './service-url.ts';
import type { ServiceHosts } from './service-url.ts';

export interface MessagesOptions {
  readonly adapter: LogAdapter;
  readonly reception: Reception;
  readonly services: ServiceHosts;
  readonly cards: CardOptions;
  readonly extension: ExtensionOptions;
  /** null: nobody can sign in here. */
  readonly signIn: SignIn | null;
  readonly notices: NoticeBoard;
  /** The stable key of whom the channel vouches for. */
  readonly personKey: (activity: InboundActivity) => string;
}

/** `POST /api/messages`: the Bot Framework's door, for Teams and every channel of the connector. */
export function messagesRoute(options: MessagesOptions): Route {
  return { method: 'POST', path: '/api/messages', body: 'json', handle: (call) => receive(call, options) };
}

/** Types that only this house writes into its log. */
const OUR_OWN: ReadonlySet<string> = new Set([SIGNED_IN, FILE_CAME]);

async function receive(call: Call, options: MessagesOptions): Promise<Answer> {
  const parsed = activitySchema.safeParse(call.json);
  if (!parsed.success || OUR_OWN.has(parsed.data.type))
    throw new Refusal(400, 'bad-activity', 'This is not a Bot Framework activity.');
  const activity = withClientInfo(parsed.data);
  await authenticate(activity, call, options.adapter);
  const service = allowedService(activity.serviceUrl ?? '', options.services);
  if (!service) throw new Refusal(403, 'service-not-allowed', 'The serviceUrl is not one that this bot may answer.');
  if (isEcho(activity)) return { status: 200 };
  if (await options.notices.heard(activity)) return taken(activity);
  const address = addressOf(activity, options);
  const look = await refreshed(activity, address.person, options.cards);
  if (look) return look;
  const isDesks = (): Promise<boolean> => awaitsCode(address, options.cards);
  const signedIn = options.signIn ? await signedInBy(activity, address.person, options.signIn, isDesks) : null;
  if (signedIn) return takeSignIn(signedIn, address, options);
  const asked =
    (await extended(activity, address.person, options.extension)) ?? (await aside(activity, options.extension));
  if (asked) return asked;
  const sent = filesOf(activity, address.channelConversationId, options.extension.clock());
  const receipt = await options.reception.take(address, sent.activity, sourceIdOf(activity), sent.jobs);
  return activity.type === 'invoke' ? invokeAnswer(activity, receipt, options.cards) : { status: 200 };
}

async function takeSignIn(
  { take, answer }: SignedIn,
  address: Address,
  { reception }: MessagesOptions,
): Promise<Answer> {
  if (take) await reception.take(address, take.activity, take.sourceId);
  return answer;
}

/** A notice's button was pressed: the card changes by itself, and whoever pressed needs no answer beside it. */
function taken({ type }: InboundActivity): Answer {
  if (type !== 'invoke') return { status: 200 };
  return { status: 200, json: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'OK' } };
}

/** However a token is wrong, the answer is the same 401: what exactly is wrong helps only who forges. */
async function authenticate(activity: InboundActivity, call: Call, adapter: LogAdapter): Promise<void> {
  try {
    // Checked by our schema; an absent serviceUrl would skip the SDK's claim check, and is refused right after.
    await adapter.authenticate(asActivity(activity), call.headers.authorization ?? '');
  } catch {
    throw new Refusal(401, 'unauthorized', 'This activity is not signed by the channel.');
  }
}

function addressOf(activity: InboundActivity, { personKey }: MessagesOptions): Address {
  const { channelId, conversation, from, recipient, serviceUrl = '' } = activity;
  const person = personKey(activity);
  return {
    channel: channelId,
    channelConversationId: conversation.id,
    person,
    // Requests are filed under it and shown to its admins: only where the channel proves it with the person.
    tenant: provenBy(channelId, person)?.tenant ?? null,
    reference: { serviceUrl, channelId, conversation, user: from, bot: { ...recipient, id: recipient?.id ?? 'bot' } },
  };
}
