import type { Answer, Call } from '#src/http/call.ts';
import { callerOf } from './caller.ts';
import { sessionOver } from './opened.ts';
import type { DirectLineOptions } from './ports.ts';

/** `POST /tokens/refresh`: a new token for one that has not ended. */
export async function refresh(call: Call, { tokens }: DirectLineOptions): Promise<Answer> {
  const { visit } = await callerOf(call, tokens);
  const minted = await tokens.chat(visit);
  if (!minted) throw sessionOver();
  return {
    status: 200,
    json: { conversationId: visit.conversation, token: minted.token, expires_in: minted.expiresIn },
  };
}
