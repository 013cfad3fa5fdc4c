import { z } from 'zod';
import type { Answer } from '#src/http/call.ts';
import { languageOfLocale } from '#src/intake/language.ts';
import { withoutPersonalData } from '#src/intake/redact.ts';
import type { LogRow, Storage } from '#src/log/ports.ts';
import type { InboundActivity } from '../inbound.ts';

const feedbackSchema = z.object({
  actionName: z.literal('feedback'),
  actionValue: z.object({ reaction: z.enum(['like', 'dislike']), feedback: z.string().max(8_000).optional() }),
});
const commentSchema = z.object({ feedbackText: z.string() });

/** One opinion of a person about a message; who changes it within that time is not counted twice. */
const ONCE_MS = 90 * 24 * 3_600_000;
/** The article that is judged is among the last things said. */
const LOOK_BACK = 20;

/** What Teams asks beside the conversation; nothing is said to it. null: something else. */
export async function aside(
  activity: InboundActivity,
  options: { readonly storage: Storage; readonly clock: () => number },
): Promise<Answer | null> {
  if (activity.type !== 'invoke') return null;
  switch (activity.name) {
    case 'message/submitAction':
      await judged(activity, options);
      return { status: 200, json: {} };
    // No file is ever offered, so there is none to send, whatever address is named.
    case 'fileConsent/invoke':
      return { status: 200, json: {} };
    default:
      return null;
  }
}

/** Thumbs under an article that was shown before others: kept like any other answer to "did this help?". */
async function judged(
  activity: InboundActivity,
  { storage, clock }: { readonly storage: Storage; readonly clock: () => number },
): Promise<void> {
  const read = feedbackSchema.safeParse(activity.value);
  if (!read.success) return;
  const { reaction, feedback } = read.data.actionValue;
  const { channelId, conversation, from, locale } = activity;
  const now = clock();
  await storage.transact(async (unit) => {
    const found = await unit.conversations.byChannel(channelId, conversation.id);
    if (!found) return;
    const rows = await unit.rows.list(found.id, Math.max(0, found.lastSeq - LOOK_BACK), LOOK_BACK);
    const topic = rows.flatMap(topicOf).at(-1);
    const replyTo = typeof activity['replyToId'] === 'string' ? activity['replyToId'] : '';
    const key = `feedback:${found.id}:${from.id}:${replyTo}`;
    if (topic === undefined || !(await unit.spend(key, now + ONCE_MS))) return;
    const comment = commentOf(feedback);
    await unit.feedback.add({
      conversation: found.id,
      kind: reaction === 'like' ? 'helpful' : 'not-helpful',
      topic,
      question: null,
      language: found.language ?? languageOfLocale(locale) ?? 'en',
      score: null,
      comment: comment === null ? null : withoutPersonalData(comment),
      at: now,
    });
  });
}

function topicOf({ role, body }: LogRow): string[] {
  const data = z.object({ topic: z.string() }).safeParse(body['channelData']);
  return role === 'bot' && data.success ? [data.data.topic] : [];
}

/** Teams hands it over as JSON in a text; an empty one is none. */
function commentOf(feedback: string | undefined): string | null {
  try {
    return commentSchema.safeParse(JSON.parse(feedback ?? 'null')).data?.feedbackText.trim() || null;
  } catch {
    return null;
  }
}
