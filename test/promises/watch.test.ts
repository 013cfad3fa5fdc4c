import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PromiseWatch } from '#bot/promise-watch.ts';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Conversation, LogRow, Storage, Unit } from '#src/log/ports.ts';
import { Speaker } from '#src/log/speak.ts';
import { keepPromises } from '#src/promises/keep.ts';
import { Watchers } from '#src/log/watchers.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { rules } from '../policy/place.ts';
import { engines } from '../storage/engines.ts';
import type { Opened } from '../storage/engines.ts';
import { conversation, request } from '../storage/samples.ts';
import { DAY, HOUR, MINUTE, NOW, PATIENCE } from './pledge.ts';

const { phrases } = readBook(BOOK_FOLDER);
const iso = (at: number) => new Date(at).toISOString();
const mail = { method: 'email', email: 'li@example.test', language: 'en' } as const;
const nothing = (): void => undefined;

describe.each(engines)('what was promised, $name', (engine) => {
  let opened: Opened;
  let now: number;
  let failures: unknown[];

  beforeAll(async () => {
    opened = await engine.open();
  }, 180_000);
  afterAll(() => opened.drop());
  beforeEach(() => {
    now = NOW;
    failures = [];
  });

  const on = <T>(work: (unit: Unit) => Promise<T>): Promise<T> => opened.storage.transact(work);

  const clock = () => now;
  const failed = (error: unknown) => failures.push(error);

  /** An instance of the watch. */
  const watch = (storage: Storage = opened.storage): PromiseWatch => {
    const speaker = new Speaker({ storage, watchers: new Watchers(), send: nothing, wakeWorker: nothing, clock });
    return new PromiseWatch({
      storage,
      speaker,
      phrases,
      rules,
      patience: PATIENCE,
      every: 1,
      clock,
      newId: randomUUID,
      failed,
    });
  };

  /** A request that was filed now, answered within the hour. */
  const filed = async (
    given: Partial<ServiceRequest> = {},
    talk: Partial<Conversation> = {},
  ): Promise<ServiceRequest> => {
    const at = conversation({ reference: null, language: 'en', ...talk });
    const one = request({ conversation: at.id, createdAt: now, respondBy: iso(now + HOUR), contact: mail, ...given });
    await on(async (unit) => {
      await unit.conversations.create(at);
      await unit.requests.insert(one);
    });
    return one;
  };
  const rowsOf = ({ conversation: id }: ServiceRequest): Promise<LogRow[]> => on((unit) => unit.rows.list(id, 0, 50));
  const saidOf = async (one: ServiceRequest) =>
    (await rowsOf(one)).filter(({ role }) => role === 'bot').map(({ body }) => String(body['text']));
  const eventsOf = async (one: ServiceRequest) =>
    (await rowsOf(one)).filter(({ role }) => role === 'system').map(({ body }) => body['name']);
  const states = async ({ number }: ServiceRequest) =>
    (await on((unit) => unit.promises.ofRequest(number))).map(({ kind, state, reason }) => [kind, state, reason]);
  const noticeOf = ({ number }: ServiceRequest, seq = 1) =>
    on((unit) => unit.jobs.byKey(`notice:promise-broken:${number}:${seq}`));

  test('before its time the desk is warned, once; the customer hears nothing', async () => {
    const one = await filed();
    now += 44 * MINUTE;
    await watch().round();
    expect(await rowsOf(one)).toEqual([]);
    now += 2 * MINUTE;
    await watch().round();
    await watch().round();
    expect(await eventsOf(one)).toEqual(['promise.warning']);
    expect(await saidOf(one)).toEqual([]);
    const [row] = await rowsOf(one);
    expect(row?.body).toMatchObject({ value: { request: one.number, kind: 'respond', due: iso(NOW + HOUR) } });
    const talk = await on((unit) => unit.conversations.byId(one.conversation));
    expect(talk?.deskAt).toBe(now);
    expect(failures).toEqual([]);
  });

  test('broken: an apology, a new time on both clocks, a row for the desk and a notice; each once', async () => {
    const one = await filed({ contact: { ...mail, timeZone: 'Europe/Berlin' } });
    now += HOUR + 1;
    for (let rounds = 0; rounds < 3; rounds += 1) await watch().round();
    expect(await saidOf(one)).toEqual([
      `We promised a first response to ${one.number} by Fri, 20 Nov 2026, 16:00 (Beijing time), Fri, 20 Nov 2026, 09:00 your ` +
        'time. That time has passed and nobody has answered you. We are sorry. Somebody answers you by Mon, 23 Nov 2026, ' +
        '16:00 (Beijing time), Mon, 23 Nov 2026, 09:00 your time. A supervisor has been told.',
    ]);
    expect(await eventsOf(one)).toEqual(['promise.broken']);
    expect(await states(one)).toEqual([
      ['respond', 'broken', 'missed'],
      ['respond', 'open', null],
    ]);
    const stands = await on((unit) => unit.requests.byNumber(one.number));
    expect(stands?.respondBy).toBe('2026-11-23T08:00:00.001Z');
    const notices = await on((unit) => unit.jobs.claim({ kind: 'notice', now, until: now + 1, limit: 100 }));
    expect(notices.map(({ payload }) => payload)).toContainEqual({
      kind: 'promise-broken',
      request: one.number,
      seq: 1,
    });
    expect(failures).toEqual([]);
  });

  test('level A: by a call, and the number to call now', async () => {
    const contact = { ...mail, method: 'phone', phone: '+86 10 8888 0001' } as const;
    const one = await filed({ severity: 'A', contact });
    now += HOUR + 1;
    await watch().round();
    const [said] = await saidOf(one);
    expect(said).toContain('We will call +86 10 8888 0001 by Fri, 20 Nov 2026, 17:00 (Beijing time)');
    expect(said).toContain('You can also call (86) 400-089-0365 now.');
    expect(await states(one)).toEqual([
      ['respond', 'broken', 'missed'],
      ['call-back', 'open', null],
    ]);
  });

  test('missed again: no third time by itself, and the supervisor is told again', async () => {
    const one = await filed({ severity: 'A' });
    now += HOUR + 1;
    await watch().round();
    now += 2 * HOUR;
    await watch().round();
    const [, second] = await saidOf(one);
    expect(second).toContain('we name no other time until a person has taken this up');
    expect(await states(one)).toEqual([
      ['respond', 'broken', 'missed'],
      ['respond', 'broken', 'missed'],
    ]);
    expect(await noticeOf(one, 2)).toBeDefined();
  });

  test.each(LANGUAGES)('in the language of the conversation: %s', async (language) => {
    const one = await filed({}, { language });
    now += HOUR + 1;
    await watch().round();
    const [said = ''] = await saidOf(one);
    expect(said).toMatch(
      { en: /We are sorry/, 'zh-CN': /非常抱歉.*主管/, ja: /誠に申し訳ございません。.*責任者/ }[language],
    );
    expect(said).toContain(one.number);
    const [row] = await rowsOf(one);
    expect(row?.body).toMatchObject({ locale: language });
  });

  test('of a request that is over nobody hears anything', async () => {
    const one = await filed();
    const number = one.number;
    await on((unit) => unit.requests.addEvent({ number, seq: 2, at: now, actor: 'agent-1', kind: 'closed', data: {} }));
    now += DAY;
    await watch().round();
    expect(await rowsOf(one)).toEqual([]);
    expect(await states(one)).toEqual([['respond', 'kept', 'closed']]);
  });

  test('a conversation that is gone is owed nothing, and is not looked at for ever', async () => {
    const one = request({ createdAt: now, respondBy: iso(now + HOUR), contact: mail });
    await on((unit) => unit.requests.insert(one));
    now += DAY;
    await watch().round();
    expect(await states(one)).toEqual([['respond', 'void', 'closed']]);
  });

  test.each([
    ['set back an hour', -HOUR],
    ['set on a day', DAY],
    ['set back a day', -DAY],
  ])('a clock that is %s after the apology: nothing is said twice', async (_what, step) => {
    const one = await filed({ offering: 'worldwide' });
    now += HOUR + 1;
    await watch().round();
    for (const at of [now + step, now + step + MINUTE, now, now + 2 * MINUTE]) {
      now = at;
      await watch().round();
    }
    expect(await saidOf(one)).toHaveLength(1);
    expect(await eventsOf(one)).toEqual(['promise.broken']);
  });

  test('a clock that is set back between warning and breach warns no second time', async () => {
    const one = await filed();
    now += 50 * MINUTE;
    await watch().round();
    now -= 30 * MINUTE;
    await watch().round();
    now = NOW + 55 * MINUTE;
    await watch().round();
    expect(await eventsOf(one)).toEqual(['promise.warning']);
  });

  test('several instances at once: one tells', async () => {
    const many = await Promise.all(Array.from({ length: 12 }, () => filed()));
    now += HOUR + 1;
    await Promise.all(Array.from({ length: 4 }, () => watch().round()));
    for (const one of many) expect(await saidOf(one)).toHaveLength(1);
    expect(failures).toEqual([]);
  });

  test('an agent who answers at that moment comes before or after it, never both', async () => {
    const many = await Promise.all(Array.from({ length: 12 }, () => filed()));
    now += HOUR;
    const answer = { act: 'answer', at: now, by: 'agent-1' } as const;
    now += 1;
    const answers = many.map(({ conversation: id }) =>
      on((unit) => keepPromises(unit.promises, { conversation: id }, answer)),
    );
    await Promise.all([watch().round(), ...answers]);
    for (const one of many) {
      const [first] = await states(one);
      const [, state] = first ?? [];
      expect([state, (await saidOf(one)).length]).toEqual([state, state === 'kept' ? 0 : 1]);
      expect(['kept', 'broken']).toContain(state);
    }
  });

  test('one that dies half-way leaves the others to the next, and tells nobody twice', async () => {
    const many = await Promise.all(Array.from({ length: 6 }, () => filed()));
    now += HOUR + 1;
    let left = 5;
    const dying: Storage = {
      ...opened.storage,
      check: () => opened.storage.check(),
      close: () => opened.storage.close(),
      // The process ends inside the transaction: what it wrote is taken back.
      transact: (work) =>
        on(async (unit) => {
          const result = await work(unit);
          left -= 1;
          if (left <= 0) throw new Error('killed');
          return result;
        }),
    };
    await watch(dying).round();
    expect(failures.length).toBeGreaterThan(0);
    const told = await Promise.all(many.map(async (one) => (await saidOf(one)).length));
    expect(told.filter((count) => count === 1)).toHaveLength(3);
    failures = [];
    await watch().round();
    for (const one of many) {
      expect([await saidOf(one), await states(one)]).toEqual([
        [expect.any(String)],
        [
          ['respond', 'broken', 'missed'],
          ['respond', 'open', null],
        ],
      ]);
      expect(await noticeOf(one)).toBeDefined();
    }
    expect(failures).toEqual([]);
  });

  test('more than a page of them: all are told', async () => {
    const talk = conversation({ reference: null, language: 'en' });
    const numbers = Array.from({ length: 230 }, (_none, at) => `SR-PAGE-${String(at).padStart(4, '0')}`);
    await on(async (unit) => {
      await unit.conversations.create(talk);
      for (const number of numbers)
        await unit.requests.insert(
          request({ number, conversation: talk.id, createdAt: now, respondBy: iso(now + HOUR), contact: mail }),
        );
    });
    now += HOUR + 1;
    await watch().round();
    const rows = await on((unit) => unit.rows.list(talk.id, 0, 1_000));
    expect(rows.filter(({ role }) => role === 'bot')).toHaveLength(230);
  }, 180_000);
});
