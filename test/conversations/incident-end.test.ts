import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import type { Language } from '#knowledge/schema.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { readable, stepOf } from './channel.ts';
import { directLineChannel } from './direct-line.ts';
import { requestsIn } from './requests.ts';
import { openConnector, pause, teamsChannel } from './teams.ts';
import type { Connector } from './teams.ts';

/** The whole story in the started server: "me too", the incident ends, a kill in between, everybody hears it once. */

const { phrases } = readBook(BOOK_FOLDER);
const INCIDENT = {
  id: 'EX700001',
  offering: 'worldwide',
  service: 'Exchange Online',
  title: 'Users may be unable to send or receive email messages',
  startedAt: '2026-11-20T01:00:00Z',
  keywords: ['mail'],
};
const TOLD = { id: INCIDENT.id, title: `${INCIDENT.service}: ${INCIDENT.title}` };
const WORDS: Record<Language, string> = {
  en: 'Our users can’t send mail from Outlook since this morning.',
  'zh-CN': '我们从早上开始 Outlook 发不了邮件。',
  ja: '今朝から Outlook でメールが送れません。',
};

const inOrder = (texts: readonly string[]): string[] => texts.toSorted((one, other) => one.localeCompare(other));

let house: House;
let connector: Connector;
const health = (state: 'current' | 'over'): void =>
  writeFileSync(join(house.dataDir, 'sample-incidents.json'), JSON.stringify([{ ...INCIDENT, state }]));

beforeAll(async () => {
  [house, connector] = await Promise.all([openHouse({ INCIDENT_EVERY_S: '1' }), openConnector()]);
  health('current');
}, 180_000);
afterAll(async () => {
  await house.end();
  await connector.close();
});

test('"me too" on two channels in three languages; told once, though the server is killed as it ends', async () => {
  const channels = [teamsChannel(connector), directLineChannel];
  const heard: { language: Language; said: string[] }[] = [];
  const web: { look: () => Promise<void> }[] = [];
  for (const channel of channels) {
    for (const language of ['en', 'zh-CN', 'ja'] as const) {
      const session = await channel.open(house, 'admin-direct', language);
      const asked = await session.say(WORDS[language]);
      expect([channel.name, language, stepOf(asked)]).toEqual([channel.name, language, 'incident']);
      expect(asked.map(readable).join()).toContain(INCIDENT.title);
      const linked = await session.submit({ step: 'incident', choice: 'me-too' });
      expect(linked.map(readable).join()).toContain(phrases.text(language, 'incident.linked', { id: INCIDENT.id }));
      const mine = { language, said: [] as string[] };
      heard.push(mine);
      // A web chat reads on; whatever it reads next is kept.
      if (channel === directLineChannel)
        web.push({
          look: async () => void mine.said.push(...(await session.submit({ step: 'x', choice: 'x' })).map(readable)),
        });
    }
  }
  expect(requestsIn(house)).toEqual([]);
  // Rounds go by while it still goes on: nobody hears anything.
  const before = connector.received.length;
  await pause(1_200);
  expect(connector.received).toHaveLength(before);
  health('over');
  await house.kill();
  await house.restart();
  await expect.poll(() => connector.received.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + 3);
  await pause(1_500);
  const told = connector.received.slice(before).map(({ text = '' }) => text);
  const expected = (['en', 'zh-CN', 'ja'] as const).map((language) => phrases.text(language, 'incident.told', TOLD));
  expect(inOrder(told)).toEqual(inOrder(expected));
  for (const { look } of web) await look();
  for (const { language, said } of heard.slice(3)) {
    const ended = said.filter((text) => text.includes(phrases.text(language, 'incident.told', TOLD)));
    expect([language, ended.length]).toEqual([language, 1]);
  }
}, 180_000);
