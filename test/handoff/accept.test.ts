import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../storage/engines.ts';
import type { Opened } from '../storage/engines.ts';
import { conversation, NOON } from '../storage/samples.ts';
import { floorOn, worker } from './floor.ts';

const ROUNDS = 200;
const AGENTS = Array.from({ length: 20 }, (_none, at) => worker(`agent-${at}`));

describe.each(engines)('on $name', (engine) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await engine.open();
  });
  afterAll(() => opened.drop());

  test(`${ROUNDS} times ${AGENTS.length} agents accept at once: one has them, nineteen hear who`, async () => {
    const { storage } = opened;
    const { floor } = floorOn(storage, () => NOON);
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = `talk-${round}`;
      const waits = conversation({ id, owner: 'waiting', waitingSince: NOON - 60_000, state: null });
      await storage.transact((unit) => unit.conversations.create(waits));
      const answers = await Promise.all(AGENTS.map((agent) => floor.accept(id, agent)));
      const has = await storage.transact((unit) => unit.conversations.byId(id));
      const winners = AGENTS.filter((_agent, at) => answers[at]?.ok === true);
      expect(winners.map((agent) => agent.id)).toEqual([has?.agent]);
      const losers = answers.filter((answer) => !answer.ok);
      expect(losers).toEqual(losers.map(() => ({ ok: false, why: 'taken', agent: has?.agent })));
      const rows = await storage.transact((unit) => unit.rows.list(id, 0, 100));
      expect(rows.map(({ role }) => role)).toEqual(['system', 'bot']);
    }
  }, 180_000);
});
