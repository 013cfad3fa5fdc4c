import { IncomingMessage, type IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import type { Call } from '#src/http/call.ts';

/** A GET as the door hands it to a page's route. */
export function callOf(path: string, params: Record<string, string>, headers: IncomingHttpHeaders): Call {
  const raw = new IncomingMessage(new Socket());
  return {
    id: 'test',
    method: 'GET',
    path,
    params,
    headers,
    raw,
    query: new URLSearchParams(),
    ip: '127.0.0.1',
    json: undefined,
  };
}
