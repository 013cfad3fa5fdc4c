import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from './engines.ts';
import type { Opened } from './engines.ts';
import { agent, conversation, NOON, notice } from './samples.ts';

describe.each(engines)('what the desk keeps, on $name', (engine) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await engine.open();
  });
  afterAll(() => opened.drop());

  test('an agent comes back as the sign-in says, with the skills they set; who had signed out is away', async () => {
    const read = await opened.storage.transact(async (unit) => {
      await unit.agents.enter(agent());
      await unit.agents.setSkills('agent-1', { languages: ['ja'], categories: ['billing'], capacity: 2 });
      await unit.agents.setPresence('agent-1', 'gone', NOON + 1);
      await unit.agents.enter(agent({ name: 'New name', presence: 'away', seenAt: NOON + 2, languages: [] }));
      return unit.agents.byId('agent-1');
    });
    const kept = { languages: ['ja'], categories: ['billing'], capacity: 2, presence: 'away', seenAt: NOON + 2 };
    expect(read).toEqual({ ...agent(), ...kept, name: 'New name' });
  });

  test('a sign of life never moves back; those heard of lately are found', async () => {
    await opened.storage.transact(async (unit) => {
      await unit.agents.enter(agent({ id: 'agent-2', seenAt: NOON }));
      await unit.agents.seen('agent-2', NOON + 50);
      await unit.agents.seen('agent-2', NOON + 10);
      expect((await unit.agents.byId('agent-2'))?.seenAt).toBe(NOON + 50);
      expect((await unit.agents.seenSince(NOON + 50, 10)).map(({ id }) => id)).toEqual(['agent-2']);
    });
  });

  test('what changed for the desk comes in the order of its change; what it never had is not there', async () => {
    await opened.storage.transact(async (unit) => {
      for (const [id, deskAt] of [
        ['c2', NOON + 2],
        ['c1', NOON + 1],
        ['c0', null],
      ] as const)
        await unit.conversations.create(conversation({ id, deskAt, owner: 'waiting' }));
      await unit.conversations.touchDesk('c1', NOON + 3);
      await unit.conversations.touchDesk('c2', NOON);
      expect((await unit.conversations.deskChanges(NOON, 10)).map(({ id }) => id)).toEqual(['c2', 'c1']);
      expect((await unit.conversations.deskChanges(NOON + 3, 10)).map(({ id }) => id)).toEqual(['c1']);
      expect(
        (await unit.conversations.atDesk({ before: null, limit: 10, offerings: ['o365-21vianet'], agent: null })).map(
          ({ id }) => id,
        ),
      ).toEqual(['c1', 'c2']);
      expect(
        (
          await unit.conversations.atDesk({ before: NOON + 3, limit: 10, offerings: ['o365-21vianet'], agent: null })
        ).map(({ id }) => id),
      ).toEqual(['c2']);
    });
  });

  test('a notice is kept once; what became of it is seen, and what is over stands no longer', async () => {
    await opened.storage.transact(async (unit) => {
      expect(await unit.notices.add(notice())).toBe(true);
      expect(await unit.notices.add(notice({ rounds: 5 }))).toBe(false);
      await unit.notices.told('handoff:talk:2', 2, NOON + 9);
      await unit.notices.placed('handoff:talk:2', 'activity-1');
      await unit.notices.setState('handoff:talk:2', 'taken', 'Ada 王');
      const now = { state: 'taken', by: 'Ada 王', rounds: 2, nextAt: NOON + 9, activityId: 'activity-1' } as const;
      expect(await unit.notices.byKey('handoff:talk:2')).toEqual(notice(now));
      // Nobody waits there any more: it isn't over before somebody has said so.
      expect((await unit.notices.unsettled(NOON, 10)).map(({ key }) => key)).toEqual(['handoff:talk:2']);
      await unit.notices.setState('handoff:talk:2', 'over', null);
      expect(await unit.notices.unsettled(NOON, 10)).toEqual([]);
    });
  });
});
