import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '#src/http/call.ts';
import type { Call } from '#src/http/call.ts';
import type { Proof, Tokens } from './ports.ts';

/**
 * Who calls, by the token alone. 401 without one; 403 for one that is forged, has ended, belongs to another conversation
 * or to a page of another origin. Whether another's conversation exists can't be told from the answer.
 */
export async function callerOf(call: Call, tokens: Tokens): Promise<Proof> {
  const token = bearerOf(call.headers);
  if (token === null) throw new Refusal(401, 'no-token', 'Send a token: Authorization: Bearer <token>.');
  const proof = await tokens.read('chat', token);
  return checked(proof, call.params['id'], call.headers);
}

/** The same for a token of another kind, already read. */
export function checked(
  proof: Proof | 'expired' | 'invalid',
  conversation: string | undefined,
  headers: IncomingHttpHeaders,
): Proof {
  if (proof === 'expired') throw new Refusal(403, 'token-expired', 'The token has ended.');
  if (proof === 'invalid') throw new Refusal(403, 'token-invalid', 'The token is not valid here.');
  const { visit } = proof;
  if (conversation !== undefined && conversation !== visit.conversation) {
    throw new Refusal(403, 'token-other', 'The token is for another conversation.');
  }
  const { origin } = headers;
  if (visit.origin !== null && origin !== undefined && origin !== visit.origin) {
    throw new Refusal(403, 'token-origin', 'The token was given to another page.');
  }
  return proof;
}

export function bearerOf({ authorization }: IncomingHttpHeaders): string | null {
  return /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1] ?? null;
}

export function unknownConversation(): Refusal {
  return new Refusal(404, 'no-conversation', 'There is no such conversation.');
}
