import { z } from 'zod';
import type { Tools } from '#dialogs/question.ts';
import { requestNow } from '#dialogs/request-now.ts';
import type { Language } from '#knowledge/schema.ts';
import type { Answer } from '#src/http/call.ts';
import { languageOfLocale } from '#src/intake/language.ts';
import type { LogRow, Storage } from '#src/log/ports.ts';
import { activityOf } from '../activity.ts';
import type { InboundActivity } from '../inbound.ts';
import { meaningOf } from '../inbound.ts';
import type { Receipt } from '../reception.ts';
import { answeredCard, isOn, withWords, type Pressed } from './answered.ts';
import { cardOf, type CardContent } from './content.ts';
import { isStale } from './stale.ts';
import { forTeams, VERBS } from './teams.ts';

/**
 * What `adaptiveCard/action` is answered in the same response: the card that takes the place of the one that was pressed.
 * What the bot has to say beside it comes as messages, as to every other answer.
 */
export interface CardOptions {
  readonly storage: Storage;
  /** The dialogs' tools but for the clock. */
  readonly tools: Omit<Tools, 'now'>;
  readonly clock: () => number;
}

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';

const answer = (type: string, value: unknown): Answer => ({ status: 200, json: { statusCode: 200, type, value } });

const refreshSchema = z.object({
  action: z.object({
    verb: z.literal(VERBS.refresh),
    data: z.object({ number: z.string(), locale: z.unknown().optional() }),
  }),
});

/**
 * A look at how a request stands: Teams asks by itself whenever its card comes into view, so nothing is said and nothing
 * is kept. Null where it is something else. A request of somebody else is none.
 */
export async function refreshed(
  activity: InboundActivity,
  person: string,
  { storage, tools, clock }: CardOptions,
): Promise<Answer | null> {
  const asked = activity.name === 'adaptiveCard/action' ? refreshSchema.safeParse(activity.value).data : undefined;
  if (!asked) return null;
  const { number, locale } = asked.action.data;
  const request = await storage.transact((unit) => unit.requests.byNumber(number));
  const language = languageIn(locale) ?? languageIn(activity.locale) ?? 'en';
  if (request?.person !== person) return answer(MESSAGE, tools.phrases.text(language, 'card.gone'));
  const reply = requestNow(request, { language, timeZone: activity.localTimezone }, { ...tools, now: clock() });
  return answer(CARD, cardOf(forTeams({ ...activityOf(reply) }, activity.from.id)));
}

const languageIn = (locale: unknown): Language | undefined =>
  typeof locale === 'string' ? languageOfLocale(locale) : undefined;

/** A card that is pressed is among the last things said. */
const LOOK_BACK = 40;

/** The pressed card as it is now; where it is an old one, the card that stands now in its place. */
export async function pressed(
  activity: InboundActivity,
  receipt: Receipt,
  { storage, tools }: CardOptions,
): Promise<Answer> {
  const [last] = (receipt.duplicate ? await answersTo(receipt, storage) : receipt.rows).slice(-1);
  if (last && isStale(last)) return answer(CARD, cardOf(forTeams(standing(last), activity.from.id)));
  const meaning = meaningOf(activity);
  const did = meaning.kind === 'input' && meaning.input.kind === 'submit' ? meaning.input : null;
  const { card, owner, language } = await storage.transact(async (unit) => {
    const found = await unit.conversations.byId(receipt.conversation);
    const from = Math.max(0, receipt.seq - LOOK_BACK);
    const rows = did ? await unit.rows.list(receipt.conversation, from, LOOK_BACK) : [];
    return { card: did && cardPressed(rows, did), owner: found?.owner ?? 'bot', language: found?.language ?? 'en' };
  });
  if (owner === 'agent') return answer(MESSAGE, tools.phrases.text(language, 'card.with-person'));
  if (did && card) return answer(CARD, answeredCard(card, did));
  const words = last?.body['text'];
  return answer(MESSAGE, typeof words === 'string' ? words : 'OK');
}

/** What was said to it when it came first: whatever comes again is answered as it was then. */
function answersTo({ conversation, seq }: Receipt, storage: Storage): Promise<LogRow[]> {
  return storage.transact(async (unit) => {
    const rows = await unit.rows.list(conversation, seq, LOOK_BACK);
    return rows.filter(({ replyTo, role }) => replyTo === seq && role === 'bot');
  });
}

/** The message of the question that stands now, its words on its card: it is shown in place of the old card, alone. */
function standing({ body }: LogRow): Record<string, unknown> {
  const { text } = body;
  const content = withWords(cardOf(body), typeof text === 'string' ? text : '');
  return { ...body, attachments: [{ contentType: CARD, content }] };
}

function cardPressed(rows: readonly LogRow[], did: Pressed): CardContent | undefined {
  return rows
    .filter(({ role }) => role === 'bot')
    .flatMap(({ body }) => cardOf(body) ?? [])
    .findLast((card) => isOn(card, did));
}
