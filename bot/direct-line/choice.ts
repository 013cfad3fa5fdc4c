import { z } from 'zod';
import type { LogRow, Storage } from '#src/log/ports.ts';
import type { InboundActivity } from '../inbound.ts';
import { unknownConversation } from './caller.ts';
import type { Visit } from './ports.ts';

/** A card that is pressed is among the last things said. */
const LOOK_BACK = 12;

const submitSchema = z.object({ step: z.string(), choice: z.string() });
const buttonSchema = z.object({ title: z.string(), data: submitSchema });
type Button = z.infer<typeof buttonSchema>;
const cardSchema = z.object({ content: z.object({ actions: z.array(z.unknown()) }) });

/**
 * Makes a press on a card readable: the transcript shows the words on the button, as if they had been typed. Web Chat
 * shows nothing of a submit otherwise. Throws a 404 `Refusal` where the conversation isn't there.
 */
export async function withChoice(activity: InboundActivity, visit: Visit, storage: Storage): Promise<InboundActivity> {
  const submit = submitSchema.safeParse(activity.value);
  const rows = await storage.transact(async (unit) => {
    const found = await unit.conversations.byId(visit.conversation);
    if (!found) throw unknownConversation();
    return submit.success ? unit.rows.list(visit.conversation, Math.max(0, found.lastSeq - LOOK_BACK), LOOK_BACK) : [];
  });
  const label = submit.success ? labelOf(submit.data, rows) : undefined;
  if (label === undefined) return activity;
  const { postBack: _hidden, ...channelData } = activity.channelData ?? {};
  return { ...activity, text: label, channelData };
}

function labelOf({ step, choice }: z.infer<typeof submitSchema>, rows: readonly LogRow[]): string | undefined {
  const pressed = rows
    .filter(({ role }) => role === 'bot')
    .flatMap(({ body }) => buttonsOf(body))
    .findLast(({ data }) => data.step === step && data.choice === choice);
  return pressed?.title;
}

function buttonsOf(body: Record<string, unknown>): Button[] {
  const cards: unknown[] = Array.isArray(body['attachments']) ? body['attachments'] : [];
  const actions = cards.flatMap((card) => cardSchema.safeParse(card).data?.content.actions ?? []);
  return actions.flatMap((action) => buttonSchema.safeParse(action).data ?? []);
}
