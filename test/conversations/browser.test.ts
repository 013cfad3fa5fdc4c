import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { openBrowser } from '../pages/browser.ts';
import { ELEVEN } from './eleven.ts';
import { play } from './play.ts';
import { webChatChannel } from './web-chat.ts';

let house: House;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser.close();
  await house.end();
});

describe.each(LANGUAGES)('the eleven conversations through Web Chat in a browser, in %s', (language) => {
  test.each(ELEVEN)(
    '$name',
    async (script) => {
      await play(script, { channel: webChatChannel(browser), house, language });
    },
    180_000,
  );
});
