import type { Activity } from 'botbuilder';
import type { SignInOffer, UserToken } from '#src/intake/sign-in.ts';
import type { LogAdapter } from '../adapter.ts';
import { within } from '../deadline.ts';

/** Whose token: the person as the channel names them. */
export interface Holder {
  readonly channelId: string;
  readonly userId: string;
}

/** The Bot Framework's token service, as far as it is asked. Each rejects where it fails; null: it has no token. */
export interface UserTokens {
  exchange(holder: Holder, token: string): Promise<UserToken | null>;
  /** The token that the service keeps; with the code that the sign-in page showed, the one that it is for. */
  token(holder: Holder, code: string): Promise<UserToken | null>;
  offer(activity: Activity): Promise<SignInOffer | null>;
  signOut(holder: Holder): Promise<void>;
}

/** The SDK's client has no deadline of its own; Teams waits 15 s for an invoke. */
const WITHIN_MS = 6_000;
/** Left out of the query; the SDK's type knows a text only. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own prompt does the same
const NO_CODE = undefined as unknown as string;
/** The service says until when a token is good; where it doesn't, it is renewed soon. */
const UNSAID_MS = 10 * 60_000;

type UserTokenClient = Awaited<ReturnType<LogAdapter['userTokens']>>;

interface Options {
  readonly adapter: LogAdapter;
  readonly appId: string;
  readonly connection: string;
  readonly clock: () => number;
}

/** The token service through the SDK's client, which signs in as the bot. */
export function userTokens({ adapter, appId, connection, clock }: Options): UserTokens {
  let made: Promise<UserTokenClient> | undefined;
  const client = (): Promise<UserTokenClient> => {
    made ??= adapter.userTokens(appId);
    return made;
  };
  const ask = async <T>(question: (service: UserTokenClient) => Promise<T>): Promise<T> =>
    within(WITHIN_MS, client().then(question));
  const read = (given: { token?: string; expiration?: string } | undefined): UserToken | null => {
    if (given?.token === undefined || given.token === '') return null;
    const until = Date.parse(given.expiration ?? '');
    return { token: given.token, until: Number.isNaN(until) ? clock() + UNSAID_MS : until };
  };
  return {
    exchange: async ({ userId, channelId }, token) =>
      read(await ask((service) => service.exchangeToken(userId, connection, channelId, { token }))),
    token: async ({ userId, channelId }, code) =>
      read(await ask((service) => service.getUserToken(userId, connection, channelId, code === '' ? NO_CODE : code))),
    offer: async (activity) => {
      const found = await ask((service) => service.getSignInResource(connection, activity, ''));
      const { signInLink, tokenExchangeResource: resource } = found;
      if (signInLink === undefined || !signInLink.startsWith('https://')) return null;
      const { id, uri, providerId } = resource ?? {};
      const exchange =
        id === undefined || uri === undefined ? null : { id, uri, ...(providerId !== undefined && { providerId }) };
      return { connection, link: signInLink, exchange };
    },
    signOut: ({ userId, channelId }) => ask((service) => service.signOutUser(userId, connection, channelId)),
  };
}
