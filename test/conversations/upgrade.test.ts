import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { readable, stepOf } from './channel.ts';
import { openConnector, teamsChannel } from './teams.ts';
import type { Connector } from './teams.ts';

/** "Upgrade with open conversations" (promise 8): whatever state lies there, the next message gets a resume or a polite restart. */

let house: House;
let connector: Connector;

beforeAll(async () => {
  [house, connector] = await Promise.all([openHouse(), openConnector()]);
}, 180_000);

afterAll(async () => {
  await house.end();
  await connector.close();
});

/** Rewrites the state of every conversation, as another version of the dialogs would have left it. */
function rewriteStates(change: (state: Record<string, unknown>) => unknown): void {
  const database = new Database(join(house.dataDir, 'frontdesk.db'));
  const rows = database.prepare('select id, state from conversations').all() as { id: string; state: string }[];
  for (const { id, state } of rows) {
    const changed = JSON.stringify(change(JSON.parse(state) as Record<string, unknown>));
    database.prepare('update conversations set state = ? where id = ?').run(changed, id);
  }
  database.close();
}

test('a restart resumes at the same step, with no second welcome', async () => {
  const session = await teamsChannel(connector).open(house, 'admin-direct', 'en');
  const before = await session.say(`Some users can’t open their calendar ${randomUUID()}`);
  await house.kill();
  await house.restart();
  const after = await session.say('help');
  expect(stepOf(after)).toBe(stepOf(before));
  expect(after.some(({ channelData }) => channelData?.step === 'welcome')).toBe(false);
}, 180_000);

test.each([
  ['a step that was renamed', (state: Record<string, unknown>) => ({ ...state, step: 'severity-question' })],
  ['a fact of another shape', (state: Record<string, unknown>) => ({ ...state, contact: 'phone' })],
  ['nothing that we know', () => ({ stack: ['main', 'waterfall'], version: 1 })],
])(
  '%s: a polite restart that takes the message up',
  async (_name, change) => {
    const session = await teamsChannel(connector).open(house, 'admin-direct', 'en');
    await session.say(`Some users can’t open their calendar ${randomUUID()}`);
    await house.kill();
    rewriteStates(change);
    await house.restart();
    const after = await session.say('How do I create a shared mailbox?');
    expect(after.map(readable).join('\n')).toContain('Frontdesk was updated');
    expect(stepOf(after)).toBe('answer');
    expect(after.some(({ channelData }) => channelData?.step === 'welcome')).toBe(false);
  },
  180_000,
);
