import { describe, expect, test } from 'vitest';
import { activitySchema, meaningOf } from '#bot/inbound.ts';
import type { InboundActivity } from '#bot/inbound.ts';
import { withClientInfo } from '#bot/teams/client-info.ts';
import { deskRow } from '#src/desk/log-rows.ts';
import { changesOf } from '#src/log/changes.ts';
import { conversation, logRow } from '../storage/samples.ts';
import { wordsOf } from '#bot/words-of.ts';
import { within } from '../patience.ts';

const BOT = { id: '28:bot', name: 'Frontdesk' };
const activity = (part: Record<string, unknown>): InboundActivity =>
  activitySchema.parse({
    type: 'message',
    channelId: 'msteams',
    from: { id: '29:1' },
    recipient: BOT,
    conversation: { id: '19:x' },
    ...part,
  });
const ours = (text: string) => ({ type: 'mention', text, mentioned: BOT });
const theirs = (text: string) => ({ type: 'mention', text, mentioned: { id: '29:2', name: 'Ann' } });

describe('the words of a message in Teams', () => {
  test.each([
    ['the bot’s name goes', '<at>Frontdesk</at> mail is slow', [ours('<at>Frontdesk</at>')], 'mail is slow'],
    ['in the middle', 'hello <at>Frontdesk</at> mail', [ours('<at>Frontdesk</at>')], 'hello   mail'],
    ['named twice', '<at>Frontdesk</at> a <at>Frontdesk</at> b', [ours('<at>Frontdesk</at>')], 'a   b'],
    ['no entity explains it', '<at>Frontdesk</at> mail', [], 'mail'],
    ['with attributes', '<at id="0">Frontdesk</at>&nbsp;mail', [ours('<at>Frontdesk</at>')], 'mail'],
    [
      'somebody else stays named',
      '<at>Frontdesk</at> <at>Ann</at> can’t log in',
      [ours('<at>Frontdesk</at>'), theirs('<at>Ann</at>')],
      'Ann can’t log in',
    ],
    ['somebody of the same name', '<at>Frontdesk 2</at> mail', [], 'Frontdesk 2 mail'],
    ['blanks of a channel', '<at>Frontdesk</at> mail&nbsp;\n', [ours('<at>Frontdesk</at>')], 'mail'],
    ['what Teams escapes', 'a &lt; b &amp;&amp; c &gt; d', [], 'a < b && c > d'],
    ['a name of tags', '<at>a<at>b</at>', [], '<at>ab'],
    ['nothing but the name', '<at>Frontdesk</at>&nbsp;', [ours('<at>Frontdesk</at>')], ''],
    [
      'an entity without shape',
      'mail',
      [
        { type: 'mention', text: 5 },
        { type: 'mention', mentioned: null, text: '' },
      ],
      'mail',
    ],
  ])('%s', (_name, text, entities, words) => {
    expect(wordsOf(activity({ text, entities }))).toBe(words);
  });

  test('10 000 marks of a name cost nothing', () => {
    const began = performance.now();
    wordsOf(activity({ text: '<at '.repeat(25_000) }));
    expect(performance.now() - began).toBeLessThan(within(1_000));
  });

  test('other channels’ text is left as it is', () => {
    expect(wordsOf(activity({ channelId: 'webchat', text: 'a &lt; <at>b</at>' }))).toBe('a &lt; <at>b</at>');
  });
});

test('locale and zone come from the client where the activity has none', () => {
  const entities = [{ type: 'clientInfo', locale: 'ja-JP', timezone: 'Asia/Tokyo', platform: 'iOS', country: 'JP' }];
  expect(withClientInfo(activity({ entities }))).toMatchObject({ locale: 'ja-JP', localTimezone: 'Asia/Tokyo' });
  expect(withClientInfo(activity({ entities, locale: 'zh-CN' }))).toMatchObject({
    locale: 'zh-CN',
    localTimezone: 'Asia/Tokyo',
  });
  expect(withClientInfo(activity({ entities: [{ type: 'clientInfo', locale: 5 }] }))).not.toHaveProperty('locale');
});

test.each([
  [{ type: 'installationUpdate', action: 'add' }, 'arrival'],
  [{ type: 'installationUpdate', action: 'add-upgrade' }, 'none'],
  [{ type: 'installationUpdate', action: 'remove' }, 'none'],
  [{ type: 'installationUpdate', action: 'remove-upgrade' }, 'none'],
  [{ type: 'messageUpdate', id: '1', text: 'x', channelData: { eventType: 'undeleteMessage' } }, 'none'],
  [{ type: 'messageUpdate', id: '1', text: 'x', channelData: { eventType: 'editMessage' } }, 'edit'],
  [{ type: 'messageDelete', id: '1', channelData: { eventType: 'softDeleteMessage' } }, 'none'],
])('%j is taken as: %s', (part, kind) => {
  expect(meaningOf(activity(part)).kind).toBe(kind);
});

const row = (seq: number, body: Record<string, unknown>, sourceId: string | null = null) => ({
  seq,
  sourceId,
  direction: 'in' as const,
  body,
});

const said = row(1, { type: 'message', id: 'm1', text: 'old' }, 'm1');
const edited = row(2, { type: 'messageUpdate', id: 'm1', text: 'new', channelData: { eventType: 'editMessage' } });
const deleted = row(3, { type: 'messageDelete', id: 'm1', channelData: { eventType: 'softDeleteMessage' } });
describe('what became of messages, for the agents', () => {
  const restored = row(4, {
    type: 'messageUpdate',
    id: 'm1',
    text: 'new',
    channelData: { eventType: 'undeleteMessage' },
  });
  test.each([
    ['as it was said', [said], undefined],
    ['edited', [said, edited], { state: 'edited', text: 'new' }],
    ['deleted', [said, edited, deleted], { state: 'deleted', text: 'new' }],
    ['deleted as it was said', [said, deleted], { state: 'deleted', text: 'old' }],
    ['deleted and brought back', [said, edited, deleted, restored], { state: 'edited', text: 'new' }],
    ['another message', [said, row(2, { type: 'messageDelete', id: 'm2' })], undefined],
  ])('%s', (_name, rows, change) => {
    expect(changesOf(rows).get(1)).toEqual(change);
  });
});

test('the desk marks what was deleted, and shows what it was changed to', () => {
  const log = [said, edited, deleted].map((one) => logRow({ ...one, conversation: 'c' }));
  const shown = log.map((one) => deskRow(one, conversation(), changesOf(log).get(one.seq))?.text);
  expect(shown).toEqual(['✗ old', '✎ new', '✗']);
});
