import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { readRules } from '#knowledge/rules.ts';
import { CATEGORIES, OFFERINGS, type OfferingId } from '#knowledge/schema.ts';
import { decide, questionSchema } from '#src/policy/decide.ts';
import { PERSONS, PURCHASES } from '#src/policy/question.ts';
import { respondBy } from '#src/policy/respond-by.ts';
import { offering, rules } from './place.ts';
import { slowDecide, type Asked } from './slow/decide.ts';

const MINUTE = 60_000;

/** Work at its granted level. */
interface Case {
  offering: 'o365-21vianet' | 'azure-21vianet';
  category: 'technical' | 'how-to' | 'billing';
  development: boolean;
  severity: 'A' | 'B' | 'C';
}

const cases = fc.record<Case>({
  offering: fc.constantFrom('o365-21vianet', 'azure-21vianet'),
  category: fc.constantFrom('technical', 'how-to', 'billing'),
  development: fc.boolean(),
  severity: fc.constantFrom('A', 'B', 'C'),
});
// Calendars are known for both years, and no deadline of these reaches beyond them.
const from = Date.parse('2025-01-01T00:00:00Z');
const until = Date.parse('2026-12-20T00:00:00Z');
const minutes = fc.integer({ min: from / MINUTE, max: until / MINUTE }).map((minute) => minute * MINUTE);
const instants = fc.integer({ min: from, max: until });

function fast(asked: Case, now: number): number {
  const deadline = respondBy(asked, offering(asked.offering), rules, now);
  expect(deadline?.provisional).toBe(false);
  return deadline?.at ?? Number.NaN;
}

function slowly(work: Case, now: number): Record<string, unknown> {
  const asked: Asked = {
    ...work,
    person: 'may-open',
    purchase: 'direct',
    agreement: true,
    now: new Date(now).toISOString(),
  };
  return slowDecide(asked).decision;
}

test('around every opening and closing of a year’s holidays, too', () => {
  const all = ['technical', 'billing'] as const;
  for (let day = Date.parse('2026-01-01T00:00:00+08:00'); day < until; day += 24 * 60 * MINUTE) {
    for (const minute of [0, 539, 540, 1079, 1080, 1439]) {
      for (const category of all) {
        const asked: Case = { offering: 'o365-21vianet', category, development: false, severity: 'B' };
        const now = day + minute * MINUTE;
        expect(new Date(fast(asked, now)).toISOString()).toBe(slowly(asked, now)['respondBy']);
      }
    }
  }
});

test('a deadline is never before now, and never moves earlier when now moves later', () => {
  fc.assert(
    fc.property(cases, instants, fc.integer({ min: 0, max: 5 * 24 * 60 * MINUTE }), (asked, now, later) => {
      expect(fast(asked, now)).toBeGreaterThanOrEqual(now);
      expect(fast(asked, now + later)).toBeGreaterThanOrEqual(fast(asked, now));
    }),
    { numRuns: 2000 },
  );
});

test('somebody works in the minute before the deadline of working hours', () => {
  fc.assert(
    fc.property(cases, minutes, (asked, now) => {
      fc.pre(asked.offering === 'azure-21vianet' && asked.severity !== 'A');
      expect(slowly(asked, fast(asked, now) - MINUTE)['openNow']).toBe(true);
    }),
    { numRuns: 500 },
  );
});

function isOwnNumber(id: OfferingId, number: string): boolean {
  const ofChinaCloud = rules.offerings['o365-21vianet'].phone?.support.value;
  if (id === 'worldwide') return number !== ofChinaCloud;
  return id === 'o365-21vianet' && number === ofChinaCloud;
}

test('more impact never lowers the level, and never makes the answer later', () => {
  const work = fc.record({ offering: fc.constantFrom(...OFFERINGS), category: fc.constantFrom(...CATEGORIES) });
  fc.assert(
    fc.property(work, fc.constantFrom(true, false), minutes, (about, agreement, at) => {
      const now = new Date(at).toISOString();
      const facts = { ...about, person: 'may-open', purchase: 'direct', agreement, now };
      const [a, b, c] = (['A', 'B', 'C'] as const).map((severity) =>
        decide(questionSchema.parse({ ...facts, severity }), rules),
      );
      const levels = [a?.severity ?? '', b?.severity ?? '', c?.severity ?? ''];
      expect(levels.toSorted()).toEqual(levels);
      const deadlines = [a, b, c].map((one) => one?.respondBy ?? '');
      expect(deadlines.toSorted()).toEqual(deadlines);
    }),
    { numRuns: 1000 },
  );
});

test('the day on which it is asked changes nothing', () => {
  const asked = questionSchema.parse({
    offering: 'worldwide',
    person: 'may-open',
    purchase: 'direct',
    category: 'billing',
    severity: 'B',
    timeZone: 'America/New_York',
    now: '2026-03-07T12:00:00Z',
  });
  const answers = ['2026-01-15', '2026-07-15', '2035-11-01'].map((today) => {
    vi.setSystemTime(new Date(`${today}T12:00:00Z`));
    return decide(asked, readRules(BOOK_FOLDER));
  });
  vi.useRealTimers();
  expect(answers[0]?.opensAt).toBe('2026-03-09T13:00:00.000Z');
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
});

describe('whatever is asked', () => {
  const questions = fc
    .record({
      offering: fc.constantFrom(...OFFERINGS),
      person: fc.constantFrom(...PERSONS),
      purchase: fc.constantFrom(...PURCHASES),
      affected: fc.constantFrom(undefined, 'direct', 'partner'),
      agreement: fc.constantFrom(true, false, null),
      category: fc.constantFrom(...CATEGORIES),
      development: fc.constantFrom(undefined, true, false),
      behalf: fc.constantFrom(undefined, 'own', 'customer'),
      severity: fc.constantFrom('A', 'B', 'C', ''),
      now: fc.integer({ min: from, max: Date.parse('2031-01-01T00:00:00Z') }).map((at) => new Date(at).toISOString()),
      timeZone: fc.constantFrom(undefined, 'Asia/Tokyo', 'America/New_York', 'Europe/Berlin', 'Pacific/Apia'),
      phone: fc.constantFrom(undefined, '', '+81 3 3213 1111', '13800138000', 'x'),
      email: fc.constantFrom(undefined, 'a@example.com', 'nobody'),
      agentsOnDuty: fc.constantFrom(undefined, true, false),
      openAnyway: fc.constantFrom(undefined, true),
    })
    .map((facts) => questionSchema.parse(facts));

  test('the answer keeps its promises', () => {
    fc.assert(
      fc.property(questions, (asked) => {
        const decision = decide(asked, rules);
        const needsAgreement = asked.offering === 'o365-21vianet' || asked.offering === 'azure-21vianet';
        const broken = {
          'A without its agreement': decision.severity === 'A' && needsAgreement && asked.agreement !== true,
          'A for billing or how-to':
            decision.severity === 'A' && (asked.category === 'billing' || asked.category === 'how-to'),
          'a lowered level without a cap': (decision.cap === undefined) !== (decision.severity === asked.severity),
          'a cap without a reason': (decision.cap === undefined) !== (decision.capReason === undefined),
          'a time that no source promises': !needsAgreement && decision.respondBy !== null,
          'a deadline before now': decision.respondBy !== null && decision.respondBy < asked.now,
          'an opening while open, or before now':
            decision.opensAt !== null && (decision.openNow || decision.opensAt <= asked.now),
          'opened to somebody unknown': decision.route === 'open' && asked.person !== 'may-open',
          'another cloud’s number':
            decision.phoneNumber !== undefined && !isOwnNumber(asked.offering, decision.phoneNumber),
        };
        expect(Object.entries(broken).filter(([, isBroken]) => isBroken)).toEqual([]);
        expect(decision.source).toMatch(/^(seed \d{3}|assumption|[a-z0-9-]+): /);
      }),
      { numRuns: 5000 },
    );
  });
});
