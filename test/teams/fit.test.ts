import { describe, expect, test } from 'vitest';
import { activityOf } from '#bot/activity.ts';
import { piecesOf, withParagraphs } from '#bot/fit.ts';
import type { Reply } from '#dialogs/reply.ts';

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const without = (value: string): string => value.replace(/\s/g, '');
const formatOf = (text: string): unknown => withParagraphs({ text, textFormat: 'plain' })['textFormat'];
const LONGEST: Record<string, string> = {
  en: 'The mail "stands" still. '.repeat(320),
  'zh-CN': '邮件收不到，全公司都停了。'.repeat(615),
  ja: '全社員がメールを送れません。'.repeat(571),
  emoji: '👩‍👩‍👧‍👦'.repeat(727),
  quotes: '"\\\n'.repeat(2_666),
};

describe.each(Object.entries(LONGEST))('8 000 characters of %s', (_name, text) => {
  const long = text.slice(0, 8_000);

  test('on a review card: below what Teams takes, buttons and the one-time id whole', () => {
    const reply: Reply = {
      step: 'review',
      language: 'en',
      format: 'plain',
      text: 'Please check.',
      choices: [{ id: 'submit', label: 'Submit' }],
      token: { submissionId: 'a-one-time-id' },
      card: {
        title: 'Your request',
        facts: [
          { label: 'Description', value: long },
          { label: 'Impact', value: long.slice(0, 2_000) },
        ],
      },
      data: { summary: [`Description: ${long}`] },
    };
    const pieces = piecesOf({ ...activityOf(reply) });
    expect(pieces).toHaveLength(1);
    expect(bytes(pieces[0])).toBeLessThanOrEqual(24_000);
    expect(JSON.stringify(pieces[0])).toContain('"submissionId":"a-one-time-id"');
    expect(pieces[0]!['text']).toBe('Please check.');
    expect(JSON.stringify(pieces[0])).toContain(JSON.stringify(long.slice(0, 90)).slice(1, -1));
    expect(JSON.stringify(pieces[0]).isWellFormed()).toBe(true);
  });

  test('as text, three times over: in pieces, with nothing lost', () => {
    const words = long.repeat(3);
    const pieces = piecesOf({ type: 'message', text: words, attachments: [{ content: 'card' }] });
    expect(pieces.every((piece) => bytes(piece) <= 24_000)).toBe(true);
    expect(without(pieces.map(({ text: piece }) => piece).join(''))).toBe(without(words));
    expect(pieces.map((piece) => 'attachments' in piece)).toEqual(pieces.map((_piece, at) => at === pieces.length - 1));
  });
});

test('what fits is sent as it is', () => {
  const activity = { type: 'message', text: 'Hello', attachments: [] };
  expect(piecesOf(activity)).toEqual([activity]);
});

describe('paragraphs of a plain text', () => {
  test.each(['You can call 1 800 865 9408.\n\nWhich level fits?', '您好。\n\n请说明问题。', '“A”, “B”\n\n+86 10 1234'])(
    'stay apart as Markdown: %j',
    (text) => expect(formatOf(text)).toBe('markdown'),
  );

  test.each([
    'one line',
    'you wrote “*all*”\n\nok',
    'my_file_name\n\nok',
    'a\n\n1. b',
    'a\n\n- b',
    'a <b>\n\nc',
    '[x](y)\n\nz',
    'a & b\n\nc',
  ])('are left alone where Markdown would change a word: %j', (text) => expect(formatOf(text)).toBe('plain'));
});
