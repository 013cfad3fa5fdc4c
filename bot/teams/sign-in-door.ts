import { z } from 'zod';
import type { Answer } from '#src/http/call.ts';
import { SIGNED_IN } from '../inbound.ts';
import type { InboundActivity } from '../inbound.ts';
import { wordsOf } from '../words-of.ts';
import { refOf } from './sign-in.ts';
import type { SignIn } from './sign-in.ts';

/** What comes of an activity by which somebody signs in: what the log takes, if anything, and how it is answered. */
export interface SignedIn {
  readonly take: { readonly activity: InboundActivity; readonly sourceId: string | null } | null;
  readonly answer: Answer;
}

const exchangeSchema = z.object({
  id: z.string().min(1).max(512),
  connectionName: z.string().max(512),
  token: z.string().min(1).max(16_384),
});
const verifySchema = z.object({ state: z.string().min(1).max(512) });
const CODE = /^\d{6}$/;

/**
 * Reads what has to do with signing in, before anything of it reaches the log: tokens and codes are never stored. null: it is
 * something else. `isDesks`: whether an agent has asked for a code here, which looks the same and comes first.
 */
export async function signedInBy(
  activity: InboundActivity,
  person: string,
  signIn: SignIn,
  isDesks: () => Promise<boolean>,
): Promise<SignedIn | null> {
  const who = refOf(activity, person);
  if (activity.type === 'message') {
    const code = wordsOf(activity);
    const isCode = CODE.test(code) && signIn.awaitsCode(who) && !(await isDesks());
    return isCode && (await signIn.byCode(activity, who, code))
      ? { take: done(activity, activity.id ?? null), answer: { status: 200 } }
      : null;
  }
  if (activity.type !== 'invoke') return null;
  switch (activity.name) {
    case 'signin/tokenExchange':
      return exchanged(activity, (token) => signIn.exchange(activity, who, token), signIn.connection);
    case 'signin/verifyState': {
      const read = verifySchema.safeParse(activity.value);
      const isDone = read.success && (await signIn.byCode(activity, who, read.data.state));
      // As the SDK's own prompt answers a code that is none.
      if (!isDone) return { take: null, answer: { status: 404, json: {} } };
      return { take: done(activity, activity.id ?? null), answer: { status: 200, json: {} } };
    }
    // Teams tells that its own sign-on failed; the card is there for the person.
    case 'signin/failure':
      return { take: null, answer: { status: 200, json: {} } };
    default:
      return null;
  }
}

/** Every client of the person asks to exchange by itself, with the same id: each is answered, one of them counts. */
async function exchanged(
  activity: InboundActivity,
  exchange: (token: string) => Promise<boolean>,
  connection: string,
): Promise<SignedIn> {
  const read = exchangeSchema.safeParse(activity.value);
  if (!read.success) return { take: null, answer: { status: 400, json: {} } };
  const { id, connectionName, token } = read.data;
  const isDone = connectionName === connection && (await exchange(token));
  const failureDetail = 'The bot is unable to exchange token. Proceed with regular login.';
  // 412 lets Teams show the card: consent is needed, or the token is good no longer.
  if (!isDone) return { take: null, answer: { status: 412, json: { id, connectionName, failureDetail } } };
  return { take: done(activity, `sign-in:${id}`), answer: { status: 200, json: { id, connectionName } } };
}

/** That somebody signed in, and nothing of how. */
function done(activity: InboundActivity, sourceId: string | null): SignedIn['take'] {
  const { text: _text, value: _value, entities: _entities, attachments: _attachments, ...rest } = activity;
  return { activity: { ...rest, type: SIGNED_IN }, sourceId };
}
