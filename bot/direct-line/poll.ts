import type { Answer, Call } from '#src/http/call.ts';
import { callerOf } from './caller.ts';
import { readPage } from './page.ts';
import { placeOf } from './place.ts';
import type { DirectLineOptions } from './ports.ts';
import { readWatermark } from './watermark.ts';

/** `GET /conversations/:id/activities?watermark=`: what was said since. */
export async function poll(call: Call, options: DirectLineOptions): Promise<Answer> {
  const { visit } = await callerOf(call, options.tokens);
  const reader = { visit, place: placeOf(options.config, call.headers) };
  const page = await readPage(reader, readWatermark(call.query.get('watermark')), options);
  return { status: 200, json: { activities: page.activities, watermark: String(page.watermark) } };
}
