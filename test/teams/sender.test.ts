import { afterEach, describe, expect, test } from 'vitest';
import type { CallOutcome, ConnectorCall } from '#bot/connector.ts';
import { Pace } from '#bot/pace.ts';
import { Sender } from '#bot/sender.ts';
import type { Conversation, Delivery, LogRow, Storage } from '#src/log/ports.ts';
import { openStorage } from '#src/storage/open.ts';
import { engines } from '../storage/engines.ts';
import type { Opened } from '../storage/engines.ts';
import { conversation as sample, logRow } from '../storage/samples.ts';

let opened: Opened | undefined;
/** What a test has opened beside its storage, whether or not it came to its end: closed before that is dropped. */
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await opened?.drop();
  opened = undefined;
});

const REFERENCE = {
  serviceUrl: 'http://127.0.0.1:9/amer/',
  channelId: 'msteams',
  conversation: { id: 'a:1' },
  user: { id: '29:1' },
  bot: { id: '28:1' },
};

/** A conversation in which a person has spoken once and the bot wants to say these texts. */
async function store(storage: Storage, texts: string[], given: Partial<Conversation> = {}) {
  const conversation = sample({ channel: 'msteams', reference: REFERENCE, ...given });
  const heard = logRow({ conversation: conversation.id, seq: 1, sourceId: 'in-1', epoch: conversation.epoch });
  const said = texts.map((text, index) => reply(conversation, index + 2, text));
  const last = texts.length + 1;
  const stored = { ...conversation, lastSeq: last, inSeq: 1, doneSeq: 1, outSeq: last };
  await storage.transact(async (unit) => {
    await unit.conversations.create(stored);
    await unit.rows.append([heard, ...said]);
  });
  return { conversation: stored, rows: [heard, ...said] };
}

function reply(conversation: Conversation, seq: number, text: string): LogRow {
  const body = { type: 'message', text, textFormat: 'plain' };
  const { id, epoch } = conversation;
  return logRow({ conversation: id, seq, direction: 'out', role: 'bot', replyTo: 1, epoch, body, delivery: 'queued' });
}

/** Rows as a turn leaves them where one process is alone: the first of the bot's words is on its way. */
async function onTheirWay(storage: Storage, texts: string[]) {
  const { conversation, rows } = await store(storage, texts);
  await storage.transact((unit) => unit.rows.setDelivery(conversation.id, 2, 'sending'));
  return { conversation, rows: rows.map((row) => (row.seq === 2 ? { ...row, delivery: 'sending' as const } : row)) };
}

type Answer = (text: string, attempt: number) => CallOutcome | Promise<CallOutcome>;

/** A sender whose far side answers by the text that it is sent; notes what it was sent, and when. */
function senderOn(
  storage: Storage,
  answer: Answer,
  authorization = () => Promise.resolve<string | null>(null),
  { pace = new Pace([]), tenantPace = new Pace([]) } = {},
) {
  const calls: { text: string; at: number; url: string; body: string; authorization: string | null }[] = [];
  const failures: unknown[] = [];
  const call = async ({ url, body, authorization: header }: ConnectorCall): Promise<CallOutcome> => {
    const { text } = JSON.parse(body ?? '{}') as { text: string };
    calls.push({ text, at: performance.now(), url: url.href, body: body ?? '', authorization: header });
    return answer(text, calls.filter((other) => other.text === text).length);
  };
  const services = { hosts: ['smba.trafficmanager.net'], loopback: true };
  const failed = (error: unknown): void => void failures.push(error);
  const sender = new Sender({
    storage,
    services,
    authorization,
    chance: () => 0,
    clock: Date.now,
    delivered: () => undefined,
    placed: () => Promise.resolve(),
    pace,
    tenantPace,
    failed,
    call,
  });
  ends.push(() => sender.stop());
  return { sender, calls, failures, texts: () => calls.map(({ text }) => text) };
}

const sent: Answer = () => ({ kind: 'sent', id: null });
const slow: Answer = async (text) => {
  await new Promise((resolve) => setTimeout(resolve, text === 'one' ? Math.random() * 60 : 1));
  return { kind: 'sent', id: null };
};
const busy = (retryAfterMs: number | null): CallOutcome => ({ kind: 'busy', retryAfterMs });

type State = Awaited<ReturnType<typeof stateOf>>;

async function stateOf(storage: Storage, id: string) {
  return storage.transact(async (unit) => {
    const rows = await unit.rows.list(id, 0, 1_000);
    const conversation = await unit.conversations.byId(id);
    const unsent = await unit.conversations.withUnsentRows(1_000);
    return { sentSeq: conversation?.sentSeq, delivery: rows.slice(1).map((row) => row.delivery), unsent };
  });
}

/** What the store says of a conversation, as soon as it says so. */
async function finds(storage: Storage, id: string, state: Partial<State>): Promise<void> {
  await expect.poll(() => stateOf(storage, id)).toMatchObject(state);
}

/** Nobody has the turn to send to that conversation, through any of these. */
async function nobodySends(id: string, storages: readonly Storage[]): Promise<void> {
  for (const storage of storages) {
    const free = async (): Promise<boolean> => {
      const claim = await storage.claim(`send:${id}`);
      await claim?.release();
      return claim !== null;
    };
    await expect.poll(free).toBe(true);
  }
}

const openSqlite = async (): Promise<Storage> => (opened = await engines[0]!.open()).storage;

describe.each(engines)('the sender over $name', (engine) => {
  test('one conversation in order, also where the far side is slow; the cursor tells what was sent', async () => {
    opened = await engine.open();
    const { storage } = opened;
    const { sender, calls, texts } = senderOn(storage, slow);
    const { conversation, rows } = await store(storage, ['one', 'two', 'three', 'four']);
    sender.send(conversation, rows.slice(0, 3));
    sender.send(conversation, rows.slice(3));
    await finds(storage, conversation.id, { sentSeq: 5, unsent: [] });
    expect(texts()).toEqual(['one', 'two', 'three', 'four']);
    expect(calls[0]?.url).toBe('http://127.0.0.1:9/amer/v3/conversations/a%3A1/activities/in-1');
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({ replyToId: 'in-1', from: { id: '28:1', role: 'bot' } });
  });

  test('what a crash left is sent at the next start, more than a page of it, what went wrong is not sent again', async () => {
    opened = await engine.open();
    const { storage } = opened;
    const texts = Array.from({ length: 230 }, (_, index) => `text ${index}`);
    const { conversation } = await store(storage, texts);
    await storage.transact(async (unit) => {
      await unit.conversations.sent(conversation.id, 3);
      await unit.rows.setDelivery(conversation.id, 5, 'uncertain');
    });
    const { sender, calls } = senderOn(storage, sent);
    expect(await sender.recover()).toBe(1);
    await finds(storage, conversation.id, { sentSeq: 231, unsent: [] });
    expect(calls.map(({ text }) => text)).toEqual(texts.filter((_text, index) => index > 1 && index !== 3));
    expect(await sender.recover()).toBe(0);
  });
});

describe('the sender', () => {
  test('busy with Retry-After: waits as asked and goes on in order', async () => {
    const storage = await openSqlite();
    const { sender, calls, texts } = senderOn(storage, (text, attempt) =>
      text === 'one' && attempt < 3 ? busy(120) : { kind: 'sent', id: null },
    );
    const { conversation, rows } = await store(storage, ['one', 'two']);
    sender.send(conversation, rows);
    await finds(storage, conversation.id, { sentSeq: 3, delivery: ['sending', 'sending'] });
    expect(texts()).toEqual(['one', 'one', 'one', 'two']);
    expect(calls[1]!.at - calls[0]!.at).toBeGreaterThanOrEqual(115);
  });

  test.each<[string, CallOutcome, number, Delivery]>([
    ['busy to the end', busy(5), 5, 'failed'],
    ['5xx, reset or no answer', { kind: 'uncertain' }, 1, 'uncertain'],
    ['400', { kind: 'refused', status: 400 }, 1, 'failed'],
    ['413 for a text that can’t be made smaller', { kind: 'refused', status: 413 }, 1, 'failed'],
  ])('%s: so many attempts, the row is marked, and the next one is said', async (_name, outcome, attempts, mark) => {
    const storage = await openSqlite();
    const { sender, calls } = senderOn(storage, (text) => (text === 'one' ? outcome : { kind: 'sent', id: null }));
    const { conversation, rows } = await store(storage, ['one', 'two']);
    sender.send(conversation, rows);
    await finds(storage, conversation.id, { sentSeq: 3, delivery: [mark, 'sending'], unsent: [] });
    expect(calls).toHaveLength(attempts + 1);
  });

  test('413: said in smaller pieces, in order and to the last word, and then what follows', async () => {
    const storage = await openSqlite();
    const long = Array.from({ length: 2_400 }, (_, at) => `word${at}`).join(' ');
    const { sender, texts } = senderOn(storage, (text) =>
      text.length > 6_000 ? { kind: 'refused', status: 413 } : { kind: 'sent', id: null },
    );
    const { conversation, rows } = await store(storage, [long, 'two']);
    sender.send(conversation, rows);
    await finds(storage, conversation.id, { sentSeq: 3, delivery: ['sending', 'sending'], unsent: [] });
    const arrived = texts().filter((text) => text.length <= 6_000);
    expect(arrived.at(-1)).toBe('two');
    expect(arrived.slice(0, -1).join(' ')).toBe(long);
    // Refused: the whole, and three pieces of half its size.
    expect(texts().length - arrived.length).toBe(4);
  });

  test.each([403, 404])(
    '%i: nothing more is sent there, and all of it is marked, until the person writes again',
    async (status) => {
      const storage = await openSqlite();
      const { sender, texts } = senderOn(storage, (text) =>
        text === 'one' ? { kind: 'refused', status } : { kind: 'sent', id: null },
      );
      const { conversation, rows } = await store(storage, ['one', 'two']);
      sender.send(conversation, rows);
      await finds(storage, conversation.id, { sentSeq: 3, delivery: ['failed', 'failed'] });
      expect(texts()).toEqual(['one']);
      const more = [
        logRow({ conversation: conversation.id, seq: 4, sourceId: 'in-2', epoch: conversation.epoch }),
        reply(conversation, 5, 'three'),
      ];
      const moved = { ...conversation, lastSeq: 5, inSeq: 4, doneSeq: 4, outSeq: 5 };
      await storage.transact(async (unit) => {
        await unit.conversations.save(moved);
        await unit.rows.append(more);
      });
      sender.send(moved, more);
      await finds(storage, conversation.id, { sentSeq: 5, unsent: [] });
      expect(texts()).toEqual(['one', 'three']);
    },
  );

  test('a far side that can’t be reached is tried again: nothing has arrived there', async () => {
    const storage = await openSqlite();
    const { sender, texts } = senderOn(storage, (text, attempt) =>
      text === 'one' && attempt < 3 ? { kind: 'unreachable' } : { kind: 'sent', id: null },
    );
    const { conversation, rows } = await store(storage, ['one', 'two']);
    sender.send(conversation, rows);
    await finds(storage, conversation.id, { delivery: ['sending', 'sending'], unsent: [] });
    expect(texts()).toEqual(['one', 'one', 'one', 'two']);
  });

  test('a sign-in service that fails holds the reply back and loses none', async () => {
    const storage = await openSqlite();
    let asked = 0;
    const { sender, calls, failures } = senderOn(storage, sent, async () => {
      asked += 1;
      if (asked === 1) throw new Error('the sign-in service is down');
      return 'Bearer token';
    });
    const { conversation, rows } = await store(storage, ['one', 'two']);
    sender.send(conversation, rows);
    await finds(storage, conversation.id, { sentSeq: 3, unsent: [] });
    expect(calls.map(({ text, authorization }) => [text, authorization])).toEqual([
      ['one', 'Bearer token'],
      ['two', 'Bearer token'],
    ]);
    expect(failures).toHaveLength(1);
  });

  test('a stored address that is not an allowed one is never called', async () => {
    const storage = await openSqlite();
    const reference = { ...REFERENCE, serviceUrl: 'https://smba.trafficmanager.net.evil.example/' };
    const { sender, calls } = senderOn(storage, sent);
    const { conversation } = await store(storage, ['one'], { reference });
    await sender.recover();
    await finds(storage, conversation.id, { delivery: ['failed'], unsent: [] });
    expect(calls).toHaveLength(0);
  });

  test('closing while a channel is busy: the row stays for the next start, what was sent is not sent again', async () => {
    const storage = await openSqlite();
    const { sender, calls } = senderOn(storage, (text) => (text === 'two' ? busy(60_000) : { kind: 'sent', id: null }));
    const { conversation, rows } = await store(storage, ['one', 'two', 'three']);
    sender.send(conversation, rows);
    await expect.poll(() => calls.length).toBe(2);
    const began = performance.now();
    await sender.stop();
    expect(performance.now() - began, 'not the minute that it was asked to wait').toBeLessThan(30_000);
    expect(await stateOf(storage, conversation.id)).toMatchObject({ sentSeq: 2, unsent: [conversation.id] });
    const next = senderOn(storage, sent);
    await next.sender.recover();
    await finds(storage, conversation.id, { sentSeq: 4, unsent: [] });
    expect(next.texts()).toEqual(['two', 'three']);
  });

  test('at a crash just what was on its way comes again, marked: not what was said before it, nor what had not begun', async () => {
    const storage = await openSqlite();
    const { conversation, rows } = await onTheirWay(storage, ['one', 'two', 'three']);
    const never = Promise.withResolvers<CallOutcome>();
    const dying = senderOn(storage, (text) => (text === 'two' ? never.promise : { kind: 'sent', id: null }));
    ends.push(async () => never.resolve({ kind: 'uncertain' }));
    dying.sender.send(conversation, rows);
    await expect.poll(() => dying.texts()).toEqual(['one', 'two']);
    // A turn more, committed meanwhile.
    const more = { ...reply(conversation, 5, 'four'), delivery: 'sending' as const };
    const moved = { ...conversation, lastSeq: 5, outSeq: 5, sentSeq: 2 };
    await storage.transact(async (unit) => {
      await unit.conversations.save(moved);
      await unit.rows.append([more]);
    });
    const next = senderOn(storage, sent);
    await next.sender.recover();
    const delivery: Delivery[] = ['sending', 'uncertain', 'sending', 'sending'];
    await finds(storage, conversation.id, { sentSeq: 5, delivery, unsent: [] });
    expect(next.texts()).toEqual(['two', 'three', 'four']);
  });

  test('what is said for the first time while something older is taken up is not in doubt', async () => {
    const storage = await openSqlite();
    const { conversation } = await onTheirWay(storage, ['one', 'two']);
    const { sender, texts } = senderOn(storage, sent);
    const more = { ...reply(conversation, 4, 'three'), delivery: 'sending' as const };
    const moved = { ...conversation, lastSeq: 4, outSeq: 4 };
    await storage.transact(async (unit) => {
      await unit.conversations.save(moved);
      await unit.rows.append([more]);
    });
    sender.send(moved, [more]);
    await finds(storage, conversation.id, { sentSeq: 4, delivery: ['uncertain', 'sending', 'sending'], unsent: [] });
    expect(texts()).toEqual(['one', 'two', 'three']);
  });

  test('what had not begun when the house closed is no such thing: it is sent at the next start, unmarked', async () => {
    const storage = await openSqlite();
    const { sender, calls } = senderOn(storage, (text) => (text === 'two' ? busy(60_000) : { kind: 'sent', id: null }));
    const { conversation, rows } = await onTheirWay(storage, ['one', 'two', 'three']);
    sender.send(conversation, rows);
    await expect.poll(() => calls.length).toBe(2);
    // A turn more, while the house closes.
    const more = { ...reply(conversation, 5, 'four'), delivery: 'sending' as const };
    const moved = { ...conversation, lastSeq: 5, outSeq: 5 };
    await storage.transact(async (unit) => {
      await unit.conversations.save(moved);
      await unit.rows.append([more]);
    });
    sender.send(moved, [more]);
    await sender.stop();
    await finds(storage, conversation.id, { sentSeq: 2, delivery: ['sending', 'queued', 'queued', 'queued'] });
    const next = senderOn(storage, sent);
    await next.sender.recover();
    await finds(storage, conversation.id, { sentSeq: 5, delivery: ['sending', 'sending', 'sending', 'sending'] });
    expect(next.texts()).toEqual(['two', 'three', 'four']);
  });

  test('closing in the middle of a long text: its end is said, and nothing of it again', async () => {
    const storage = await openSqlite();
    const closing = Promise.withResolvers<void>();
    const { sender, texts } = senderOn(storage, async () => {
      await closing.promise;
      return { kind: 'sent', id: null };
    });
    ends.push(async () => closing.resolve());
    const long = ['one', 'two'].map((word) => `${word} `.repeat(3_500).trim()).join('\n');
    const { conversation, rows } = await store(storage, [long, 'three']);
    sender.send(conversation, rows);
    await expect.poll(() => texts().length).toBe(1);
    const closed = sender.stop();
    closing.resolve();
    await closed;
    expect(
      texts()
        .join(' ')
        .match(/one|two/g),
    ).toHaveLength(7_000);
    expect(await stateOf(storage, conversation.id)).toMatchObject({ sentSeq: 2, unsent: [conversation.id] });
    const next = senderOn(storage, sent);
    await next.sender.recover();
    await finds(storage, conversation.id, { sentSeq: 3, unsent: [] });
    expect(next.texts()).toEqual(['three']);
  });

  test('all of an organization together are not written to faster than Teams allows, though each alone were not too fast', async () => {
    const storage = await openSqlite();
    const limit = { count: 5, ms: 300 };
    const { sender, calls } = senderOn(storage, slow, undefined, { tenantPace: new Pace([limit]) });
    const talks: Awaited<ReturnType<typeof store>>[] = [];
    for (let at = 0; at < 24; at += 1) {
      const place = { channelConversationId: `a:${at}`, tenant: at < 20 ? 'one' : 'another' };
      talks.push(await store(storage, [place.tenant], place));
    }
    for (const { conversation, rows } of talks) sender.send(conversation, rows);
    await expect.poll(() => calls.length).toBe(24);
    const times = calls.filter(({ text }) => text === 'one').map(({ at }) => at);
    const gaps = times.slice(limit.count).map((time, at) => time - times[at]!);
    // Clocks of whole milliseconds.
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(limit.ms - 2);
    const others = calls.flatMap(({ text }, at) => (text === 'another' ? [at] : []));
    expect(Math.max(...others), 'nobody else waits for them').toBeLessThan(9);
  });

  test('of whom no organization is known shares no rate with others of that kind', async () => {
    const storage = await openSqlite();
    const { sender, calls } = senderOn(storage, sent, undefined, {
      tenantPace: new Pace([{ count: 1, ms: 3_600_000 }]),
    });
    for (let at = 0; at < 5; at += 1) {
      const { conversation, rows } = await store(storage, ['one'], { channelConversationId: `a:${at}`, tenant: null });
      sender.send(conversation, rows);
    }
    await expect.poll(() => calls.length).toBe(5);
  });

  test('who has the word now decides: an older owner’s reply is dropped after a wait and after a crash', async () => {
    const storage = await openSqlite();
    const { conversation, rows } = await store(storage, ['one']);
    const hand = (): Promise<unknown> =>
      storage.transact(async (unit) => {
        const now = await unit.conversations.byId(conversation.id);
        await unit.conversations.save({ ...now!, owner: 'agent', epoch: now!.epoch + 1 });
      });
    const { sender, calls } = senderOn(storage, async () => {
      await hand();
      return busy(5);
    });
    sender.send(conversation, rows);
    await finds(storage, conversation.id, { delivery: ['dropped'], unsent: [] });
    expect(calls).toHaveLength(1);

    const late = await store(storage, ['two'], { epoch: 4 });
    await storage.transact(async (unit) => {
      await unit.conversations.save({ ...(await unit.conversations.byId(late.conversation.id))!, epoch: 5 });
    });
    const next = senderOn(storage, sent);
    await next.sender.recover();
    await finds(storage, late.conversation.id, { delivery: ['dropped'], unsent: [] });
    expect(next.calls).toHaveLength(0);
  });
});

/** Says `text` as a turn of `by` does: in the log first, then handed to its sender. */
async function say(by: { storage: Storage; sender: Sender }, id: string, texts: readonly string[]) {
  const { conversation, rows } = await by.storage.transact(async (unit) => {
    const now = (await unit.conversations.byId(id))!;
    const fresh = texts.map((text, at) => reply(now, now.lastSeq + 1 + at, text));
    const last = now.lastSeq + texts.length;
    await unit.conversations.save({ ...now, lastSeq: last, outSeq: last });
    await unit.rows.append(fresh);
    return { conversation: { ...now, lastSeq: last, outSeq: last }, rows: fresh };
  });
  by.sender.send(conversation, rows);
}

describe('two instances on one PostgreSQL', () => {
  const postgres = engines.find(({ name }) => name === 'postgres')!;

  /** Two instances' storages; the second one is closed with the test. */
  async function both(): Promise<[Storage, Storage]> {
    opened = await postgres.open();
    const second = await openStorage(opened.where);
    let closed: Promise<void> | undefined;
    const close = (): Promise<void> => (closed ??= second.close());
    ends.push(close);
    return [opened.storage, { ...second, close }];
  }

  test('what both say to one conversation at the same time arrives in the log’s order, once', async () => {
    const storages = await both();
    const heard: string[] = [];
    const answer: Answer = async (text) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
      heard.push(text);
      return { kind: 'sent', id: null };
    };
    const instances = storages.map((storage) => ({ storage, ...senderOn(storage, answer) }));
    const { conversation } = await store(storages[0], ['before']);
    await storages[0].transact((unit) => unit.conversations.sent(conversation.id, 2));
    for (let at = 0; at < 40; at += 1) await say(instances[at % 2]!, conversation.id, [`${at}a`, `${at}b`]);
    await finds(storages[1], conversation.id, { sentSeq: 82, unsent: [] });
    await nobodySends(conversation.id, storages);
    // Each has looked for more by then.
    for (const { sender } of instances) await sender.stop();
    expect(heard).toEqual(Array.from({ length: 40 }, (_, at) => [`${at}a`, `${at}b`]).flat());
    expect(instances.flatMap(({ failures }) => failures)).toEqual([]);
    expect(await stateOf(storages[1], conversation.id)).toMatchObject({ sentSeq: 82, unsent: [] });
  });

  test('once nobody has the turn, whoever says something takes it', async () => {
    const storages = await both();
    const { conversation } = await store(storages[0], ['before']);
    await storages[0].transact((unit) => unit.conversations.sent(conversation.id, 2));
    for (const [at, storage] of [...storages, ...storages].entries()) {
      const one = { storage, ...senderOn(storage, sent) };
      await say(one, conversation.id, [`${at}`]);
      await finds(storage, conversation.id, { sentSeq: 3 + at, unsent: [] });
      expect(one.texts()).toEqual([`${at}`]);
      // It may still be looking for more; what the other says next is for the other to send.
      await one.sender.stop();
    }
  });

  test('together they keep the rate that each would keep alone', async () => {
    const storages = await both();
    const limit = { count: 3, ms: 400 };
    const instances = storages.map((storage) => ({
      storage,
      ...senderOn(storage, sent, undefined, { pace: new Pace([limit]) }),
    }));
    const { conversation } = await store(storages[0], ['before']);
    await storages[0].transact((unit) => unit.conversations.sent(conversation.id, 2));
    for (let at = 0; at < 12; at += 1) {
      await say(instances[at % 2]!, conversation.id, [`${at}`]);
      await finds(storages[0], conversation.id, { sentSeq: 3 + at });
      await nobodySends(conversation.id, storages);
    }
    for (const { sender } of instances) await sender.stop();
    expect(instances.map(({ calls }) => calls.length > 0)).toEqual([true, true]);
    const times = instances.flatMap(({ calls }) => calls.map(({ at }) => at)).toSorted((a, b) => a - b);
    const gaps = times.slice(limit.count).map((time, at) => time - times[at]!);
    // Clocks of whole milliseconds.
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(limit.ms - 2);
  });

  test('what an instance left that died is taken up by the other, in front of what that one says', async () => {
    const [living, dying] = await both();
    const cut = Promise.withResolvers<CallOutcome>();
    const before = senderOn(dying, () => cut.promise);
    ends.push(async () => cut.resolve({ kind: 'uncertain' }));
    const { conversation, rows } = await store(dying, ['one', 'two']);
    before.sender.send(conversation, rows);
    await expect.poll(() => before.calls.length).toBe(1);
    let asked = 0;
    const claim = (key: string) => living.claim(key).finally(() => (asked += 1));
    const early = senderOn({ ...living, claim }, sent);
    await say({ storage: living, sender: early.sender }, conversation.id, ['three']);
    await expect.poll(() => asked).toBe(1);
    await early.sender.stop();
    expect(early.texts(), 'it is not its turn').toEqual([]);
    await dying.close();
    const late = senderOn(living, sent);
    await late.sender.recover();
    await expect.poll(() => late.texts()).toEqual(['one', 'two', 'three']);
    // What the other was at may have arrived already; what it had not begun has not.
    await finds(living, conversation.id, { delivery: ['uncertain', 'sending', 'sending'], unsent: [] });
  });
});
