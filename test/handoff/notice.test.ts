import { describe, expect, it } from 'vitest';
import { nextPerson, noticeStep } from '#src/handoff/notice.ts';
import type { Matter, Notice, NoticeStep } from '#src/handoff/notice.ts';
import { notice, NOON } from '../storage/samples.ts';

const stands: Matter = { kind: 'stands' };
const taken: Matter = { kind: 'taken', by: 'agent-1' };
const over: Matter = { kind: 'over' };
const due = (given: Partial<Notice>) => notice({ nextAt: NOON, ...given });

describe('what is due about a notice', () => {
  it.each<[string, Notice, Matter, NoticeStep]>([
    ['nothing before its time', due({ nextAt: NOON + 1 }), stands, null],
    ['told again in the channel when nobody said a word', due({ rounds: 1 }), stands, { kind: 'again' }],
    ['then to one person', due({ rounds: 2 }), stands, { kind: 'next-person' }],
    ['and to the next', due({ rounds: 3 }), stands, { kind: 'next-person' }],
    ['not for ever', due({ rounds: 8 }), stands, null],
    [
      'somebody has it: the card says who, before its time, too',
      due({ nextAt: NOON + 1 }),
      taken,
      { kind: 'close', state: 'taken', by: 'agent-1' },
    ],
    ['said by button: nobody is told again', due({ state: 'taken', by: 'Ada' }), stands, null],
    ['said by button, and then accepted: it was said', due({ state: 'taken', by: 'Ada' }), taken, null],
    ['the person has left: over', due({}), over, { kind: 'close', state: 'over', by: null }],
    ['taken, and now over', due({ state: 'taken', by: 'Ada' }), over, { kind: 'close', state: 'over', by: 'Ada' }],
    ['over is over', due({ state: 'over' }), stands, null],
  ])('%s', (_sentence, one, matter, step) => {
    expect(noticeStep(one, matter, NOON)).toEqual(step);
  });

  it('goes round those on duty, whoever was served longest ago first', () => {
    const onDuty = [
      { id: 'b', servedAt: 20 },
      { id: 'a', servedAt: 10 },
      { id: 'c', servedAt: 30 },
    ];
    expect([2, 3, 4, 5].map((round) => nextPerson(onDuty, round)?.id)).toEqual(['a', 'b', 'c', 'a']);
    expect(nextPerson([], 2)).toBeNull();
  });
});
