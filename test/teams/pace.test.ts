import { assert, array, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from '#bot/pace.ts';

/** Per bot and thread: 7 in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in an hour (Microsoft Teams, rate limiting for bots). */
const TEAMS = [
  { count: 7, ms: 1_000 },
  { count: 8, ms: 2_000 },
  { count: 60, ms: 30_000 },
  { count: 1_800, ms: 3_600_000 },
];

describe('how fast Teams is written to', () => {
  it('what another instance sent counts, all of the last hour, and is told on once', () => {
    const pace = new Pace(TEAMS);
    for (let at = 0; at < 6; at += 1) pace.note('a', 100_000 + at);
    expect(pace.lately('a', 100_010)).toEqual([100_000, 100_001, 100_002, 100_003, 100_004, 100_005]);
    const other = new Pace(TEAMS);
    other.note('a', 100_005);
    other.note('a', 100_008);
    other.learn('a', pace.lately('a', 100_010));
    expect(other.lately('a', 100_010)).toHaveLength(7);
    expect(other.wait('a', 100_010), 'seven in a second').toBe(990);
    expect(other.lately('a', 3_699_999)).toHaveLength(7);
    expect(other.lately('a', 3_700_008)).toEqual([]);
  });

  it('1,800 an hour, of two instances that take turns; no more is told on than the limits ask for', () => {
    const [one, other] = [new Pace(TEAMS), new Pace(TEAMS)];
    const times: number[] = [];
    for (let now = 0; times.length < 1_900; times.push(now)) {
      const [mine, theirs] = times.length % 2 === 0 ? [one, other] : [other, one];
      mine.learn('a', theirs.lately('a', now));
      now += Math.max(1_000, mine.wait('a', now));
      mine.note('a', now);
    }
    const now = times.at(-1)!;
    expect(times[1_799], 'one a second is no more than 60 in 30').toBe(1_800_000);
    expect(times[1_800], 'the next one waits for the first').toBe(3_601_000);
    expect(one.lately('a', now).length).toBeLessThanOrEqual(1_800);
  });

  it('what is under way counts as sent just now, until it is known when it was taken, or that it wasn’t sent', () => {
    const pace = new Pace([{ count: 2, ms: 1_000 }]);
    pace.note('t', 0);
    const end = pace.begin('t');
    expect(pace.wait('t', 100), 'for the first one').toBe(900);
    const other = pace.begin('t');
    expect(pace.wait('t', 5_000), 'both places are taken, for however long').toBe(1_000);
    other(null);
    expect(pace.wait('t', 5_000)).toBe(0);
    end(5_200);
    pace.begin('t')(5_300);
    expect(pace.wait('t', 5_400)).toBe(800);
  });

  it('seven at once, the eighth a second after the first, the ninth two seconds after it', () => {
    const pace = new Pace(TEAMS);
    for (let sent = 0; sent < 7; sent += 1) {
      expect(pace.wait('a', 0)).toBe(0);
      pace.note('a', 0);
    }
    expect(pace.wait('a', 0)).toBe(1_000);
    pace.note('a', 1_000);
    expect(pace.wait('a', 1_000)).toBe(1_000);
  });

  it('each conversation by itself', () => {
    const pace = new Pace([{ count: 1, ms: 1_000 }]);
    pace.note('a', 0);
    expect(pace.wait('a', 0)).toBe(1_000);
    expect(pace.wait('b', 0)).toBe(0);
  });

  it('without limits nothing waits, and nothing is kept', () => {
    const pace = new Pace([]);
    pace.note('a', 0);
    expect(pace.wait('a', 0)).toBe(0);
  });

  it('whoever waits as told never breaks a limit, whenever the messages come', () => {
    const bursts = array(integer({ min: 0, max: 400 }), { minLength: 50, maxLength: 400 });
    assert(
      property(bursts, (gaps) => {
        const pace = new Pace(TEAMS);
        const sent: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          now += pace.wait('a', now);
          pace.note('a', now);
          sent.push(now);
        }
        for (const { count, ms } of TEAMS)
          for (let at = count; at < sent.length; at += 1)
            expect((sent[at] ?? 0) - (sent[at - count] ?? 0)).toBeGreaterThanOrEqual(ms);
      }),
      { numRuns: 50 },
    );
  });
});
