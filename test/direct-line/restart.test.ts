import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Client, openHouse, Tap } from './house.ts';

test('after a restart the same token goes on at the watermark: nothing lost, nothing twice, one welcome', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-restart-'));
  try {
    const first = await openHouse({ DATA_DIR: dataDir });
    const before = await Client.begin(first, { as: 'user' });
    const tap = new Tap((await before.start()).streamUrl);
    await before.say('before', 'c1');
    await tap.until((all) => all.length === 5);
    const id = await before.say('during', 'c2');
    await first.stop();
    expect(await tap.closed).toBe(1012);

    const second = await openHouse({ DATA_DIR: dataDir });
    const after = new Client(second);
    Object.assign(after, { token: before.token, conversation: before.conversation, user: before.user });
    // What the client sends again because the answer was lost in the restart.
    expect(await after.say('during', 'c2')).toBe(id);
    const again = new Tap((await after.reopen(tap.watermark)).streamUrl);
    const whole = await after.all();
    await again.until((all) => tap.activities.length + all.length >= whole.length);
    expect([...tap.activities, ...again.activities]).toEqual(whole);
    expect(whole.filter(({ text }) => text === 'welcome')).toHaveLength(1);
    expect(whole.filter(({ text }) => text === 'during')).toHaveLength(1);
    expect((await after.call('/conversations', { method: 'POST', json: {} })).status).toBe(200);
    again.socket.terminate();
    await second.stop();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
