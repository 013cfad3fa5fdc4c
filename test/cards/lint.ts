import * as AdaptiveCards from 'adaptivecards';
import { z } from 'zod';

/**
 * What Teams on desktop and phone, and Web Chat, demand of a message with a card. Returns what is wrong, each with its place;
 * empty where nothing is.
 */
type Node = Readonly<Record<string, unknown>>;

/** Elements that phones draw (1.2), each with what may stand on it; a word with a later version is only left out there. */
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  TextBlock: ['type', 'text', 'wrap', 'weight', 'size', 'isSubtle', 'spacing', 'style', 'color'],
  Container: ['type', 'style', 'items', 'spacing'],
  'Input.Text': ['type', 'id', 'label', 'style', 'isMultiline', 'maxLength', 'value', 'placeholder'],
  'Input.ChoiceSet': ['type', 'id', 'label', 'value', 'style', 'choices'],
};
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'Action.Submit': ['type', 'title', 'style', 'associatedInputs', 'data'],
  'Action.Execute': ['type', 'title', 'style', 'associatedInputs', 'data', 'verb', 'fallback'],
  'Action.OpenUrl': ['type', 'title', 'url'],
};
const CARD = ['type', '$schema', 'version', 'fallbackText', 'body', 'actions', 'refresh'];

/** Teams shows no more buttons in a row of a card, and refuses more bytes in a message. */
const MOST_ACTIONS = 6;
const MOST_INPUTS = 6;
const MOST_BYTES = 24 * 1024;
const LONGEST_TITLE = 60;
const LONGEST_PLAIN = 16_000;

const nodes = z.array(z.record(z.string(), z.unknown())).catch([]);

export interface Where {
  readonly channel: 'teams' | 'web';
}

export function lintMessage(activity: Node, where: Where): string[] {
  const attachments = nodes.parse(activity['attachments']);
  return [
    ...(Buffer.byteLength(JSON.stringify(activity)) > MOST_BYTES ? ['the message is over 24 KB'] : []),
    ...(where.channel === 'teams' ? lintText(activity) : []),
    ...attachments.flatMap(({ contentType, content }) =>
      contentType === 'application/vnd.microsoft.card.adaptive' ? lintCard(content, where) : ['no Adaptive Card'],
    ),
  ];
}

/** Teams' Markdown of a message knows neither headings, tables, pictures nor HTML; phones draw no lists. */
function lintText({ text, textFormat }: Node): string[] {
  if (typeof text !== 'string' || textFormat !== 'markdown') return [];
  const bare = text.replace(/```[\s\S]*?```|`[^`]*`/g, '');
  const found = Object.entries({
    'a heading': /^#{1,6}\s/m,
    'a table': /^\s*\|.*\|\s*$/m,
    'a picture': /!\[/,
    HTML: /<\/?[a-z][^>]*>/i,
    'a bulleted list': /^\s*[-*+]\s/m,
    // A line after a line is run into it; a paragraph is not.
    'a line that would be run into the one before': /[^\n]\n(?=[•\d]+[.)]?\s)/,
  }).flatMap(([what, pattern]) => (pattern.test(bare) ? [`the text holds ${what}`] : []));
  if (/<[a-z][\w .-]*>/i.test(text)) found.push('code holds what may be taken for a tag');
  return text.length > LONGEST_PLAIN ? [...found, 'the text is too long'] : found;
}

export function lintCard(content: unknown, where: Where): string[] {
  const card = z.record(z.string(), z.unknown()).parse(content);
  const body = nodes.parse(card['body']);
  const actions = nodes.parse(card['actions']);
  const inputs = flat(body).filter(({ type }) => String(type).startsWith('Input.'));
  const ids = inputs.map(({ id }) => id);
  return [
    ...unknown('card', card, CARD),
    ...(card['version'] === '1.4' ? [] : ['the version is not pinned']),
    ...(isText(card['fallbackText']) ? [] : ['no fallback text']),
    ...(body.length + actions.length === 0 ? ['an empty card'] : []),
    ...flat(body).flatMap((element) => lintElement(element)),
    ...actions.flatMap((action) => lintAction(action, where)),
    ...(actions.length > MOST_ACTIONS ? [`${actions.length} buttons`] : []),
    ...(inputs.length > MOST_INPUTS ? [`${inputs.length} fields`] : []),
    ...(new Set(ids).size === ids.length ? [] : ['two fields of one name']),
    ...(inputs.length > 0 && !actions.some(({ type }) => type !== 'Action.OpenUrl')
      ? ['fields that nothing sends']
      : []),
    ...lintRefresh(card['refresh'], where),
    ...parsed(card),
  ];
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

function flat(elements: readonly Node[]): Node[] {
  return elements.flatMap((element) => [element, ...flat(nodes.parse(element['items']))]);
}

function unknown(what: string, node: Node, known: readonly string[]): string[] {
  return Object.keys(node)
    .filter((key) => !known.includes(key))
    .map((key) => `${what} has ${key}`);
}

function lintElement(element: Node): string[] {
  const type = String(element['type']);
  const known = ELEMENTS[type];
  if (!known) return [`${type} is drawn by few, or wants an address`];
  const isInput = type.startsWith('Input.');
  return [
    ...unknown(type, element, known),
    ...(type === 'TextBlock' && !isText(element['text']) ? ['an empty text'] : []),
    ...(type === 'TextBlock' && element['wrap'] !== true ? ['a text that is cut at the edge'] : []),
    ...(type === 'Container' && nodes.parse(element['items']).length === 0 ? ['an empty container'] : []),
    ...(isInput && !isText(element['label']) ? ['a field without a label'] : []),
    ...(type === 'Input.Text' && !isText(element['placeholder'])
      ? ['a field that old clients show without a word']
      : []),
    ...(type === 'Input.Text' && typeof element['maxLength'] !== 'number' ? ['a field without an end'] : []),
    ...(type === 'Input.ChoiceSet' &&
    nodes.parse(element['choices']).some((one) => !isText(one['title']) || !isText(one['value']))
      ? ['a choice without words']
      : []),
  ];
}

function lintAction(action: Node, where: Where): string[] {
  const type = String(action['type']);
  const known = ACTIONS[type];
  if (!known) return [`${type} is known to few`];
  const wanted = { teams: 'Action.Execute', web: 'Action.Submit' }[where.channel];
  return [
    ...unknown(type, action, known),
    ...(isText(action['title']) && action['title'].length <= LONGEST_TITLE
      ? []
      : [`the button “${String(action['title'])}”`]),
    ...(type === 'Action.OpenUrl' || type === wanted ? [] : [`${type} is not for here`]),
    ...(type === 'Action.OpenUrl' && !/^https:\/\/\S+$/.test(String(action['url']))
      ? ['a link that is not https']
      : []),
    ...(type === 'Action.Execute' ? lintExecute(action) : []),
  ];
}

/** A client that doesn't know `Execute` must send the same data by what it knows. */
function lintExecute({ verb, data, fallback, title }: Node): string[] {
  const other = z.record(z.string(), z.unknown()).safeParse(fallback).data;
  const same = other?.['type'] === 'Action.Submit' && other['title'] === title;
  return [
    ...(isText(verb) ? [] : ['Execute without a verb']),
    ...(same && JSON.stringify(other['data']) === JSON.stringify(data) ? [] : ['Execute without its like as fallback']),
  ];
}

const refreshSchema = z.strictObject({
  action: z.strictObject({
    type: z.literal('Action.Execute'),
    verb: z.string().min(1),
    data: z.looseObject({ number: z.string().min(1) }),
  }),
  userIds: z.array(z.string().min(1)).min(1).max(60),
});

function lintRefresh(refresh: unknown, { channel }: Where): string[] {
  if (refresh === undefined) return [];
  if (channel === 'web') return ['a refresh that nobody answers'];
  return refreshSchema.safeParse(refresh).success ? [] : ['a refresh for everybody, or without what to do'];
}

/**
 * What the Adaptive Cards library itself, at the card's own version, has against it. But for one word of 1.5, which older
 * clients pass over: that a title is a heading, for screen readers.
 */
function parsed(card: Node): string[] {
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_4);
  const drawn = new AdaptiveCards.AdaptiveCard();
  drawn.parse(JSON.parse(JSON.stringify(card).replaceAll(',"style":"heading"', '')), context);
  const events = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  const failures = drawn.validateProperties().validationEvents.map(({ message }) => message);
  return [...events, ...failures].map((message) => `the library says: ${message}`);
}
