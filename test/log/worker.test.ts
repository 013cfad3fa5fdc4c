import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backoff, Hopeless, Later, LEASE_MS, PATIENCE_MS, Worker } from '#src/log/jobs.ts';
import type { JobHandler } from '#src/log/jobs.ts';
import { UNREACHABLE } from '#src/requests/delivery.ts';
import { engines, type Opened } from '../storage/engines.ts';
import { job, NOON } from '../storage/samples.ts';

/** The worker on a clock of its own: nothing here waits. */

let opened: Opened;
let now: number;
const failures: [kind: string, buried: boolean][] = [];

beforeEach(async () => {
  opened = await engines[0]!.open();
  now = NOON;
  failures.length = 0;
});
afterEach(() => opened.drop());

function worker(handlers: Record<string, JobHandler>): Worker {
  return new Worker({
    storage: opened.storage,
    handlers,
    clock: () => now,
    chance: () => 0.5,
    failed: (kind, _error, buried) => failures.push([kind, buried]),
  });
}

const add = (...jobs: ReturnType<typeof job>[]) =>
  opened.storage.transact(async (unit) => {
    for (const one of jobs) await unit.jobs.add(one);
  });
const counts = () => opened.storage.transact((unit) => unit.jobs.counts());
const stateOf = (key: string) => opened.storage.transact((unit) => unit.jobs.byKey(key));

/** Lets time pass in steps, and the worker do what is due at each. */
async function pass(ms: number, step: number, one: Worker): Promise<void> {
  for (const end = now + ms; now < end;) {
    now += step;
    await one.runDue();
  }
}

test('after the fifth attempt there is never more than one a minute, and never a longer wait than some five minutes', () => {
  for (const chance of [0, 0.5, 0.999]) {
    const waits = Array.from({ length: 40 }, (_, index) => backoff(index + 1, chance));
    expect(Math.min(...waits.slice(4))).toBeGreaterThanOrEqual(60_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(375_000);
    expect(waits.slice(0, 4).every((wait, index) => wait > (waits[index - 1] ?? 0))).toBe(true);
  }
});

const refuseBad: JobHandler = async ({ key }) => {
  if (key === 'bad') throw new Hopeless('refused-400');
};

describe('a job', () => {
  test('that nobody can do, or that was refused for good, is a dead letter at once; the others are done', async () => {
    await add(job({ key: 'odd', kind: 'odd' }), job({ key: 'bad' }), job({ key: 'good' }));
    await worker({ ticket: refuseBad }).runDue();
    expect(await stateOf('odd')).toMatchObject({ state: 'dead', lastError: 'no-handler', attempts: 1 });
    expect(await stateOf('bad')).toMatchObject({ state: 'dead', lastError: 'refused-400', attempts: 1 });
    expect(await stateOf('good')).toMatchObject({ state: 'done', lastError: null });
    expect(await counts()).toEqual({ ready: 0, dead: 2 });
  });

  test('waits as long as the far side said, and is tried no sooner', async () => {
    const tried: number[] = [];
    await add(job());
    const one = worker({
      ticket: async () => {
        tried.push(now - NOON);
        if (tried.length < 3) throw new Later('throttled', 120_000);
      },
    });
    await one.runDue();
    await pass(600_000, 10_000, one);
    expect(tried).toEqual([0, 120_000, 240_000]);
  });

  test('whose handler has a mistake is given up after a dozen attempts; a far side that is down has three days', async () => {
    await add(job({ key: 'mistake', kind: 'mistake' }), job({ key: 'down' }));
    const one = worker({
      mistake: () => Promise.reject(new TypeError('canary')),
      ticket: () => Promise.reject(new Later(UNREACHABLE)),
    });
    await pass(2 * 3_600_000, 60_000, one);
    expect(await stateOf('mistake')).toMatchObject({ state: 'dead', lastError: 'TypeError', attempts: 12 });
    expect(await stateOf('down')).toMatchObject({ state: 'ready', lastError: 'unreachable' });
    now = NOON + PATIENCE_MS;
    await one.runDue();
    expect(await stateOf('down')).toMatchObject({ state: 'dead', lastError: 'unreachable' });
    expect(failures.filter(([, buried]) => buried)).toHaveLength(2);
  });

  test('whose process died is taken over when the lease ends, and is told that its past is not known', async () => {
    await add(job());
    await opened.storage.transact((unit) => unit.jobs.claim({ kind: 'ticket', now, until: now + LEASE_MS, limit: 1 }));
    const seen: [at: number, unfinished: boolean][] = [];
    const one = worker({
      ticket: async ({ unfinished }) => {
        seen.push([now - NOON, unfinished]);
        if (seen.length === 1) throw new Later('uncertain');
      },
    });
    await pass(60_000, 1_000, one);
    expect(seen.map(([, unfinished]) => unfinished)).toEqual([true, false]);
    expect(seen[0]![0]).toBe(LEASE_MS);
  });
});

test('a kind whose far side hangs holds up nobody else', async () => {
  const hung = Promise.withResolvers<void>();
  await add(...Array.from({ length: 30 }, () => job({ runAt: NOON - 1 })), job({ key: 'mail', kind: 'mail' }));
  const mailed = Promise.withResolvers<void>();
  const one = worker({ ticket: () => hung.promise, mail: async () => mailed.resolve() });
  const running = one.runDue();
  await mailed.promise;
  hung.resolve();
  await running;
  expect(await counts()).toEqual({ ready: 0, dead: 0 });
});

test('when the far side is back, whoever waits for it comes within a minute; who was told to wait, waits', async () => {
  const down = { until: NOON + 2 * 3_600_000 };
  const done: string[] = [];
  const names = Array.from({ length: 20 }, (_, index) => `job-${index}`);
  await add(...names.map((key) => job({ key })), job({ key: 'later' }));
  const one = worker({
    ticket: async ({ key }) => {
      if (key === 'later' && now < down.until + 300_000) throw new Later('throttled', 600_000);
      if (now < down.until) throw new Later(UNREACHABLE);
      done.push(key);
    },
  });
  await pass(2 * 3_600_000, 10_000, one);
  expect(done.length).toBeLessThan(20);
  // The first may have to wait for its own turn; from there on it is a minute.
  for (let first = 0; first < 400 && done.length === 0; first += 10) await pass(10_000, 10_000, one);
  await pass(60_000, 10_000, one);
  expect(done.toSorted()).toEqual(names.toSorted());
  await pass(1_200_000, 10_000, one);
  expect(done).toContain('later');
});
