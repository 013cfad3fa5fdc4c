import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OFFERINGS } from '#knowledge/schema.ts';
import type { Unit } from '#src/log/ports.ts';
import { keepPromises, promiseCall } from '#src/promises/keep.ts';
import type { Pledge } from '#src/promises/promise.ts';
import type { RequestEvent, ServiceRequest } from '#src/requests/request.ts';
import { engines } from '../storage/engines.ts';
import type { Opened } from '../storage/engines.ts';
import { request } from '../storage/samples.ts';
import { DAY, HOUR, NOW } from './pledge.ts';

const iso = (at: number) => new Date(at).toISOString();

const shown = ({ seq, kind, due, state, reason }: Pledge) => [seq, kind, due - NOW, state, reason];

describe.each(engines)('promises, $name', (engine) => {
  let opened: Opened;
  let filed: ServiceRequest;

  beforeAll(async () => {
    opened = await engine.open();
  }, 180_000);
  afterAll(() => opened.drop());
  beforeEach(async () => {
    const contact = { method: 'phone', phone: '+861012345678', callbackAt: iso(NOW + DAY), language: 'zh-CN' } as const;
    filed = request({ createdAt: NOW, respondBy: iso(NOW + HOUR), contact });
    await on((unit) => unit.requests.insert(filed));
  });

  const on = <T>(work: (unit: Unit) => Promise<T>): Promise<T> => opened.storage.transact(work);
  const all = async () => (await on((unit) => unit.promises.ofRequest(filed.number))).map(shown);
  const warn = (seq: number) => on((unit) => unit.promises.warned({ request: filed.number, seq }, NOW));
  const write = (kind: RequestEvent['kind'], data: Record<string, unknown> = {}, actor = 'agent-1', at = NOW + 1) =>
    on(async (unit) => {
      const { length } = await unit.requests.events(filed.number);
      await unit.requests.addEvent({ number: filed.number, seq: length + 1, at, actor, kind, data });
    });

  test('come with the request that is filed, in the same transaction', async () => {
    expect(await all()).toEqual([
      [1, 'respond', HOUR, 'open', null],
      [2, 'call-back', DAY, 'open', null],
    ]);
    const other = request({ createdAt: NOW });
    await on(async (unit) => {
      await unit.requests.insert(other);
      throw new Error('killed');
    }).catch(() => undefined);
    expect(await on((unit) => unit.promises.ofRequest(other.number))).toEqual([]);
  });

  test('an agent’s answer keeps what it answers, of all requests of the conversation and of no other', async () => {
    const beside = request({ createdAt: NOW, respondBy: iso(NOW + HOUR), conversation: filed.conversation });
    const stranger = request({ createdAt: NOW, respondBy: iso(NOW + HOUR) });
    await on(async (unit) => {
      await unit.requests.insert(beside);
      await unit.requests.insert(stranger);
      const { conversation } = filed;
      await keepPromises(unit.promises, { conversation }, { act: 'answer', at: NOW + 9, by: 'agent-1' });
    });
    expect(await all()).toEqual([
      [1, 'respond', HOUR, 'kept', 'answered'],
      [2, 'call-back', DAY, 'open', null],
    ]);
    const states = await on(async (unit) => [
      (await unit.promises.ofRequest(beside.number))[0],
      (await unit.promises.ofRequest(stranger.number))[0],
    ]);
    expect(states).toMatchObject([{ state: 'kept', endedAt: NOW + 9, endedBy: 'agent-1' }, { state: 'open' }]);
  });

  test('an answer after the time is no promise kept', async () => {
    const done = { act: 'answer', at: NOW + HOUR + 1, by: 'agent-1' } as const;
    await on((unit) => keepPromises(unit.promises, { request: filed.number }, done));
    expect((await all())[0]).toEqual([1, 'respond', HOUR, 'broken', 'late']);
  });

  test('a request that an agent closes was answered; one that the customer withdraws is owed nothing', async () => {
    await write('closed');
    expect(await all()).toEqual([
      [1, 'respond', HOUR, 'kept', 'closed'],
      [2, 'call-back', DAY, 'void', 'closed'],
    ]);
    for (const who of ['customer', filed.person]) {
      filed = request({ createdAt: NOW, respondBy: iso(NOW + HOUR) });
      await on((unit) => unit.requests.insert(filed));
      await write('closed', {}, who);
      expect(await all()).toEqual([[1, 'respond', HOUR, 'void', 'withdrawn']]);
    }
  });

  test('a changed level moves the answer that is owed, earlier or later; one that was given is not owed again', async () => {
    await write('severity-changed', { severity: 'A', respondBy: iso(NOW + HOUR / 2) });
    await write('severity-changed', { severity: 'A', respondBy: iso(NOW + HOUR / 2) });
    expect(await all()).toEqual([
      [1, 'respond', HOUR, 'renewed', 'level-changed'],
      [2, 'call-back', DAY, 'open', null],
      [3, 'respond', HOUR / 2, 'open', null],
    ]);
    const { number } = filed;
    await on((unit) => keepPromises(unit.promises, { request: number }, { act: 'answer', at: NOW + 2, by: 'agent-1' }));
    await write('severity-changed', { severity: 'C', respondBy: iso(NOW + DAY) });
    expect((await all())[2]).toEqual([3, 'respond', HOUR / 2, 'kept', 'answered']);
    expect(await all()).toHaveLength(3);
  });

  test('a level without a promise owes no answer; one changed without a word of time changes nothing', async () => {
    await write('severity-changed', { severity: 'C' });
    expect((await all())[0]).toEqual([1, 'respond', HOUR, 'open', null]);
    await write('severity-changed', { severity: 'C', respondBy: null });
    expect((await all())[0]).toEqual([1, 'respond', HOUR, 'void', 'level-changed']);
  });

  test('a call that was moved while the customer waits takes the place of the one before; none is owed to who wants none', async () => {
    const call = (due: number | null, at = NOW + 1) => on((unit) => promiseCall(unit.promises, filed, due, at));
    await call(NOW + DAY);
    await call(NOW + 2 * DAY);
    await call(NOW + 2 * DAY);
    expect(await all()).toEqual([
      [1, 'respond', HOUR, 'open', null],
      [2, 'call-back', DAY, 'renewed', 'moved'],
      [3, 'call-back', 2 * DAY, 'open', null],
    ]);
    await call(null);
    await call(null);
    expect((await all()).slice(1)).toEqual([
      [2, 'call-back', DAY, 'renewed', 'moved'],
      [3, 'call-back', 2 * DAY, 'void', 'moved'],
    ]);
    filed = { ...filed, state: 'closed' };
    await call(NOW + DAY);
    expect(await all()).toHaveLength(3);
  });

  test('a reopened request owes an answer again, where it says by when', async () => {
    await write('closed');
    await write('reopened', { respondBy: iso(NOW + 2 * HOUR) }, 'customer');
    expect((await all())[2]).toEqual([3, 'respond', 2 * HOUR, 'open', null]);
    await write('closed');
    await write('reopened');
    expect(await all()).toHaveLength(3);
  });

  test('ends once: whoever comes second learns of it and changes nothing', async () => {
    const end = (by: string) =>
      on((unit) =>
        unit.promises.end({ request: filed.number, seq: 1 }, { state: 'kept', reason: 'answered', at: NOW, by }),
      );
    const won = await Promise.all(Array.from({ length: 10 }, (_none, at) => end(`agent-${at}`)));
    expect(won.filter(Boolean)).toHaveLength(1);
    const [one] = await on((unit) => unit.promises.ofRequest(filed.number));
    expect(one?.endedBy).toBe(`agent-${won.indexOf(true)}`);
  });

  test('a warning is noted once, and never of one that has ended', async () => {
    expect(await Promise.all([warn(1), warn(1), warn(1)])).toHaveLength(3);
    expect(await warn(1)).toBe(false);
    await write('closed');
    expect(await warn(2)).toBe(false);
  });

  test('what is due, page by page and in order; what was broken, the latest first', async () => {
    const numbers = ['a', 'b', 'c'].map((letter) => `SR-${letter}-${filed.number}`);
    const past = NOW - 1_000 * DAY;
    await on(async (unit) => {
      for (const number of numbers) await unit.requests.insert(request({ number, respondBy: iso(past) }));
    });
    const page = (after?: Pledge) => on((unit) => unit.promises.due(past, 2, after));
    const first = await page();
    const rest = await page(first.at(-1));
    expect([...first, ...rest].map((one) => one.request)).toEqual(numbers);
    await on(async (unit) => {
      for (const [at, one] of [...first, ...rest].entries())
        await unit.promises.end(one, { state: 'broken', reason: 'missed', at: NOW + 99 * DAY + at, by: 'clock' });
    });
    expect(await page()).toEqual([]);
    const broken = await on((unit) => unit.promises.broken(NOW + 99 * DAY, 2, OFFERINGS));
    expect(broken.map((one) => one.request)).toEqual([numbers[2], numbers[1]]);
  });
});
