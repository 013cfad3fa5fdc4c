import { afterAll, beforeAll, describe, test } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { directLineChannel } from './direct-line.ts';
import { ELEVEN } from './eleven.ts';
import { play } from './play.ts';
import { openConnector, teamsChannel } from './teams.ts';
import type { Connector } from './teams.ts';

let house: House;
let connector: Connector;

beforeAll(async () => {
  [house, connector] = await Promise.all([openHouse(), openConnector()]);
}, 180_000);

afterAll(async () => {
  await house.end();
  await connector.close();
});

const channels = [
  { name: 'Teams', channel: () => teamsChannel(connector) },
  { name: 'web chat', channel: () => directLineChannel },
];

describe.each(channels)('the eleven conversations through $name', ({ channel }) => {
  describe.each(LANGUAGES)('in %s', (language) => {
    test.each(ELEVEN)(
      '$name',
      async (script) => {
        await play(script, { channel: channel(), house, language });
      },
      180_000,
    );
  });
});
