import { z } from 'zod';
import { VERSION } from './adaptive.ts';
import type { CardContent, Element } from './content.ts';

/** What a person did on a card: the choice's id, and what they filled in. */
export interface Pressed {
  readonly step: string;
  readonly choice: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

const buttonSchema = z.object({
  title: z.string(),
  data: z.object({ step: z.string(), choice: z.string().optional() }),
});

/** Whether the button that was pressed is on this card. */
export function isOn(card: CardContent, { step, choice }: Pressed): boolean {
  return card.actions.some((action) => {
    const data = buttonSchema.safeParse(action).data?.data;
    return data?.step === step && (data.choice ?? null) === choice;
  });
}

const line = (text: string, more: Record<string, unknown> = {}): Element => ({
  type: 'TextBlock',
  text,
  wrap: true,
  ...more,
});

/**
 * The card after its question was answered: what it showed, what was filled in and what was chosen, and nothing left to
 * press but links. The fields become words, so that a later look shows what was sent.
 */
export function answeredCard(card: CardContent, pressed: Pressed): CardContent {
  const labels = card.actions.flatMap((action) => {
    const button = buttonSchema.safeParse(action).data;
    return button && (button.data.choice ?? null) === pressed.choice ? [button.title] : [];
  });
  const [chosen] = labels;
  return {
    ...card,
    body: [
      ...card.body.flatMap((element) => filledIn(element, pressed)),
      ...(chosen === undefined ? [] : [line(`✓ ${chosen}`, { weight: 'bolder' })]),
    ],
    actions: card.actions.filter(({ type }) => type === 'Action.OpenUrl'),
  };
}

const fieldSchema = z.object({
  id: z.string(),
  label: z.string(),
  choices: z.array(z.object({ title: z.string(), value: z.string() })).default([]),
});

function filledIn(element: Element, { fields }: Pressed): Element[] {
  if (!element.type.startsWith('Input.')) return [element];
  const field = fieldSchema.safeParse(element).data;
  const given = field && fields[field.id];
  if (!field || given === undefined || given === '') return [];
  const shown = field.choices.find(({ value }) => value === given)?.title ?? given;
  const items = [
    line(field.label, { size: 'small', isSubtle: true }),
    line(shown.replace(/([[\]])/g, '\\$1'), { spacing: 'none' }),
  ];
  return [{ type: 'Container', spacing: 'default', items }];
}

/** A card with some words above it; of words alone where the question that stands now has no card. */
export function withWords(card: CardContent | undefined, words: string): CardContent {
  const body = words === '' ? [] : [line(words.replace(/([[\]])/g, '\\$1'))];
  if (card) return { ...card, body: [...body, ...card.body] };
  return { type: 'AdaptiveCard', version: VERSION, fallbackText: words, body, actions: [] };
}
