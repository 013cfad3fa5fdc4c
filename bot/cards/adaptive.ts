import type { Attachment } from 'botbuilder';
import type { CardModel, Field, Reply } from '#dialogs/reply.ts';

/**
 * Draws a reply as an Adaptive Card, with elements that phones know (those of 1.2); 1.4 is named because Teams takes
 * `Action.Execute` from there on. Every action here is a submit whose data says which step it belongs to, as every client
 * knows it; what Teams wants beside it is added where the card leaves for Teams (`teams.ts`).
 */
export const VERSION = '1.4';
export const CONTENT_TYPE = 'application/vnd.microsoft.card.adaptive';

type Element = Record<string, unknown>;

/** The card of a reply, or nothing where the reply is text alone. */
export function adaptiveCard(reply: Reply): Attachment | null {
  const { card } = reply;
  if (!card) return null;
  const body = bodyOf(card);
  const actions = actionsOf(reply, card);
  if (body.length === 0 && actions.length === 0) return null;
  return {
    contentType: CONTENT_TYPE,
    content: {
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: VERSION,
      fallbackText: fallbackOf(reply),
      body,
      actions,
    },
  };
}

/** The words stand in the message itself, too: here is enough to go on by typing, where a client can't draw the card. */
const LONGEST_FALLBACK = 300;

function fallbackOf({ text: words, card, choices = [] }: Reply): string {
  const letters = Array.from(words.replace(/\s+/g, ' ').trim());
  const short =
    letters.length > LONGEST_FALLBACK ? `${letters.slice(0, LONGEST_FALLBACK).join('')}…` : letters.join('');
  const said = [short || card?.title, choices.map(({ label }) => label).join(' · ')];
  return said.filter(Boolean).join('\n\n');
}

function bodyOf(card: CardModel): Element[] {
  const { title, body, facts = [], fields = [], details, footer, tone = 'default' } = card;
  return [
    ...(title ? [heading(title, tone)] : []),
    ...(body ? [text(body)] : []),
    ...facts.map(factElement),
    ...fields.map(input),
    ...(details ? [text(details.label, { weight: 'bolder', spacing: 'medium' }), quoted(details.body)] : []),
    ...(footer ? [text(footer, { size: 'small', isSubtle: true })] : []),
  ];
}

const text = (words: string, more: Element = {}): Element => ({
  type: 'TextBlock',
  text: plain(words),
  wrap: true,
  ...more,
});

/** What people wrote is shown as they wrote it: Adaptive Cards read Markdown and date macros in text. */
function plain(words: string): string {
  return words.replace(/\{\{(DATE|TIME)\(/gi, '{ {$1(').replace(/([[\]])/g, '\\$1');
}

/** The tone colours the ground, not the words: Teams' green and yellow letters are too pale to read. */
function heading(title: string, tone: NonNullable<CardModel['tone']>): Element {
  const words = text(title, { weight: 'bolder', size: 'medium', style: 'heading' });
  return tone === 'default' ? words : { type: 'Container', style: tone, items: [words] };
}

/** Label above value: a fact set squeezes long values into a column too narrow for a phone. */
function factElement({ label, value }: { label: string; value: string }): Element {
  return {
    type: 'Container',
    spacing: 'default',
    items: [text(label, { size: 'small', isSubtle: true, spacing: 'none' }), text(value, { spacing: 'none' })],
  };
}

function quoted(words: string): Element {
  return { type: 'Container', style: 'emphasis', items: [text(words)] };
}

const INPUT_STYLE = {
  phone: 'tel',
  email: 'email',
  text: 'text',
  multiline: 'text',
  datetime: 'text',
  choice: 'text',
} as const;

function input(field: Field): Element {
  const { id, kind, label, value, placeholder, maxLength } = field;
  if (kind === 'choice') {
    const choices = (field.choices ?? []).map((choice) => ({ title: choice.label, value: choice.id }));
    return { type: 'Input.ChoiceSet', id, label, value: value ?? '', style: 'expanded', choices };
  }
  return {
    type: 'Input.Text',
    id,
    label,
    style: INPUT_STYLE[kind],
    isMultiline: kind === 'multiline',
    maxLength: maxLength ?? 400,
    ...(value !== undefined && value !== '' && { value }),
    // Clients that know no labels (before 1.3) would show a field without a word.
    placeholder: placeholder ?? label,
  };
}

/** With fields there is one button, which submits them; without, one button per choice. */
function actionsOf(reply: Reply, card: CardModel): Element[] {
  const { step, choices = [], token = {} } = reply;
  const links = (card.links ?? []).map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url }));
  const onlyFields = (card.fields ?? []).some(({ kind }) => kind === 'choice');
  const submit = card.submitLabel
    ? [{ type: 'Action.Submit', title: card.submitLabel, style: 'positive', data: { step, ...token } }]
    : [];
  const picks = onlyFields
    ? []
    : choices.map(({ id, label, style }) => ({
        type: 'Action.Submit',
        title: label,
        associatedInputs: 'none',
        ...(style && { style: style === 'primary' ? 'positive' : 'destructive' }),
        data: { step, choice: id, ...token },
      }));
  return [...submit, ...picks, ...links];
}
