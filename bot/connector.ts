import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { z } from 'zod';

/**
 * How a call ended, by what is known of its effect. `uncertain`: the activity may or may not have arrived, so nobody may
 * blindly send it again. `busy` and `refused` have had no effect.
 */
export type CallOutcome =
  /** `id`: the channel's own id of the activity, by which it can be changed; null where none was told. */
  | { kind: 'sent'; id: string | null }
  | { kind: 'busy'; retryAfterMs: number | null }
  | { kind: 'unreachable' }
  | { kind: 'refused'; status: number }
  | { kind: 'uncertain' };

export interface ConnectorCall {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly body: string | null;
  readonly authorization: string | null;
}

const DEADLINE_MS = 5_000;
/** Characters of an answer that are read: it holds an id, if anything. */
const MOST_TOLD = 8_192;
/** A connection that rested for long may be gone without a word: to send on it would be uncertain. */
const KEPT = { keepAlive: true, maxFreeSockets: 256, scheduling: 'lifo', timeout: 20_000 } as const;
const agents = {
  'http:': new HttpAgent(KEPT),
  'https:': new HttpsAgent(KEPT),
};

/**
 * One call of the Bot Framework connector: one attempt with a deadline and no redirects. The SDK's own client repeats sends
 * that may have arrived, and never gives up waiting (stack notes of botbuilder 4.23).
 */
export function callConnector(call: ConnectorCall): Promise<CallOutcome> {
  return new Promise((resolve) => {
    const secure = call.url.protocol === 'https:';
    const body = call.body === null ? null : Buffer.from(call.body);
    const request = (secure ? httpsRequest : httpRequest)(call.url, {
      method: call.method,
      agent: agents[secure ? 'https:' : 'http:'],
      headers: {
        ...(body && { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length }),
        ...(call.authorization !== null && { authorization: call.authorization }),
      },
    });
    const timer = setTimeout(() => request.destroy(new Error('deadline')), DEADLINE_MS);
    const end = (outcome: CallOutcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    let heard: IncomingMessage | undefined;
    // A status that was heard counts, also where the rest of the answer never comes: nothing of it is needed.
    const broken = (error: NodeJS.ErrnoException): void =>
      end(heard ? outcomeOf(heard, '') : { kind: neverArrived(error) ? 'unreachable' : 'uncertain' });
    request.on('response', (response) => {
      heard = response;
      let told = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (told = told.length > MOST_TOLD ? told : told + text));
      response.on('end', () => end(outcomeOf(response, told)));
      response.on('error', broken);
    });
    request.on('error', broken);
    request.end(body ?? undefined);
  });
}

function neverArrived(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN';
}

function outcomeOf(response: IncomingMessage, told: string): CallOutcome {
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return { kind: 'sent', id: idIn(told) };
  if (status === 429 || status === 412)
    return { kind: 'busy', retryAfterMs: retryAfter(response.headers['retry-after']) };
  return status >= 500 || status === 408 ? { kind: 'uncertain' } : { kind: 'refused', status };
}

const toldSchema = z.object({ id: z.string().min(1).max(1_024) });

/** A channel that answers with something else than an id has taken it all the same. */
function idIn(told: string): string | null {
  try {
    return toldSchema.safeParse(JSON.parse(told)).data?.id ?? null;
  } catch {
    return null;
  }
}

function retryAfter(header: string | undefined): number | null {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 300) * 1000 : null;
}

/** Closes the idle connections, at the end of the process. */
export function closeConnections(): void {
  agents['http:'].destroy();
  agents['https:'].destroy();
}
