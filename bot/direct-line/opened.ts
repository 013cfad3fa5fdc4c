import { Refusal } from '#src/http/call.ts';
import type { Answer, Call } from '#src/http/call.ts';
import { placeOf, streamUrl } from './place.ts';
import type { DirectLineOptions, Proof, Visit } from './ports.ts';

/**
 * What a client gets to open, or open again, its line: a fresh token, and an address for a WebSocket that delivers what
 * comes after `watermark`. `asked`: id of the token that asked, by which a client's second socket replaces its first.
 */
export async function opened(
  call: Call,
  visit: Visit,
  at: { status: number; watermark: number; asked: Proof['id'] },
  options: DirectLineOptions,
): Promise<Answer> {
  const { config, tokens } = options;
  const [minted, stream] = await Promise.all([tokens.chat(visit), tokens.stream(visit, at.asked)]);
  if (!minted) throw sessionOver();
  const { conversation: conversationId } = visit;
  const url = streamUrl(placeOf(config, call.headers), conversationId, stream, at.watermark);
  return {
    status: at.status,
    json: { conversationId, token: minted.token, expires_in: minted.expiresIn, streamUrl: url },
  };
}

export function sessionOver(): Refusal {
  return new Refusal(403, 'session-over', 'This session has lasted as long as one may. Begin a new one.');
}
