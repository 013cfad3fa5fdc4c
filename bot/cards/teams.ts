import { z } from 'zod';
import { cardOf, withCard, type CardContent, type Element } from './content.ts';

/**
 * What a message needs beside our own form where it leaves for Teams: buttons that are answered in place, a request's card
 * that is renewed when it is looked at, and lists that phones show.
 */
type Activity = Readonly<Record<string, unknown>>;

/** What `adaptiveCard/action` names: an answer to a question, or a look at how a request stands. */
export const VERBS = { answer: 'frontdesk.answer', refresh: 'frontdesk.refresh' } as const;

const requestSchema = z.object({ channelData: z.object({ request: z.object({ number: z.string() }) }) });

/** `person`: whose chat it is, by the channel's id; the card of a request is renewed for them alone. */
export function forTeams<A extends Activity>(activity: A, person: string): A {
  const card = cardOf(activity);
  const number = requestSchema.safeParse(activity).data?.channelData.request.number;
  const { text, textFormat, locale } = activity;
  const worded =
    textFormat === 'markdown' && typeof text === 'string' ? { ...activity, text: phoneLists(text) } : activity;
  return card ? withCard(worded, executed(card, number === undefined ? null : { number, person, locale })) : worded;
}

/** The same card with Teams' universal actions; `renewed`: whose request it shows, and for whom. */
function executed(card: CardContent, renewed: { number: string; person: string; locale: unknown } | null): CardContent {
  const actions = card.actions.map(execute);
  if (!renewed) return { ...card, actions };
  const { number, person, locale } = renewed;
  const action = { type: 'Action.Execute', verb: VERBS.refresh, data: { number, locale } };
  return { ...card, actions, refresh: { action, userIds: [person] } };
}

/** A client that knows no `Action.Execute` sends the same data as a message. */
function execute(action: Element): Element {
  if (action.type !== 'Action.Submit') return action;
  return { ...action, type: 'Action.Execute', verb: VERBS.answer, fallback: action };
}

const BULLET = /^(\s*)[-*+]\s+(?=\S)/;
const NUMBERED = /^\s*\d+[.)]\s/;

/** What is to be filled in, in a command: `<UPN>`. */
const GAP = /<([a-z][\w .-]*)>/gi;
const filledIn = (code: string): string => code.replace(GAP, '‹$1›');

/**
 * Teams' message Markdown knows tags, also where code stands: what is to be filled in gets brackets that are none
 * (the playground shows `&lt;UPN&gt;` otherwise, in channels).
 */
const withoutTags = (line: string): string => line.replace(/`[^`]+`/g, filledIn);

/**
 * Teams on phones draws no Markdown list in a message and runs its lines into one another: each item becomes a paragraph
 * of its own, with a bullet that is a character. Headings, which no client draws there, become bold.
 */
export function phoneLists(markdown: string): string {
  let isCode = false;
  const lines = markdown.split('\n').map((line) => {
    if (line.trimStart().startsWith('```')) isCode = !isCode;
    if (isCode) return filledIn(line);
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (heading !== undefined) return `\n**${heading}**\n`;
    const bullet = BULLET.exec(line);
    if (bullet) return `\n${'\u00A0\u00A0'.repeat((bullet[1] ?? '').length)}• ${line.slice(bullet[0].length)}`;
    return NUMBERED.test(line) ? `\n${line.trimStart()}` : line;
  });
  return lines
    .map(withoutTags)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
