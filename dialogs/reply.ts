import type { Language } from '#knowledge/schema.ts';
import type { SignInOffer } from '#src/intake/sign-in.ts';

/** The names of the steps, as other programs know them (`channelData.step`). */
export const STEPS = [
  'welcome',
  'describe',
  'answer',
  'incident',
  'similar',
  'offering',
  'admin',
  'purchase',
  'agreement',
  'route',
  'behalf',
  'customer',
  'severity',
  'impact',
  'contact',
  'contact-phone',
  'contact-email',
  'contact-method',
  'callback-time',
  'review',
  'submitted',
  'handoff',
  'status',
  'verify-code',
  'rating',
] as const;
export type Step = (typeof STEPS)[number];

/** One thing that may be chosen: the id that programs send, and the words a person sees. */
export interface Choice {
  id: string;
  label: string;
  style?: 'primary' | 'destructive';
}

/** A line of "name: value", e.g. on the review card. */
export interface Fact {
  label: string;
  value: string;
}

export interface Field {
  id: string;
  kind: 'text' | 'multiline' | 'phone' | 'email' | 'choice' | 'datetime';
  label: string;
  placeholder?: string;
  value?: string;
  required?: boolean;
  choices?: readonly Choice[];
  maxLength?: number;
}

export interface Link {
  label: string;
  url: string;
}

/**
 * What a card shows, without any word about how a channel draws it; `bot/cards` turns it into an Adaptive Card and its
 * text fallback. `body` is Markdown of the subset that Teams draws.
 */
export interface CardModel {
  title?: string;
  body?: string;
  tone?: 'default' | 'good' | 'warning' | 'attention';
  facts?: readonly Fact[];
  details?: { label: string; body: string };
  fields?: readonly Field[];
  links?: readonly Link[];
  footer?: string;
  submitLabel?: string;
}

/**
 * One thing that the bot says. `text` always stands by itself (a channel without cards, a screen reader); `card` says the
 * same for the eye. `step` is set where the bot asks or tells something that programs follow.
 */
export interface Reply {
  step?: Step;
  language: Language;
  text: string;
  format: 'plain' | 'markdown';
  choices?: readonly Choice[];
  card?: CardModel;
  /** Too long to be said in one breath with the question that follows: a message of its own. */
  apart?: boolean;
  /** A way to sign in; `text` says why. */
  signIn?: SignInOffer & { readonly button: string };
  /** What goes into `channelData` beside step and choices, e.g. `route`, `request`, `handoff`. */
  data?: Record<string, unknown>;
  /** A file to keep, handed over as the channel can. */
  file?: { name: string; type: string; text: string };
  /** The value that a card's submit carries besides `step` and `choice`: `submissionId` on the review card. */
  token?: Record<string, string>;
}
