import { randomUUID } from 'node:crypto';
import type { Answer } from '#src/http/call.ts';

/**
 * `GET /session/getsessionid`: clients ask for it where sign-in cards need a session of the browser. Ours have none, the
 * token says who it is: the id is good for nothing but the answer's form.
 */
export function sessionId(): Answer {
  return { status: 200, json: { sessionId: randomUUID() } };
}
