import { randomUUID } from 'node:crypto';
import type { Tools } from '#dialogs/question.ts';
import { MAX_TEXT, MIN_WIDTH, widthOf } from '#dialogs/questions/describe.ts';
import type { Language } from '#knowledge/schema.ts';
import type { Answer } from '#src/http/call.ts';
import { languageOfLocale } from '#src/intake/language.ts';
import type { Directory } from '#src/intake/ports.ts';
import type { Storage } from '#src/log/ports.ts';
import { VERSION } from '../cards/adaptive.ts';
import type { InboundActivity } from '../inbound.ts';
import type { Reception } from '../reception.ts';
import { fetchSchema, querySchema, submitSchema, wordsOfMessage } from './extension-schema.ts';
import { takePrivately } from './extension-private.ts';
import { found } from './extension-search.ts';
import { privateLink } from './place.ts';

export interface ExtensionOptions {
  readonly storage: Storage;
  readonly directory: Directory;
  readonly tools: Omit<Tools, 'now'>;
  readonly reception: Pick<Reception, 'resume'>;
  readonly teamsUrl: string;
  readonly clock: () => number;
}

const CARD = 'application/vnd.microsoft.card.adaptive';
const ok = (json: unknown): Answer => ({ status: 200, json });
const message = (text: string): Answer => ok({ composeExtension: { type: 'message', text } });

/**
 * The message extension: a search whose result is put into a message, and a message that begins a request. It is asked in
 * any chat, also where the bot is no member, so none of it is a conversation, and nothing of it is kept. null: something else.
 */
export async function extended(
  activity: InboundActivity,
  person: string,
  options: ExtensionOptions,
): Promise<Answer | null> {
  if (activity.type !== 'invoke' || activity.name?.startsWith('composeExtension/') !== true) return null;
  switch (activity.name) {
    case 'composeExtension/query':
      return query(activity, person, options);
    case 'composeExtension/fetchTask':
      return fetchTask(activity, options);
    case 'composeExtension/submitAction':
      return submit(activity, person, options);
    // What is chosen is put into the message as it is.
    case 'composeExtension/selectItem':
      return ok({ composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] } });
    default:
      return { status: 501, json: {} };
  }
}

const languageOf = ({ locale }: InboundActivity): Language => languageOfLocale(locale) ?? 'en';
const notOurs = (): Answer => ({ status: 400, json: {} });

async function query(activity: InboundActivity, person: string, options: ExtensionOptions): Promise<Answer> {
  const read = querySchema.safeParse(activity.value);
  if (!read.success) return notOurs();
  const { commandId, parameters, queryOptions } = read.data;
  const typed = parameters.find(({ name }) => name === 'query')?.value;
  const words = typeof typed === 'string' ? typed.trim() : '';
  const language = languageOf(activity);
  const result = await found({ commandId, words, language, ...queryOptions }, activity, person, options);
  if (typeof result === 'string') return message(result);
  return ok({ composeExtension: { type: 'result', attachmentLayout: 'list', attachments: result } });
}

/** The form in which the chosen message may be changed before it is taken along. */
function fetchTask(activity: InboundActivity, { tools }: ExtensionOptions): Answer {
  const read = fetchSchema.safeParse(activity.value);
  if (!read.success || read.data.commandId !== 'openRequest') return notOurs();
  const description = wordsOfMessage(read.data.messagePayload, activity).slice(0, MAX_TEXT);
  return task(form(description, languageOf(activity), tools, null), languageOf(activity), tools);
}

function task(card: unknown, language: Language, { phrases }: Pick<Tools, 'phrases'>): Answer {
  const title = phrases.text(language, 'extension.title');
  const value = { title, height: 'medium', width: 'medium', card: { contentType: CARD, content: card } };
  return ok({ task: { type: 'continue', value } });
}

const line = (text: string, more: object = {}) => ({ type: 'TextBlock', text, wrap: true, ...more });

function form(description: string, language: Language, { phrases }: Pick<Tools, 'phrases'>, hint: string | null) {
  const words = (key: string): string => phrases.text(language, key);
  return {
    ...card(language, words('extension.describe')),
    body: [
      line(words('extension.describe')),
      ...(hint === null ? [] : [line(hint, { color: 'attention' })]),
      {
        type: 'Input.Text',
        id: 'description',
        isMultiline: true,
        maxLength: MAX_TEXT,
        value: description,
        label: words('extension.title'),
      },
    ],
    // The token makes a submit that is delivered again the same one.
    actions: [{ type: 'Action.Submit', title: words('extension.submit'), data: { token: randomUUID() } }],
  };
}

const card = (lang: Language, fallbackText: string) => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: VERSION,
  lang,
  fallbackText,
});

async function submit(activity: InboundActivity, person: string, options: ExtensionOptions): Promise<Answer> {
  const read = submitSchema.safeParse(activity.value);
  if (!read.success || read.data.commandId !== 'openRequest') return notOurs();
  const { tools, teamsUrl } = options;
  const language = languageOf(activity);
  const { token, description } = read.data.data;
  const text = description.trim().slice(0, MAX_TEXT);
  const words = (key: string): string => tools.phrases.text(language, key);
  if (widthOf(text) < MIN_WIDTH)
    return task(form(text, language, tools, words('extension.too-short')), language, tools);
  const isTaken = await takePrivately({ text, token, activity, person }, options);
  const link = privateLink(teamsUrl, activity.recipient);
  const said = words(isTaken ? 'extension.taken' : 'shared.open-first');
  const actions = link === null ? [] : [{ type: 'Action.OpenUrl', title: words('shared.open'), url: link }];
  return task({ ...card(language, said), body: [line(said)], actions }, language, tools);
}
