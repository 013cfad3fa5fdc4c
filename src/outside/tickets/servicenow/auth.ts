import { done } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import { ClientToken } from '../client-token.ts';
import type { Ask, Asked, Question } from '../ask.ts';

/** An account's name and password, or an app of the instance (OAuth 2.0, client credentials). */
export type ServiceNowAccount =
  | { readonly user: string; readonly password: string }
  | { readonly clientId: string; readonly clientSecret: string };

export type AskSignedIn = (question: Question) => Promise<Delivery<Asked>>;

/** Asks an instance in the name of the account. */
export function signedIn(instance: string, account: ServiceNowAccount, ask: Ask, clock: () => number): AskSignedIn {
  if ('clientId' in account) {
    const token = new ClientToken({ url: `${instance}/oauth_token.do`, ...account }, ask, clock);
    return (question) => token.authorized(question);
  }
  const authorization = `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`;
  return async (question) => done(await ask({ ...question, headers: { ...question.headers, authorization } }));
}
