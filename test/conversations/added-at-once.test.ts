import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { perform } from '#bot/deeds.ts';
import { Turn } from '#src/log/turn.ts';
import { countingTools, NOW } from '../dialogs/talk.ts';
import { engines } from '../storage/engines.ts';
import type { Opened } from '../storage/engines.ts';
import { conversation, request } from '../storage/samples.ts';

describe.each(engines)('colleagues who add to one request at the same time, $name', (engine) => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await engine.open();
  }, 180_000);
  afterEach(() => opened.drop());

  test('are all kept, one after the other', async () => {
    const { storage } = opened;
    const { number, ...filed } = request();
    await storage.transact((unit) => unit.requests.insert({ ...filed, number }));
    const add = (text: string): Promise<void> =>
      storage.transact((unit) => {
        const turn = new Turn(conversation(), false, NOW);
        const given = { tools: countingTools(NOW), newId: randomUUID };
        return perform([{ kind: 'add-information', number, text, by: 'Asker' }], turn, unit, given);
      });
    const texts = Array.from({ length: 10 }, (_none, at) => `text ${at}`);
    await Promise.all(texts.map(add));
    const events = await storage.transact((unit) => unit.requests.events(number));
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(new Set(events.slice(1).map(({ data }) => data['text']))).toEqual(new Set(texts));
  });
});
