import type { Phrases } from '#knowledge/phrases.ts';
import type { Language } from '#knowledge/schema.ts';
import type { Notice } from '#src/handoff/notice.ts';

export interface NoticeWords {
  readonly phrases: Phrases;
  /** The language of the agents' channel. */
  readonly language: Language;
  /** Where the desk is. */
  readonly deskUrl: string;
}

/** The step that a notice's button names: no step of a dialog, so no conversation takes it for an answer. */
export const NOTICE_STEP = 'notice';

/**
 * A notice as an activity: what kind of matter, which level and product, since when. Nothing of the person: a channel is read
 * by many, and whoever takes it sees everything at the desk.
 */
export function noticeActivity(notice: Notice, words: NoticeWords, now: number): Record<string, unknown> {
  const text = textOf(notice, words, now);
  return {
    type: 'message',
    text,
    textFormat: 'plain',
    locale: words.language,
    summary: text,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: cardOf(notice, text, words) }],
    channelData: { notice: notice.key, notification: { alert: true } },
  };
}

function textOf(notice: Notice, { phrases, language }: NoticeWords, now: number): string {
  const { kind, state, severity, offering, by, request, since } = notice;
  const minutes = Math.max(1, Math.round((now - since) / 60_000));
  const product = phrases.text(language, offering === null ? 'notice.unknown-product' : `offering.${offering}`);
  const level = severity === '' ? '–' : severity;
  const what = phrases.text(language, `notice.${kind}`, { level, product, minutes, number: request ?? '' });
  if (state === 'open') return what;
  return `${what} ${phrases.text(language, `notice.${state}`, { who: by ?? '–' })}`;
}

function cardOf({ key, kind, state, conversation }: Notice, text: string, words: NoticeWords): Record<string, unknown> {
  const { phrases, language, deskUrl } = words;
  const open = {
    type: 'Action.OpenUrl',
    title: phrases.text(language, 'notice.open'),
    url: `${deskUrl}#/queue/${encodeURIComponent(conversation)}`,
  };
  const submit = { type: 'Action.Submit', title: phrases.text(language, 'notice.take') };
  const take = { ...submit, data: { step: NOTICE_STEP, key } };
  const color = state === 'open' ? (kind === 'handoff' ? 'default' : 'attention') : 'good';
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.2',
    fallbackText: text,
    body: [{ type: 'TextBlock', text, wrap: true, weight: 'bolder', color }],
    actions: state === 'open' ? [open, take] : [open],
  };
}
