import type { ServerResponse } from 'node:http';
import { promises as streams, type Readable } from 'node:stream';
import { StorageError } from '#src/log/ports.ts';
import { Refusal, type Answer } from './call.ts';
import type { HeaderSet } from './headers.ts';

const INTERNAL = new Refusal(500, 'internal', 'Something went wrong on our side. Please try again.');

/** The one form of every error that leaves the house. */
export const errorBody = (code: string, message: string): string => JSON.stringify({ error: { code, message } });

/** Nothing was kept, so whoever asked may ask again: channels and clients repeat after a 503. */
const NOT_NOW = new Refusal(503, 'storage', 'Nothing can be kept just now. Please try again.', { 'Retry-After': '2' });

/** What may be told of a failure: a refusal's own words, and of anything else only that it happened. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return error instanceof StorageError ? NOT_NOW : INTERNAL;
}

/** A client that takes longer than this to read an answer is cut. */
const SLOW_READER_MS = 15_000;
/** How long a body that nobody wants may still arrive, so that its sender gets to read why it was refused. */
const LINGER_MS = 1_000;

type Payload = { body: string | Buffer; type: string } | { body: Readable; type: string } | null;

function payloadOf(answer: Answer): Payload {
  if (answer.json !== undefined) return { body: JSON.stringify(answer.json), type: 'application/json; charset=utf-8' };
  if (answer.text !== undefined) return { body: answer.text, type: 'text/plain; charset=utf-8' };
  if (answer.bytes !== undefined) return { body: answer.bytes, type: 'application/octet-stream' };
  if (answer.stream !== undefined) return { body: answer.stream, type: 'application/octet-stream' };
  return null;
}

const hasType = (headers: HeaderSet): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');

/** Writes an answer; its own headers win over the given ones. Resolves when a streamed one has ended. */
export async function write(response: ServerResponse, answer: Answer, headers: HeaderSet): Promise<void> {
  const payload = payloadOf(answer);
  const all: Record<string, string | number> = { ...headers, ...answer.headers };
  if (payload !== null && (answer.headers === undefined || !hasType(answer.headers)))
    all['Content-Type'] = payload.type;
  if (response.destroyed || response.headersSent) return;
  const body = payload?.body ?? '';
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    if (answer.status !== 204 && answer.status !== 304) all['Content-Length'] = Buffer.byteLength(body);
    response.writeHead(answer.status, all);
    response.end(body);
    afterwards(response);
    return;
  }
  response.writeHead(answer.status, all);
  if (response.req.method === 'HEAD') {
    body.destroy();
    response.end();
    return;
  }
  response.flushHeaders();
  // A reader that leaves is no failure of ours, and one that our source fails can only be cut off.
  await streams.pipeline(body, response).catch(() => response.destroy());
}

/** Bounds what a client may still do to a connection once its answer is written. */
function afterwards(response: ServerResponse): void {
  const { req: request } = response;
  const cut = () => request.socket.destroy();
  if (response.writableLength > 0 && response.socket !== null && !response.writableFinished) {
    const timer = setTimeout(cut, SLOW_READER_MS).unref();
    response.once('close', () => clearTimeout(timer));
  }
  if (request.complete) return;
  request.on('data', () => undefined);
  const timer = setTimeout(cut, LINGER_MS).unref();
  request.once('close', () => clearTimeout(timer));
}

/** Writes a failure in the one form. */
export const writeError = (response: ServerResponse, error: unknown, headers: HeaderSet): Promise<void> => {
  const { status, code, message, headers: own } = refusalOf(error);
  return write(response, { status, headers: own, json: { error: { code, message } } }, headers);
};
