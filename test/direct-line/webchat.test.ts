import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageRoutes } from '#src/chat/pages.ts';
import { PAGES } from '../build.ts';
import { asNew, FRONT, openProfile, type Profile } from '../pages/browser.ts';
import { Client, openHouse, tokenSchema, type House } from './house.ts';

/** The real page with the real Web Chat and directlinejs, in a real browser. */
let house: House;
let profile: Profile;
beforeAll(async () => {
  house = await openHouse({}, { pages: pageRoutes({ distDir: PAGES, local: true }) });
  profile = await openProfile({ front: house.url });
}, 180_000);
afterAll(async () => {
  await profile.close();
  await house.stop();
});

async function newcomer(): Promise<Page> {
  const page = await profile.context.newPage();
  await asNew(page);
  return page;
}

/** The smallest PNG: one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const bubbles = (page: Page) => page.locator('.webchat__bubble__content:not(:has(.ac-adaptiveCard))');
const textsOf = async (page: Page) =>
  (await bubbles(page).allInnerTexts()).map((text) => text.split('\n')[0]?.trim() ?? '').filter((text) => text !== '');
const said = async (page: Page, text: string) => {
  await page.fill('[data-id=webchat-sendbox-input]', text);
  await page.keyboard.press('Enter');
};
const shows = (page: Page, text: string) =>
  bubbles(page).getByText(text, { exact: true }).first().waitFor({ timeout: 25_000 });
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

test(
  'a visit: greeted once, heard once, a press shown as its words, a reload, a restart',
  { timeout: 120_000 },
  async () => {
    const page = await newcomer();
    const complaints = complaintsOf(page);
    const minted = page.waitForResponse((response) => response.url().endsWith('/chat/token'));
    await page.goto(`${FRONT}/chat?lang=en&as=user`);
    const client = new Client(house);
    const { token, conversationId } = tokenSchema.parse(await (await minted).json());
    Object.assign(client, { token, conversation: conversationId });
    await shows(page, 'welcome');

    await said(page, 'hello');
    await shows(page, 'did hello help?');
    expect(await textsOf(page)).toEqual(['welcome', 'hello', '1: hello', '2: hello', 'did hello help?']);

    await page.locator('.ac-pushButton', { hasText: 'Yes, it did' }).click();
    await shows(page, '1: Yes, it did');
    const after = await textsOf(page);
    expect(after.filter((text) => text === 'Yes, it did')).toHaveLength(1);
    expect(after.slice(0, 6)).toEqual(['welcome', 'hello', '1: hello', '2: hello', 'did hello help?', 'Yes, it did']);

    await page.reload();
    await shows(page, 'did Yes, it did help?');
    const again = await textsOf(page);
    expect(again.filter((text) => text === 'welcome')).toHaveLength(1);
    expect(again.filter((text) => text === 'hello')).toHaveLength(1);

    house.closeAll(1012);
    await client.say('said while the line was down');
    await shows(page, '1: said while the line was down');
    const last = await textsOf(page);
    expect(last.filter((text) => text === '1: said while the line was down')).toHaveLength(1);
    expect(last.filter((text) => text === 'welcome')).toHaveLength(1);
    expect(complaints).toEqual([]);
    await page.close();
  },
);

test('a file goes as directlinejs sends it, and comes back with its name', { timeout: 60_000 }, async () => {
  const page = await newcomer();
  const complaints = complaintsOf(page);
  const minted = page.waitForResponse((response) => response.url().endsWith('/chat/token'));
  await page.goto(`${FRONT}/chat?lang=en`);
  const client = new Client(house);
  const { token, conversationId } = tokenSchema.parse(await (await minted).json());
  Object.assign(client, { token, conversation: conversationId });
  await shows(page, 'welcome');
  await page.locator('input[type=file]').setInputFiles([
    { name: 'trace.log', mimeType: 'text/plain', buffer: Buffer.from('line 1\n') },
    { name: 'screen.png', mimeType: 'image/png', buffer: PIXEL },
  ]);
  await page.locator('.webchat__attachment-icon--checked').waitFor();
  await said(page, 'see the log');
  await shows(page, '1: see the log');
  // directlinejs fetches the picked files side by side: which one comes first is its own doing.
  const files = (await client.all())
    .flatMap(({ attachments, from }) => (from.role === 'user' ? (attachments ?? []) : []))
    .toSorted((a, b) => String(a.name).localeCompare(String(b.name)));
  expect(files).toMatchObject([
    { name: 'screen.png', contentType: 'image/png' },
    { name: 'trace.log', contentType: 'text/plain' },
  ]);
  const [, address = ''] = files.map(({ contentUrl }) => contentUrl ?? '');
  expect(await (await fetch(address)).text()).toBe('line 1\n');
  await page.reload();
  await shows(page, '1: see the log');
  const link = page.locator('a', { hasText: 'trace.log' }).first();
  const href = (await link.getAttribute('href')) ?? '';
  expect(await (await fetch(href.replace(FRONT, house.url))).text()).toBe('line 1\n');
  // The page's own policy is on: what it forbids, the browser would say here.
  expect(complaints).toEqual([]);
  await page.close();
});
