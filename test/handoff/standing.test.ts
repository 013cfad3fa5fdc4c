import { array, assert, constant, constantFrom, oneof, property, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventOf, judge, REASONS } from '#src/handoff/standing.ts';
import type { Act, Standing } from '#src/handoff/standing.ts';

const BOT: Standing = { owner: 'bot', agent: null };
const LINE: Standing = { owner: 'waiting', agent: null };
const with1: Standing = { owner: 'agent', agent: 'a1' };
const with2: Standing = { owner: 'agent', agent: 'a2' };

describe('who has the word', () => {
  it.each<[string, Standing, Act, ReturnType<typeof judge>]>([
    ['who asks the bot for a person stands in line', BOT, { kind: 'ask' }, { next: LINE, reason: 'asked' }],
    ['who asks again keeps their place', LINE, { kind: 'ask' }, null],
    ['an agent takes who waits', LINE, { kind: 'accept', by: 'a1' }, { next: with1, reason: 'accepted' }],
    ['the same accept again is the same', with1, { kind: 'accept', by: 'a1' }, null],
    ['another comes too late', with1, { kind: 'accept', by: 'a2' }, 'taken'],
    ['nobody waits with the bot', BOT, { kind: 'accept', by: 'a1' }, 'not-waiting'],
    [
      'a supervisor takes over from an agent',
      with1,
      { kind: 'take-over', by: 'a2' },
      { next: with2, reason: 'taken-over' },
    ],
    ['and out of the line', LINE, { kind: 'take-over', by: 'a2' }, { next: with2, reason: 'taken-over' }],
    ['not from the bot: nobody asked for a person', BOT, { kind: 'take-over', by: 'a2' }, 'not-waiting'],
    [
      'an agent hands over to a colleague',
      with1,
      { kind: 'transfer', by: 'a1', to: 'a2' },
      { next: with2, reason: 'transferred' },
    ],
    ['only who has it hands over', with1, { kind: 'transfer', by: 'a2', to: 'a2' }, 'not-yours'],
    ['back into the line', with1, { kind: 'release', by: 'a1' }, { next: LINE, reason: 'released' }],
    [
      'a desk that is gone loses whom it had',
      with1,
      { kind: 'lose', agent: 'a1', reason: 'agent-gone' },
      { next: LINE, reason: 'agent-gone' },
    ],
    ['not whom a colleague has by now', with2, { kind: 'lose', agent: 'a1', reason: 'agent-gone' }, null],
    ['given back to the bot', with1, { kind: 'return', by: 'a1' }, { next: BOT, reason: 'returned' }],
    ['closed by who has it', with1, { kind: 'close', by: 'a1' }, { next: BOT, reason: 'closed' }],
    ['not by a colleague', with1, { kind: 'close', by: 'a2' }, 'not-yours'],
    ['not twice', BOT, { kind: 'close', by: 'a1' }, 'not-yours'],
    ['the customer leaves', with1, { kind: 'leave' }, { next: BOT, reason: 'left' }],
    ['and leaves the line', LINE, { kind: 'leave' }, { next: BOT, reason: 'left' }],
    ['nobody came', LINE, { kind: 'give-up' }, { next: BOT, reason: 'nobody-came' }],
    ['somebody came at the last moment', with1, { kind: 'give-up' }, null],
  ])('%s', (_sentence, now, act, verdict) => {
    expect(judge(now, act)).toEqual(verdict);
  });

  it('an agent has the word exactly where the owner is an agent, whatever happens in whatever order', () => {
    const id = constantFrom('a1', 'a2', 'a3');
    const act: Arbitrary<Act> = oneof(
      constantFrom<Act>({ kind: 'ask' }, { kind: 'leave' }, { kind: 'give-up' }),
      record({
        kind: constantFrom(
          'accept' as const,
          'take-over' as const,
          'release' as const,
          'return' as const,
          'close' as const,
        ),
        by: id,
      }),
      record({ kind: constant('transfer' as const), by: id, to: id }),
      record({ kind: constant('lose' as const), agent: id, reason: constant('agent-gone' as const) }),
    );
    assert(
      property(array(act, { maxLength: 40 }), (acts) => {
        let now = BOT;
        for (const one of acts) {
          const verdict = judge(now, one);
          if (verdict === null || typeof verdict === 'string') continue;
          expect(verdict.next).not.toEqual(now);
          now = verdict.next;
          expect(now.agent !== null).toBe(now.owner === 'agent');
        }
      }),
    );
  });

  it('every reason has its event in the protocol', () => {
    for (const reason of REASONS) {
      const { name, state } = eventOf(reason);
      expect(name === 'handoff.status').toBe(state !== null);
    }
  });
});
