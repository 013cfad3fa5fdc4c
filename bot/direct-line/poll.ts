import type { Answer, Call } from '#src/http/call.ts';
import { callerOf } from './caller.ts';
import { readPage } from './page.ts';
import type { DirectLineOptions } from './ports.ts';
import { readWatermark } from './watermark.ts';

/** `GET /conversations/:id/activities?watermark=`: what was said since. */
export async function poll(call: Call, { storage, tokens }: DirectLineOptions): Promise<Answer> {
  const { visit } = await callerOf(call, tokens);
  const { activities, watermark } = await readPage(storage, visit, readWatermark(call.query.get('watermark')));
  return { status: 200, json: { activities, watermark: String(watermark) } };
}
