import { describe, expect, test } from 'vitest';
import { activitySchema } from '#bot/inbound.ts';
import { heardBefore, imprintOf, withImprint, withoutImprint } from '#bot/teams/again.ts';

const NOW = 1_772_413_200_000;
const MINUTE = 60_000;

const activity = (part: Record<string, unknown>) =>
  activitySchema.parse({
    type: 'message',
    id: '1772413200123',
    timestamp: '2026-03-02T01:00:00.123Z',
    channelId: 'msteams',
    from: { id: '29:1' },
    conversation: { id: 'a:1' },
    ...part,
  });
const message = (part: Record<string, unknown> = {}) => activity({ text: 'yes', ...part });
const press = (part: Record<string, unknown> = {}) =>
  activity({ replyToId: '17', value: { step: 'answer', choice: 'no' }, ...part });
const execute = (part: Record<string, unknown> = {}) =>
  activity({
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: '17',
    value: { action: { type: 'Action.Execute', verb: 'answer', data: { step: 'answer', choice: 'no' } } },
    ...part,
  });
const another = { id: 'f:2', timestamp: '2026-03-02T01:00:16.007Z' };

describe('what is the same, told again', () => {
  test.each([
    ['a message under another id', message(), message({ id: '2' })],
    ['a press under another id, at another time', press(), press(another)],
    ['a press that is answered in place', execute(), execute(another)],
    [
      'a form with what was filled in',
      press({ value: { step: 'contact', email: 'a@b.example' } }),
      press({ ...another, value: { step: 'contact', email: 'a@b.example' } }),
    ],
  ])('%s', (_what, first, again) => {
    expect(imprintOf(first)).toEqual(expect.any(String));
    expect(imprintOf(again)).toBe(imprintOf(first));
  });
});

describe('what is another', () => {
  test.each([
    ['the same word a millisecond later', message(), message({ timestamp: '2026-03-02T01:00:00.124Z' })],
    ['another word', message(), message({ text: 'no' })],
    ['somebody else’s', message(), message({ from: { id: '29:2' } })],
    ['the same button of the next card', press(), press({ replyToId: '18' })],
    ['another button of the card', press(), press({ value: { step: 'answer', choice: 'yes' } })],
    [
      'something else filled in',
      press({ value: { step: 'contact', email: 'a@b.example' } }),
      press({ value: { step: 'contact', email: 'c@b.example' } }),
    ],
    ['somebody else’s press', press(), press({ from: { id: '29:2' } })],
  ])('%s', (_what, first, other) => {
    expect(imprintOf(first)).toEqual(expect.any(String));
    expect(imprintOf(other)).not.toBe(imprintOf(first));
  });
});

test.each([
  ['a message without a time', message({ timestamp: undefined })],
  ['a message of a clock that counts seconds', message({ timestamp: '2026-03-02T01:00:00Z' })],
  ['the same with noughts', message({ timestamp: '2026-03-02T01:00:00.000Z' })],
  ['a press on nobody knows which card', press({ replyToId: undefined })],
  ['a press in the message box', press({ replyToId: '-1' })],
  [
    'what files a request: its own token tells',
    press({ value: { step: 'review', choice: 'submit', submissionId: 's' } }),
  ],
  ['another channel', message({ channelId: 'emulator' })],
  ['an arrival', activity({ type: 'conversationUpdate', membersAdded: [{ id: '28:1' }] })],
  ['a change of a message', message({ type: 'messageUpdate' })],
])('never known again: %s', (_what, one) => expect(imprintOf(one)).toBeNull());

test('a press is known for two minutes, a message for a quarter of an hour', () => {
  const imprints = [
    { of: 'p1', seq: 4, at: NOW },
    { of: 'm1', seq: 5, at: NOW },
  ];
  const at = (of: string, later: number) => heardBefore({ imprints }, of, NOW + later);
  expect([at('p1', 0), at('p1', 2 * MINUTE), at('p1', 2 * MINUTE + 1)]).toEqual([4, 4, undefined]);
  expect([at('m1', 15 * MINUTE), at('m1', 15 * MINUTE + 1), at('m2', 0)]).toEqual([5, undefined, undefined]);
  expect(heardBefore({ imprints }, null, NOW)).toBeUndefined();
});

test('the last twelve are remembered, and one that came to nothing is forgotten', () => {
  let imprints = withImprint([], { of: 'm0', seq: 1, at: NOW });
  for (let seq = 2; seq <= 20; seq += 1) imprints = withImprint(imprints, { of: `m${seq}`, seq, at: NOW });
  expect(imprints.map(({ seq }) => seq)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  expect(withoutImprint(imprints, 20).at(-1)?.seq).toBe(19);
});
