import { requestNow } from '#dialogs/request-now.ts';
import { newCase } from '#dialogs/case.ts';
import { articleSaid } from '#dialogs/questions/answer.ts';
import type { Reply } from '#dialogs/reply.ts';
import type { Article, Language, OfferingId } from '#knowledge/schema.ts';
import { withoutPersonalData } from '#src/intake/redact.ts';
import type { PersonFacts } from '#src/intake/ports.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { activityOf } from '../activity.ts';
import { withWords } from '../cards/answered.ts';
import { cardOf } from '../cards/content.ts';
import { within } from '../deadline.ts';
import type { InboundActivity } from '../inbound.ts';
import type { COMMANDS } from './extension-schema.ts';
import type { ExtensionOptions } from './extension.ts';
import { privateChatOf } from './place.ts';
import { refOf } from './sign-in.ts';

interface Sought {
  readonly commandId: (typeof COMMANDS)[number];
  readonly words: string;
  readonly language: Language;
  readonly skip: number;
  readonly count: number;
}

const CARD = 'application/vnd.microsoft.card.adaptive';
const PREVIEW = 'application/vnd.microsoft.card.thumbnail';
/** Teams waits 5 s for results; a directory that takes longer is done without. */
const DIRECTORY_MS = 2_500;
const MOST_REQUESTS = 200;
const LONGEST_PREVIEW = 120;

/** The results, one attachment each; or a sentence that says why there are none. */
export async function found(
  sought: Sought,
  activity: InboundActivity,
  person: string,
  options: ExtensionOptions,
): Promise<object[] | string> {
  const facts = await factsOf(activity, person, options);
  const words = (key: string, values: Record<string, string> = {}): string =>
    options.tools.phrases.text(sought.language, key, values);
  switch (sought.commandId) {
    case 'searchKnowledge': {
      if (sought.words === '') return words('extension.ask');
      const offering = facts?.offering ?? (await chosenProduct(activity, person, options));
      if (offering === null) return words('extension.product');
      const all = articles(sought, offering, options);
      return all.length === 0 ? words('extension.none', { query: sought.words }) : page(all, sought);
    }
    case 'searchRequests': {
      const own = facts?.signedIn === true ? await requests(sought, person, options) : [];
      if (own.length > 0) return page(own, sought).map((one) => requestResult(one, sought, activity, options));
      return sought.words === '' ? words('extension.no-requests') : words('extension.none', { query: sought.words });
    }
    case 'openRequest':
      return words('extension.ask');
  }
}

const page = <T>(all: readonly T[], { skip, count }: Sought): T[] => all.slice(skip, skip + count);

async function factsOf(
  activity: InboundActivity,
  person: string,
  { directory }: ExtensionOptions,
): Promise<PersonFacts | null> {
  const asked = directory.find(refOf(activity, person));
  if (!(asked instanceof Promise)) return asked;
  return within(DIRECTORY_MS, asked).catch(() => null);
}

/** The product that the person named in their private chat. */
function chosenProduct(
  { channelId }: InboundActivity,
  person: string,
  { storage }: ExtensionOptions,
): Promise<OfferingId | null> {
  return storage.transact(async (unit) => (await privateChatOf(channelId, person, unit))?.offering ?? null);
}

function articles({ words, language }: Sought, offering: OfferingId, { tools }: ExtensionOptions): object[] {
  const { best, alternatives } = tools.search.ask({ question: words, language, offering });
  return [...(best ? [best] : []), ...alternatives].flatMap(({ topic }) => {
    const article = tools.article(topic, language, offering);
    return article ? [articleResult(article, language, tools)] : [];
  });
}

function articleResult(article: Article, language: Language, { phrases }: ExtensionOptions['tools']): object {
  const known = newCase(language, null, null);
  const said = articleSaid(article, { case: known, text: (key, values) => phrases.text(language, key, values) });
  const reply: Reply = { language, format: 'markdown', text: said.text, card: said.card };
  return result(reply, said.text, { title: article.title, text: shortened(article.body.replace(/[*_#`]/g, '')) });
}

/** The person's own requests that hold the words, newest first. */
async function requests({ words }: Sought, person: string, { storage }: ExtensionOptions): Promise<ServiceRequest[]> {
  const own = await storage.transact((unit) => unit.requests.ofPerson(person, MOST_REQUESTS));
  const wanted = words.normalize('NFKC').toLowerCase();
  return own.filter(({ number, description }) =>
    `${number}\n${description}`.normalize('NFKC').toLowerCase().includes(wanted),
  );
}

/** Into a chat of others: how it stands, and of what was written nothing that says how to reach somebody. */
function requestResult(
  request: ServiceRequest,
  { language }: Sought,
  { localTimezone: timeZone }: InboundActivity,
  { tools, clock }: ExtensionOptions,
): object {
  const description = withoutPersonalData(request.description);
  const reply = requestNow({ ...request, description }, { language, timeZone }, { ...tools, now: clock() });
  return result(reply, '', { title: reply.text, text: shortened(description) });
}

/** Nothing to press but links: who reads it there has no case with us. */
function result(reply: Reply, above: string, preview: { title: string; text: string }): object {
  const drawn = withWords(cardOf({ ...activityOf(reply) }), above);
  const content = { ...drawn, actions: drawn.actions.filter(({ type }) => type === 'Action.OpenUrl') };
  return { contentType: CARD, content, preview: { contentType: PREVIEW, content: preview } };
}

function shortened(text: string): string {
  const letters = Array.from(text.replace(/\s+/g, ' ').trim());
  return letters.length > LONGEST_PREVIEW ? `${letters.slice(0, LONGEST_PREVIEW).join('')}…` : letters.join('');
}
