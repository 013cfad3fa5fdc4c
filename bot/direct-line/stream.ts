import { Refusal } from '#src/http/call.ts';
import type { UpgradeCall, UpgradeRoute } from '#src/http/call.ts';
import { callerOf as pageOf } from '#src/http/origins.ts';
import { checked } from './caller.ts';
import type { DirectLineOptions } from './ports.ts';
import type { Streams } from './streams.ts';
import { readWatermark } from './watermark.ts';

const PATH = /^\/v3\/directline\/conversations\/([\w-]{1,64})\/stream$/;

/** `GET /conversations/:id/stream?t=&watermark=` with an upgrade: the WebSocket that delivers what is said. */
export function streamRoute(options: DirectLineOptions, streams: Streams): UpgradeRoute {
  return { path: PATH, handle: (call) => open(call, options, streams) };
}

/** The address opens once: its token is used up before the handshake is answered. */
async function open(call: UpgradeCall, options: DirectLineOptions, streams: Streams): Promise<void> {
  const { request, url } = call;
  // A browser sends the Origin of the page with a WebSocket, and asks nobody for leave.
  if (pageOf(options.config, request.headers) === 'foreign')
    throw new Refusal(403, 'origin', 'This page may not open a stream.');
  const token = url.searchParams.get('t');
  if (token === null) throw new Refusal(401, 'no-token', 'This address lacks its token.');
  const proof = checked(await options.tokens.read('stream', token), PATH.exec(url.pathname)?.[1], request.headers);
  const watermark = readWatermark(url.searchParams.get('watermark'));
  const fresh = await options.storage.transact((unit) => unit.spend(`stream:${proof.id}`, proof.expiresAt));
  if (!fresh) throw new Refusal(403, 'token-used', 'This address was opened before.');
  streams.accept(call, proof, watermark);
}
