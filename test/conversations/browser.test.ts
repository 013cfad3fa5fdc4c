import { afterAll, beforeAll, describe, test } from 'vitest';
import { LANGUAGES, type Language } from '#knowledge/schema.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { openProfile, type Profile } from '../pages/browser.ts';
import { ELEVEN } from './eleven.ts';
import { play } from './play.ts';
import { webChatChannel } from './web-chat.ts';

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

/**
 * In the full run each conversation in each language. Else every second one, two in each language: all eleven go over the
 * wire in all three elsewhere, here it is Web Chat that is seen.
 */
const isPlayed = (at: number, language: Language): boolean =>
  process.env['FRONTDESK_FULL'] === '1' || (at % 2 === 0 && LANGUAGES[(at / 2) % LANGUAGES.length] === language);

describe.each(LANGUAGES)('the eleven conversations through Web Chat in a browser, in %s', (language) => {
  test.each(ELEVEN.filter((_script, at) => isPlayed(at, language)))(
    '$name',
    async (script) => {
      await play(script, { channel: webChatChannel(profile.context), house, language });
    },
    180_000,
  );
});
