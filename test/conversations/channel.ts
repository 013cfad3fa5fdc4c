import { z } from 'zod';
import type { Language } from '#knowledge/schema.ts';
import type { House } from '../house.ts';

/** What a person sees of a bot's activity, whatever the channel. */
export const saidSchema = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  text: z.string().optional(),
  replyToId: z.string().optional(),
  attachments: z.array(z.looseObject({ contentType: z.string(), content: z.unknown().optional() })).optional(),
  channelData: z
    .looseObject({
      step: z.string().optional(),
      choices: z.array(z.string()).optional(),
      route: z.string().optional(),
      request: z
        .object({ number: z.string(), severity: z.string(), respondBy: z.string().nullable(), route: z.string() })
        .optional(),
    })
    .optional(),
});
export type Said = z.infer<typeof saidSchema>;

/** One person's conversation. Each act resolves to what the bot said in answer. */
export interface Session {
  /** What the bot said before the person did anything (the welcome). */
  readonly greeting: readonly Said[];
  say(text: string): Promise<Said[]>;
  /** Presses a button, or submits a form, of the last card. */
  submit(value: Record<string, unknown>): Promise<Said[]>;
  close(): Promise<void>;
}

export interface Channel {
  readonly name: string;
  open(house: House, as: string, language: Language): Promise<Session>;
}

export const LOCALES = { en: 'en-US', 'zh-CN': 'zh-CN', ja: 'ja-JP' } as const;

/** All that a person can read of an activity: its text and the texts of its cards. */
export function readable(said: Said): string {
  return [said.text ?? '', ...(said.attachments ?? []).map(({ content }) => texts(content))].join('\n');
}

function texts(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(texts).join('\n');
  return typeof value === 'object' && value !== null ? Object.values(value).map(texts).join('\n') : '';
}

/** The step that the bot waits at: of the last activity that names one. */
export function stepOf(said: readonly Said[]): string | undefined {
  return said.findLast(({ channelData }) => channelData?.step !== undefined)?.channelData?.step;
}
