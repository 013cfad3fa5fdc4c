import { describe, expect, test } from 'vitest';
import { ACTS, endBy, type Act } from '#src/promises/acts.ts';
import { standingOf, verdictOf, warnAt, type Verdict } from '#src/promises/clock.ts';
import { promisedByFiling } from '#src/promises/filed.ts';
import { PROMISE_KINDS, type Pledge, type PromiseKind } from '#src/promises/promise.ts';
import { renewal } from '#src/promises/renew.ts';
import type { RequestState, ServiceRequest } from '#src/requests/request.ts';
import { rules } from '../policy/place.ts';
import { request } from '../storage/samples.ts';
import { DAY, HOUR, MINUTE, NOW, PATIENCE, pledge } from './pledge.ts';

const iso = (at: number) => new Date(at).toISOString();
const phone = { method: 'phone', phone: '+86 10 1234 5678', language: 'zh-CN' } as const;

const made = (given: Partial<ServiceRequest>) =>
  promisedByFiling(request({ number: 'SR-1', createdAt: NOW, ...given })).map(({ kind, due, by }) => [
    kind,
    due - NOW,
    by,
  ]);
const again = (given: Partial<ServiceRequest>, broken: Partial<Pledge> = {}) => {
  const next = renewal(pledge(broken), request({ contact: { method: 'email', language: 'en' }, ...given }), {
    rules,
    patience: PATIENCE,
    now: NOW,
  });
  return next && { kind: next.kind, due: iso(next.due), renews: next.renews, misses: next.misses };
};
const standing = (after: number, given: Partial<Pledge> = {}) => standingOf(pledge(given), NOW + after);

describe('filing promises', () => {
  const email = { method: 'email', email: 'li@example.test', language: 'en' } as const;

  test.each<[string, Partial<ServiceRequest>, unknown[]]>([
    [
      'an answer, where a time is promised',
      { respondBy: iso(NOW + HOUR), contact: email },
      [['respond', HOUR, 'policy']],
    ],
    ['nothing, where none is', { respondBy: null, contact: email }, []],
    [
      'the call at the time that the person chose, too',
      { respondBy: iso(NOW + HOUR), contact: { ...phone, callbackAt: iso(NOW + DAY) } },
      [
        ['respond', HOUR, 'policy'],
        ['call-back', DAY, 'policy'],
      ],
    ],
    [
      'no call to who wants mail, whatever was chosen before',
      { respondBy: null, contact: { ...email, callbackAt: iso(NOW + DAY) } },
      [],
    ],
    ['nothing where the time is none', { respondBy: 'soon', contact: { ...phone, callbackAt: '' } }, []],
  ])('%s', (_what, given, promises) => {
    expect(made(given)).toEqual(promises);
  });
});

/** What each act makes of each kind, in time and late. `-`: still owed. */
const ENDS: Readonly<Record<Act, Readonly<Record<PromiseKind, readonly [inTime: string, late: string]>>>> = {
  answer: {
    respond: ['kept answered', 'broken late'],
    'call-back': ['-', '-'],
    'update-by': ['kept answered', 'broken late'],
  },
  call: {
    respond: ['kept called', 'broken late'],
    'call-back': ['kept called', 'broken late'],
    'update-by': ['kept called', 'broken late'],
  },
  tell: {
    respond: ['kept told', 'broken late'],
    'call-back': ['-', '-'],
    'update-by': ['kept told', 'broken late'],
  },
  close: {
    respond: ['kept closed', 'broken late'],
    'call-back': ['void closed', 'void closed'],
    'update-by': ['kept closed', 'broken late'],
  },
  withdraw: {
    respond: ['void withdrawn', 'void withdrawn'],
    'call-back': ['void withdrawn', 'void withdrawn'],
    'update-by': ['void withdrawn', 'void withdrawn'],
  },
};

describe.each(ACTS)('%s', (act) => {
  test.each(PROMISE_KINDS)('%s: in time, late, and after it has ended', (kind) => {
    const at = (when: number, given: Partial<Pledge> = {}) => {
      const end = endBy(act, pledge({ kind, ...given }), when);
      return end ? `${end.state} ${end.reason}` : '-';
    };
    expect([at(NOW + HOUR), at(NOW + HOUR + 16 * MINUTE)]).toEqual(ENDS[act][kind]);
    for (const state of ['kept', 'broken', 'renewed', 'void'] as const) expect(at(NOW, { state })).toBe('-');
  });
});

test('a call about the time is a call in time; an answer a millisecond late is late', () => {
  const due = NOW + HOUR;
  expect(endBy('call', pledge({ kind: 'call-back', due }), due + 15 * MINUTE)?.state).toBe('kept');
  expect(endBy('call', pledge({ kind: 'call-back', due }), due + 15 * MINUTE + 1)?.state).toBe('broken');
  expect(endBy('answer', pledge({ due }), due)?.state).toBe('kept');
  expect(endBy('answer', pledge({ due }), due + 1)?.state).toBe('broken');
});

test.each([
  ['an hour: a quarter of it', HOUR, 15 * MINUTE],
  ['a weekend: four hours, not a day', 3 * DAY, 4 * HOUR],
  ['no time at all: at once', 0, 0],
  ['a time that had passed when it was promised', -HOUR, 0],
])('the warning, with %s', (_what, whole, before) => {
  expect(warnAt(pledge({ due: NOW + whole }), PATIENCE)).toBe(NOW + whole - before);
});

describe('what time makes of a promise', () => {
  test.each<[Verdict, string, number, Partial<Pledge>, RequestState | null]>([
    ['none', 'long before', 0, {}, 'open'],
    ['none', 'a moment before the warning', 45 * MINUTE - 1, {}, 'open'],
    ['warn', 'at the warning', 45 * MINUTE, {}, 'open'],
    ['none', 'warned before', 50 * MINUTE, { warnedAt: NOW }, 'open'],
    ['none', 'at its very time, when it can still be kept', HOUR, { warnedAt: NOW }, 'open'],
    ['breach', 'after it, warned or not', HOUR + 1, {}, 'open'],
    ['warn', 'a call that may still come', HOUR + 15 * MINUTE, { kind: 'call-back' }, 'open'],
    ['breach', 'a call that did not come', HOUR + 15 * MINUTE + 1, { kind: 'call-back' }, 'open'],
    ['void', 'of a request that is over', 2 * HOUR, {}, 'closed'],
    ['void', 'of a request that is gone', 2 * HOUR, {}, null],
    ['none', 'kept', 2 * HOUR, { state: 'kept' }, 'open'],
    ['none', 'broken before', 2 * HOUR, { state: 'broken' }, 'open'],
  ])('%s: %s', (...row) => {
    const [verdict, , after, given, state] = row;
    expect(verdictOf(pledge(given), state, NOW + after, PATIENCE)).toBe(verdict);
  });

  test('as the desk says it', () => {
    expect([standing(0), standing(0, { warnedAt: NOW }), standing(HOUR + 1), standing(0, { state: 'kept' })]).toEqual([
      'running',
      'soon',
      'overdue',
      'kept',
    ]);
  });
});

describe('the promise that takes a broken one’s place', () => {
  test.each<[string, Partial<ServiceRequest>, Partial<Pledge>, object | null]>([
    ['B, Friday 15:00: Monday 15:00', {}, {}, { kind: 'respond', due: '2026-11-23T07:00:00.000Z' }],
    [
      'an update of an agent’s that did not come',
      {},
      { kind: 'update-by' },
      { kind: 'update-by', due: '2026-11-23T07:00:00.000Z' },
    ],
    [
      'A: in an hour, by a call',
      { severity: 'A', contact: phone },
      {},
      { kind: 'call-back', due: '2026-11-20T08:00:00.000Z' },
    ],
    ['A without a number: an answer', { severity: 'A' }, {}, { kind: 'respond', due: '2026-11-20T08:00:00.000Z' }],
    ['azure B: four hours of working time', { offering: 'azure-21vianet' }, {}, { due: '2026-11-20T11:00:00.000Z' }],
    ['where no time is promised: none', { offering: 'worldwide' }, {}, null],
    ['missed before: none by itself', {}, { misses: 1 }, null],
  ])('%s', (_what, given, broken, next) => {
    expect(again(given, broken)).toEqual(next && { renews: 1, misses: 1, kind: 'respond', ...next });
  });
});
