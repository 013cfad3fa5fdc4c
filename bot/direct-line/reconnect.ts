import type { Answer, Call } from '#src/http/call.ts';
import { callerOf, unknownConversation } from './caller.ts';
import { opened } from './opened.ts';
import type { DirectLineOptions } from './ports.ts';
import { readWatermark } from './watermark.ts';

/** `GET /conversations/:id?watermark=`: opens the line again where it broke. */
export async function reconnect(call: Call, options: DirectLineOptions): Promise<Answer> {
  const { visit, id } = await callerOf(call, options.tokens);
  const watermark = readWatermark(call.query.get('watermark'));
  const found = await options.storage.transact((unit) => unit.conversations.byId(visit.conversation));
  if (!found) throw unknownConversation();
  return opened(call, visit, { status: 200, watermark, asked: id }, options);
}
