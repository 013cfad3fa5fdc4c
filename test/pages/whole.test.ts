import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openHouse, type House } from '../house.ts';
import { FRONT, openProfile, type Profile } from './browser.ts';
import { say, seriousFindings } from './visit.ts';

/** The pages on the real server, as `npm start` runs it: from the demo admin center to the agent desk. */
let house: House;
let profile: Profile;

beforeAll(async () => {
  house = await openHouse();
  profile = await openProfile({ front: house.url });
}, 180_000);

afterAll(async () => {
  await profile.close();
  await house.end();
});

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load')) complaints.push(message.text());
  });
}

it(
  'a sample person asks for a human in the embedded chat, and an agent sees them wait',
  { timeout: 120_000 },
  async () => {
    const page = await profile.context.newPage();
    const complaints: string[] = [];
    listen(page, complaints);
    await page.goto(`${FRONT}/?as=cn-admin-premium&lang=zh-CN`);
    await page.locator('#facts dd', { hasText: '世纪互联' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.locator('frontdesk-chat .launcher').click();
    const frame = await (await page.locator('frontdesk-chat iframe').elementHandle())?.contentFrame();
    if (!frame) throw new Error('the pane has no frame');
    await frame.locator('.webchat__bubble').first().waitFor();
    await say(frame, '从今天早上 9 点起，全公司都无法发送邮件，业务完全停止。');
    await frame.locator('.ac-pushButton', { hasText: 'A' }).first().waitFor();
    expect(await seriousFindings(frame)).toEqual([]);
    await say(frame, '人工');

    const desk = await profile.context.newPage();
    listen(desk, complaints);
    await desk.goto(`${FRONT}/desk?lang=ja`);
    await desk.getByRole('button', { name: 'サインイン' }).click();
    await desk.locator('.row', { hasText: '全公司都无法发送邮件' }).click();
    await desk.locator('#packet mark').first().waitFor();
    expect(await seriousFindings(desk)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);
