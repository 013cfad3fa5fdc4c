import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExampleHost, type HostUser } from '#src/chat/example-host/server.ts';
import { makeHost, writeHosts } from '../chat/hosts.ts';
import { openHouse, type House } from '../house.ts';
import { asNew, BESIDE, FRONT, openProfile, type Profile } from './browser.ts';
import { expectText, say } from './visit.ts';

/** The worked example: a second server with its own people, whose page embeds the chat of a real Frontdesk. */
const ADELE = {
  sub: 'adele',
  tid: 'contoso',
  name: 'Adele Vance',
  roles: ['Global Administrator'],
  purchase: 'direct',
};
const GRADY = { sub: 'grady', tid: 'contoso', name: 'Grady Archie', roles: [] };
const PROBLEM = 'Outlook on the web shows a garbled Send button for one of our users since this morning';

let profile: Profile;
let house: House;
let hosting: Server;
/** Not Frontdesk's host name, so another origin and another site. */
const site = BESIDE;
let signedIn: HostUser | null = null;
let breaks = false;
let file: ReturnType<typeof writeHosts>;

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

beforeAll(async () => {
  const host = await makeHost('example');
  file = writeHosts({
    example: {
      origins: [site],
      tenants: ['contoso'],
      cloud: 'worldwide',
      offering: 'worldwide',
      keys: [host.publicJwk],
    },
  });
  house = await openHouse({ CHAT_HOSTS: file.path });
  hosting = createExampleHost({
    frontdesk: FRONT,
    audience: 'frontdesk',
    id: 'example',
    key: host.privateKey,
    kid: host.kid,
    userOf: () => {
      if (breaks) return { sub: 'adele', tid: 'fabrikam' };
      return signedIn;
    },
  });
  await new Promise<void>((done) => hosting.listen(0, '127.0.0.1', done));
  profile = await openProfile({ front: house.url, beside: `http://127.0.0.1:${portOf(hosting)}` });
}, 180_000);

afterAll(async () => {
  await profile.close();
  hosting.close();
  await house.end();
  file.remove();
});

/** A window of somebody who was never here. */
async function newcomer(): Promise<Page> {
  await profile.context.clearCookies();
  const page = await profile.context.newPage();
  await asNew(page);
  return page;
}

async function openChat(page: Page): Promise<Frame> {
  await page.goto(`${site}/`);
  await page.locator('frontdesk-chat .launcher').waitFor();
  if (await page.locator('frontdesk-chat .pane').isHidden()) await page.locator('frontdesk-chat .launcher').click();
  const frame = await (await page.locator('frontdesk-chat iframe').elementHandle())?.contentFrame();
  if (!frame) throw new Error('the pane has no frame');
  await frame.locator('.webchat__bubble').first().waitFor();
  return frame;
}

/** The steps that the bot asked, as its cards' headings and texts show them. */
const shows = (frame: Frame, text: string | RegExp) =>
  frame.locator('.webchat__bubble', { hasText: text }).first().waitFor({ timeout: 20_000 });

describe('a host page that proves who its user is', { timeout: 90_000 }, () => {
  it('an admin is not asked for what the host proved; a reload goes on; the next one starts unknown to them', async () => {
    const page = await newcomer();
    signedIn = ADELE;
    const chat = await openChat(page);
    const canary = `canary ${randomUUID().slice(0, 8)}`;
    await say(chat, `${PROBLEM}, ${canary}`);
    await shows(chat, canary);
    await expect.poll(() => chat.locator('.ac-pushButton').count(), { timeout: 20_000 }).toBeGreaterThan(1);
    await say(chat, 'no');
    await shows(chat, /level B|level C/i);
    expect(await chat.locator('.webchat__bubble', { hasText: /are you an admin/i }).count()).toBe(0);

    const again = await openChat(page);
    await expectText(again, canary);

    signedIn = GRADY;
    const other = await openChat(page);
    expect(await other.locator('.webchat__bubble', { hasText: canary }).count()).toBe(0);
    signedIn = null;
    const unknown = await openChat(page);
    expect(await unknown.locator('.webchat__bubble', { hasText: canary }).count()).toBe(0);
    await page.close();
  });

  it('one whose word is refused does not keep anybody from the chat: they are asked', async () => {
    const page = await newcomer();
    breaks = true;
    const chat = await openChat(page);
    await say(chat, PROBLEM);
    await expect.poll(() => chat.locator('.ac-pushButton').count(), { timeout: 20_000 }).toBeGreaterThan(1);
    await say(chat, 'no');
    await shows(chat, /are you an admin/i);
    breaks = false;
    await page.close();
  });
});
