import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATEGORIES, OFFERINGS } from '#knowledge/schema.ts';
import { decide, questionSchema } from '#src/policy/decide.ts';
import { PERSONS, PURCHASES } from '#src/policy/question.ts';
import { rules } from './place.ts';
import { slowDecide, type Asked } from './slow/decide.ts';
import { ZONES } from './slow/facts.ts';

/** All 100 000 with `FRONTDESK_FULL=1` (npm run test:full). */
const RUNS = process.env['FRONTDESK_FULL'] === '1' ? 100_000 : 5_000;
const MINUTE = 60_000;
const FIRST = Date.parse('2025-01-01T00:00:00Z');
const LAST = Date.parse('2026-12-31T15:59:59.999Z');

// Any millisecond, whole minutes, and the minutes in which something opens, closes or falls due in Beijing.
const instants = fc.oneof(
  fc.integer({ min: FIRST, max: LAST }),
  fc.integer({ min: FIRST / MINUTE, max: Math.floor(LAST / MINUTE) }).map((minute) => minute * MINUTE),
  fc
    .tuple(
      fc.integer({ min: 1, max: 728 }),
      fc.constantFrom(0, 9, 10, 14, 16, 17, 18, 20, 24),
      fc.constantFrom(-1, 0, 1, 59_999),
    )
    .map(([day, hour, off]) => FIRST + day * 86_400_000 + (hour - 8) * 3_600_000 + off),
);

const phones = [
  undefined,
  '',
  '   ',
  '+86 138 0013 8000',
  '13800138000',
  '+1 425 882 8080',
  '+81 3-3213-1111',
  '03-3213-1111',
  '+44 20 7031 3000',
  '+49 30 901820',
  '+91 22 2272 1234',
  '+966 11 401 1111',
  '＋８６１３８００１３８０００',
  'call me',
  '12345',
];

const cases: fc.Arbitrary<Asked> = fc.record({
  offering: fc.constantFrom(...OFFERINGS),
  person: fc.oneof(fc.constant('may-open' as const), fc.constantFrom(...PERSONS)),
  purchase: fc.oneof(fc.constant('direct' as const), fc.constantFrom(...PURCHASES)),
  affected: fc.constantFrom(undefined, 'direct', 'partner'),
  agreement: fc.constantFrom(true, false, null),
  category: fc.oneof(fc.constantFrom('technical', 'billing'), fc.constantFrom(...CATEGORIES)),
  development: fc.constantFrom(undefined, true, false),
  behalf: fc.constantFrom(undefined, 'own', 'customer'),
  severity: fc.constantFrom('A', 'B', 'C', ''),
  now: instants.map((at) => new Date(at).toISOString()),
  timeZone: fc.constantFrom(undefined, ...Object.keys(ZONES)),
  phone: fc.constantFrom(...phones),
  email: fc.constantFrom(undefined, '', ' ', 'li.wei@contoso.cn', 'li.wei@contoso', 'nobody'),
  agentsOnDuty: fc.constantFrom(undefined, true, false),
});

test(`${RUNS} random cases over two years are decided as the slow way decides them, minute by minute`, () => {
  fc.assert(
    fc.property(cases, (asked) => {
      const { source, ...decision } = decide(questionSchema.parse(asked), rules);
      const slow = slowDecide(asked);
      expect(decision).toEqual(slow.decision);
      let from = 0;
      for (const words of slow.rests) {
        expect(source.slice(from)).toContain(words);
        from = source.indexOf(words, from) + words.length;
      }
    }),
    { numRuns: RUNS },
  );
}, 600_000);
