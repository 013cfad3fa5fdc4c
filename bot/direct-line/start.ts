import { z } from 'zod';
import type { Answer, Call } from '#src/http/call.ts';
import type { InboundActivity } from '../inbound.ts';
import { callerOf } from './caller.ts';
import { opened } from './opened.ts';
import type { DirectLineOptions, Visit } from './ports.ts';
import { addressOf, envelope } from './said.ts';

/** One arrival per conversation, however often it is opened: so one welcome. */
const ARRIVAL = 'start';

const bodySchema = z.looseObject({ locale: z.string().max(64).optional().catch(undefined) }).catch({});

/** `POST /conversations`: opens the token's conversation; 201 the first time, 200 afterwards. */
export async function start(call: Call, options: DirectLineOptions): Promise<Answer> {
  const { visit, asked } = await visitOf(call, options);
  await options.rates.message(visit.user);
  const { locale } = bodySchema.parse(call.json ?? {});
  const receipt = await options.reception.take(
    addressOf(visit),
    arrival({ ...visit, locale: locale ?? visit.locale }),
    ARRIVAL,
  );
  return opened(call, visit, { status: receipt.duplicate ? 200 : 201, watermark: 0, asked }, options);
}

/** A local server lets a client in without a token, as somebody unknown; production never does. */
async function visitOf(call: Call, { config, tokens }: DirectLineOptions): Promise<{ visit: Visit; asked: string }> {
  if (config.mode === 'local' && call.headers.authorization === undefined) {
    const visit = tokens.begin();
    return { visit, asked: visit.conversation };
  }
  const { visit, id } = await callerOf(call, tokens);
  return { visit, asked: id };
}

function arrival(visit: Visit): InboundActivity {
  return { ...envelope(visit), type: 'conversationUpdate', membersAdded: [{ id: visit.user }] };
}
