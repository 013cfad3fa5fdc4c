import { z } from 'zod';
import type { LogRow } from '#src/log/ports.ts';

/**
 * What was said, as a terminal shows it. Every reply's text stands by itself; of its card, whatever the text doesn't say is
 * added: facts, fields, links, and the choices with their numbers.
 */
const choiceSchema = z.object({ title: z.string(), value: z.string() });
const elementSchema = z.object({
  type: z.string(),
  text: z.string().optional(),
  label: z.string().optional(),
  value: z.string().optional(),
  choices: z.array(choiceSchema).optional(),
  get items(): z.ZodOptional<z.ZodArray<typeof elementSchema>> {
    return z.array(elementSchema).optional();
  },
});
type Element = z.infer<typeof elementSchema>;

const actionSchema = z.object({
  type: z.string(),
  title: z.string().default(''),
  url: z.string().optional(),
  data: z.object({ choice: z.string().optional() }).optional(),
});
const cardSchema = z.object({ body: z.array(elementSchema).default([]), actions: z.array(actionSchema).default([]) });
type Card = z.infer<typeof cardSchema>;

const saidSchema = z.object({
  type: z.string().default('message'),
  text: z.string().default(''),
  textFormat: z.string().default('plain'),
  attachments: z.array(z.object({ content: z.unknown().optional() })).default([]),
  channelData: z.object({ choices: z.array(z.string()).default([]) }).default({ choices: [] }),
});

export interface Shown {
  readonly text: string;
  /** Ids of the choices, in the order of their numbers. */
  readonly choices: readonly string[];
}

/** One row as text; null where it says nothing to a person. */
export function render({ body, role }: LogRow): Shown | null {
  const said = saidSchema.safeParse(body);
  if (!said.success || said.data.type !== 'message') return null;
  const { attachments, channelData, textFormat } = said.data;
  const text = textFormat === 'markdown' ? unmarked(said.data.text) : said.data.text;
  const cards = attachments.flatMap(({ content }) => cardSchema.safeParse(content).data ?? []);
  const lines = cards.flatMap((card) => card.body.flatMap(linesOf)).filter((line) => !text.includes(line));
  const links = cards.flatMap(({ actions }) => actions.flatMap(({ title, url }) => (url ? [`${title}: ${url}`] : [])));
  const choices = channelData.choices.map((id, at) => `  ${at + 1}. ${labelOf(id, cards)}`);
  const parts = [text, lines.join('\n'), choices.join('\n'), links.join('\n')].filter((part) => part !== '');
  if (parts.length === 0) return null;
  const words = parts.join('\n\n');
  return { text: harmless(role === 'agent' ? `[agent] ${words}` : words), choices: channelData.choices };
}

/** Bold signs go, a link shows its address, and what was escaped stands alone. */
export function unmarked(text: string): string {
  return text
    .replaceAll(/\*\*([^*\n]+)\*\*/g, '$1')
    .replaceAll(/\[([^\]\n]+)\]\(([^)\s]+)\)/g, '$1 ($2)')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** What a typed line means: a number stands for a choice, unless it is itself one. */
export function meaningOf(line: string, choices: readonly string[]): string {
  const typed = line.trim();
  if (choices.includes(typed) || !/^\d{1,2}$/.test(typed)) return line;
  return choices[Number(typed) - 1] ?? line;
}

/** A container with two texts is a fact: its name and its value. */
function linesOf(element: Element): string[] {
  const { items, text, label, value = '', choices } = element;
  if (items) {
    const texts = items.flatMap(linesOf);
    return texts.length === 2 ? [`${texts[0]}: ${texts[1]}`] : texts;
  }
  if (text !== undefined) return [text.replaceAll(/\\([[\]])/g, '$1')];
  if (label === undefined) return [];
  const shown = choices?.find((choice) => choice.value === value)?.title ?? value;
  return [`- ${label}${shown === '' ? '' : `: ${shown}`}`];
}

/** The words of a choice: on its button, or in the list of a field. */
function labelOf(id: string, cards: readonly Card[]): string {
  for (const { actions, body } of cards) {
    const button = actions.find(({ data }) => data?.choice === id);
    const listed = body.flatMap(({ choices = [] }) => choices).find(({ value }) => value === id);
    const label = button?.title ?? listed?.title;
    if (label !== undefined) return label.startsWith(id) ? label : `${label} (${id})`;
  }
  return id;
}

/** Control characters of other people's words must not reach the terminal; line breaks and tabs may. */
function harmless(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
