import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBook } from '#knowledge/book.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import { LOCALES } from '../conversations/channel.ts';
import { requestsIn } from '../conversations/requests.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { openProfile, type Profile } from '../pages/browser.ts';
import { openPlayground, OPENING_MS } from './playground.ts';
import type { Playground } from './playground.ts';
import { freePort } from './port.ts';

const { phrases } = readBook();
let house: House;
let port: number;
let profile: Profile | undefined;
let playground: Playground | undefined;

beforeAll(async () => {
  [house, port] = await Promise.all([openHouse(), freePort()]);
}, 180_000);

afterAll(async () => {
  await profile?.close();
  await house?.end();
});

const OPENING: Record<Language, string> = {
  en: 'Outlook crashes for all our users since this morning and nobody can read mail',
  'zh-CN': '从今天早上开始我们所有用户的 Outlook 都崩溃，没有人能看邮件。',
  ja: '今朝から全ユーザーの Outlook が落ちて、誰もメールを読めません。',
};

/** With SCREENSHOTS=<folder>, a picture of each step is kept there to be looked at. */
async function picture(step: string, language: Language): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined || !playground) return;
  mkdirSync(folder, { recursive: true });
  await playground.page.screenshot({ path: join(folder, `${language}-${step}.png`) });
}

/** One for the tests that follow; its personal chat is a new one. */
const open = async (): Promise<void> => {
  playground = await openPlayground(`${house.url}/api/messages`, port, async () => {
    profile ??= await openProfile({ front: `http://127.0.0.1:${port}` });
    profile.context.setDefaultTimeout(60_000);
    return profile.context;
  });
};

const close = async (): Promise<void> => {
  await playground?.close();
  playground = undefined;
};

const opened = (): Playground => {
  if (!playground) throw new Error('the playground isn’t open');
  return playground;
};

/** A few words of a phrase, without the values that it is filled with. */
const start = (language: Language, key: string, values: Record<string, string | number> = {}): string =>
  phrases.text(language, key, values).slice(0, 12);

/** In the full run in every language: the playground is slow, and the scripts play all of them through Teams' shape. */
const PLAYED = process.env['FRONTDESK_FULL'] === '1' ? LANGUAGES : (['ja'] as const);

describe.each(PLAYED)('in the Agents Playground, in %s', (language) => {
  beforeAll(open, OPENING_MS);
  afterAll(close);

  test('a request from the first word to its number, by typing and by the buttons of the cards', async () => {
    const label = (key: string): string => phrases.text(language, key);
    const before = requestsIn(house).length;
    const chat = opened();
    expect((await chat.said()).join('\n').match(/Frontdesk/g), 'installed and updated: welcomed once').toHaveLength(1);
    await picture('0-welcome', language);

    // Digits are of no language: that of the client decides.
    const asked = await chat.custom(
      { type: 'message', text: '123', locale: LOCALES[language] },
      start(language, 'describe.too-short'),
    );
    expect(asked).toContain(start(language, 'describe.too-short'));
    await picture('0-locale', language);

    const answered = await chat.say(OPENING[language], label('answer.ask'), label('admin.ask'));
    expect(answered).toMatch(/\d{3}[ -]?\d{3}/);
    await picture('1-answer', language);
    if (answered.includes(label('answer.ask'))) await chat.press(label('answer.no'), label('admin.ask'));
    await picture('2-admin', language);

    await chat.press(label('admin.yes'), label('purchase.ask'));
    await picture('3-purchase', language);
    await chat.press(label('purchase.direct'), label('severity.confirm'));
    expect((await chat.said()).join('\n'), 'pressed cards say what was chosen').toContain(`✓ ${label('admin.yes')}`);
    await picture('4-severity', language);
    await chat.press(label('severity.B'), label('contact.ask'));
    await chat.card().getByLabel(label('contact-method.email'), { exact: true }).check();
    await chat.card().getByLabel(label('contact.email'), { exact: true }).fill('kim@contoso.example');
    await picture('5-contact', language);
    const review = await chat.press(label('contact.submit'), 'kim@contoso.example');
    expect(review).toContain(OPENING[language]);
    expect(review).toContain('kim@contoso.example');
    await picture('6-review', language);
    const filed = await chat.press(label('review.submit'), 'SR-');
    await picture('7-submitted', language);

    const number = /SR-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(filed)?.[0];
    const requests = requestsIn(house);
    expect(requests).toHaveLength(before + 1);
    expect(requests.find((request) => request.number === number)).toMatchObject({
      description: OPENING[language],
      severity: 'B',
    });
  }, 300_000);
});

/** Each in a place of its own, so that one playground does for all. */
describe('in the Agents Playground', () => {
  beforeAll(open, OPENING_MS);
  afterAll(close);

  test('help, back and a person, typed', async () => {
    const chat = opened();
    await chat.say('help', start('en', 'help'));
    const answered = await chat.say(OPENING.en, phrases.text('en', 'answer.ask'), phrases.text('en', 'admin.ask'));
    if (answered.includes(phrases.text('en', 'answer.ask'))) await chat.say('no', phrases.text('en', 'admin.ask'));
    await chat.say('yes', phrases.text('en', 'purchase.ask'));
    await chat.say('back', phrases.text('en', 'admin.ask'));
    await chat.press(phrases.text('en', 'admin.yes'), phrases.text('en', 'purchase.ask'));
    const nobody = start('en', 'handoff.nobody', { position: 1 });
    expect(await chat.say('human', nobody)).toContain(nobody);
    await picture('8-human', 'en');
  }, 300_000);

  test.each(['General', 'Group Chat'] as const)(
    'mentioned in its %s: answered there, out of the book',
    async (place) => {
      const chat = opened();
      const question = 'How do I set passwords so that they never expire?';
      await chat.mention(place, question);
      const { page } = chat;
      await page.getByText('Set a password that never expires').first().waitFor();
      const shown = await page.locator('body').innerText();
      expect(shown).toContain(phrases.text('en', 'shared.hello'));
      // The mention is no part of what was asked: the question itself stands in what the bot was sent, and nothing is asked back.
      expect(shown).not.toContain(phrases.text('en', 'answer.ask'));
      const after = shown.slice(shown.indexOf(question));
      expect(after, 'in the same place, below what was asked').toContain('Set a password that never expires');
      expect(shown).not.toMatch(/SR-[0-9A-Z]{4}/);
      await picture(`9-${place === 'General' ? 'channel' : 'group'}`, 'en');
    },
    300_000,
  );
});
