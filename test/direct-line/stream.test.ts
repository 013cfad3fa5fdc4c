import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Client, openHouse, Tap, type House } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ EMBED_ORIGINS: 'https://admin.contoso.com', RATE_MESSAGES: '1000' });
});
afterAll(() => house.stop());
const taps: Tap[] = [];
afterEach(() => {
  for (const tap of taps.splice(0)) tap.socket.terminate();
  house.clock.ahead = 0;
});

const tapOf = (url: string, options?: ConstructorParameters<typeof Tap>[1]): Tap => {
  const tap = new Tap(url, options);
  taps.push(tap);
  return tap;
};
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** The same numbers in every run with the same seed. */
const random = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return seed / 4_294_967_296;
};

describe('delivery', () => {
  test('everything arrives once and in order, the echo before its answers', async () => {
    const client = await Client.begin(house);
    const tap = tapOf((await client.start()).streamUrl);
    expect(await tap.opened).toBe('open');
    await tap.until((all) => all.length === 1);
    for (let n = 0; n < 20; n += 1) await client.say(`m${n}`);
    await tap.until((all) => all.length === 81);
    const { activities } = tap;
    const ids = activities.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    const early = activities.filter(
      ({ replyToId }, index) => index > 0 && replyToId !== undefined && ids.indexOf(replyToId) >= index,
    );
    expect(early).toEqual([]);
    expect(activities.filter(({ from }) => from.role === 'user').map(({ text }) => text)).toEqual(
      Array.from({ length: 20 }, (_, n) => `m${n}`),
    );
    expect(await client.all()).toEqual(activities);
    expect((await client.poll(tap.watermark)).activities).toEqual([]);
    expect(JSON.stringify(activities)).not.toContain('canary');
  });

  test('pings are taken, and the socket stays', async () => {
    const client = await Client.begin(house);
    const tap = tapOf((await client.start()).streamUrl);
    await tap.opened;
    for (let n = 0; n < 5; n += 1) tap.socket.send('');
    await client.say('still there');
    await tap.until((all) => all.length === 5);
    expect(tap.socket.readyState).toBe(tap.socket.OPEN);
  });

  test('a socket that says something is closed', async () => {
    const client = await Client.begin(house);
    const [talks, floods] = [tapOf((await client.start()).streamUrl), tapOf((await client.reopen('')).streamUrl)];
    await Promise.all([talks.opened, floods.opened]);
    talks.socket.send('hello');
    floods.socket.send('x'.repeat(5_000));
    expect(await talks.closed).toBe(1003);
    expect(await floods.closed).toBe(1009);
  });

  test('cut at random points of 200 activities, it goes on at the watermark: all of them, none twice', async () => {
    const next = random(20_260_302);
    const client = await Client.begin(house);
    const received: string[] = [];
    let tap = tapOf((await client.start()).streamUrl);
    let cuts = 0;
    const talk = (async () => {
      for (let n = 0; n < 50; n += 1) await client.say(`m${n}`);
    })();
    const total = 1 + 50 * 4;
    while (received.length < total) {
      // A frame that the client has not taken is lost with its socket: its watermark does not count.
      const mine = tap;
      const goal = 1 + Math.floor(next() * 12);
      await mine.until((all) => all.length >= Math.min(goal, total - received.length));
      mine.socket.terminate();
      cuts += 1;
      received.push(...mine.activities.splice(0).map(({ id }) => id));
      tap = tapOf((await client.reopen(mine.watermark)).streamUrl);
    }
    await talk;
    tap.socket.terminate();
    expect(cuts).toBeGreaterThan(10);
    expect(received).toEqual((await client.all()).map(({ id }) => id));
    expect(new Set(received).size).toBe(total);
    expect(house.failures).toEqual([]);
  });

  test('a watermark beyond the end is the end, a broken one is refused', async () => {
    const client = await Client.begin(house);
    await client.start();
    const tap = tapOf((await client.reopen('999999')).streamUrl);
    await tap.opened;
    // Where the end is, the socket sees with its first look into the log; what is said from then on it brings.
    const brings = async () => {
      await client.say('after');
      return tap.activities.some(({ text }) => text === 'after');
    };
    await expect.poll(brings).toBe(true);
    expect((await client.poll('999999')).watermark).not.toBe('999999');
    for (const bad of ['x', '-1', '1.5', '1e3', '٣', '9'.repeat(16)]) {
      const answers = await Promise.all([
        client.call(`/conversations/${client.conversation}?watermark=${encodeURIComponent(bad)}`),
        client.call(`/conversations/${client.conversation}/activities?watermark=${encodeURIComponent(bad)}`),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([400, 400]);
    }
  });

  test('a reader that takes nothing is cut and holds up nobody', async () => {
    const client = await Client.begin(house);
    const slow = tapOf((await client.start()).streamUrl);
    await slow.opened;
    slow.socket.pause();
    const big = 'x'.repeat(90_000);
    for (let n = 0; n < 60; n += 1) await client.say(big);
    const second = tapOf((await client.reopen('')).streamUrl);
    await second.until((all) => all.length > 200);
    const closed = await Promise.race([slow.closed, sleep(3_000).then(() => (slow.socket.resume(), slow.closed))]);
    expect([1006, 1013]).toContain(closed);
  });
});

describe('who may open it', () => {
  test('an address opens once', async () => {
    const client = await Client.begin(house);
    const { streamUrl } = await client.start();
    expect(await tapOf(streamUrl).opened).toBe('open');
    expect(await tapOf(streamUrl).opened).toBe(403);
  });

  test('an address that two ask for at once opens for one of them', async () => {
    const client = await Client.begin(house);
    const { streamUrl } = await client.start();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => tapOf(streamUrl).opened));
    expect(outcomes.filter((outcome) => outcome === 'open')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 403)).toHaveLength(7);
  });

  test('an address lasts 60 seconds', async () => {
    const client = await Client.begin(house);
    const [first, second] = [await client.start(), await client.reopen('')];
    house.clock.ahead = 58_000;
    expect(await tapOf(first.streamUrl).opened).toBe('open');
    house.clock.ahead = 61_000;
    expect(await tapOf(second.streamUrl).opened).toBe(403);
    expect((await client.call(`/conversations/${client.conversation}`)).status).toBe(200);
  });

  test('not with another token, nor for another conversation, nor for a stranger’s page', async () => {
    const [client, other] = [await Client.begin(house), await Client.begin(house)];
    const { streamUrl, token } = await client.start();
    const { streamUrl: foreign } = await other.start();
    const url = new URL(streamUrl);
    const withToken = (value: string | null) => {
      const changed = new URL(url);
      if (value === null) changed.searchParams.delete('t');
      else changed.searchParams.set('t', value);
      return changed.href;
    };
    expect(await tapOf(withToken(null)).opened).toBe(401);
    expect(await tapOf(withToken(token)).opened).toBe(403);
    expect(await tapOf(withToken(new URL(foreign).searchParams.get('t'))).opened).toBe(403);
    for (const origin of [
      'https://evil.test',
      'null',
      'https://admin.contoso.com.evil.test',
      'http://admin.contoso.com',
    ]) {
      expect(await tapOf(streamUrl, { origin }).opened).toBe(403);
    }
    expect(await tapOf(streamUrl, { origin: 'https://admin.contoso.com' }).opened).toBe('open');
  });

  test('a stream token opens nothing else', async () => {
    const client = await Client.begin(house);
    const token = new URL((await client.start()).streamUrl).searchParams.get('t');
    const paths = [`/conversations/${client.conversation}/activities`, `/conversations/${client.conversation}`];
    for (const path of paths) expect((await client.call(path, { token })).status).toBe(403);
    expect((await client.call('/tokens/refresh', { method: 'POST', token })).status).toBe(403);
  });
});

describe('how many', () => {
  test('a second socket of the same token closes the first', async () => {
    const client = await Client.begin(house);
    await client.start();
    const { token } = client;
    const first = tapOf((await client.reopen('')).streamUrl);
    await first.opened;
    client.token = token;
    const second = tapOf((await client.reopen('')).streamUrl);
    await second.opened;
    expect(await first.closed).toBe(4001);
    await client.say('to the second');
    await second.until((all) => all.some(({ text }) => text === 'to the second'));
  });

  test('of three tabs, the two that came last are served', async () => {
    const client = await Client.begin(house);
    const tabs = [tapOf((await client.start()).streamUrl)];
    await tabs[0]?.opened;
    for (let n = 0; n < 2; n += 1) {
      const tab = tapOf((await client.reopen('')).streamUrl);
      await tab.opened;
      tabs.push(tab);
    }
    expect(await tabs[0]?.closed).toBe(4001);
    await client.say('to both');
    for (const tab of tabs.slice(1)) await tab.until((all) => all.some(({ text }) => text === 'to both'));
  });

  test('a drain closes all, and says that it is a restart', async () => {
    const clients = await Promise.all(Array.from({ length: 10 }, () => Client.begin(house)));
    const open = await Promise.all(
      clients.map(async (client) => {
        const tap = tapOf((await client.start()).streamUrl);
        await tap.opened;
        return tap;
      }),
    );
    house.closeAll(1012);
    expect(await Promise.all(open.map(({ closed }) => closed))).toEqual(open.map(() => 1012));
  });

  test('what is said to one arrives at nobody else', async () => {
    const clients = await Promise.all(Array.from({ length: 12 }, () => Client.begin(house)));
    const open = await Promise.all(
      clients.map(async (client) => ({ client, canary: randomUUID(), tap: tapOf((await client.start()).streamUrl) })),
    );
    await Promise.all(open.map(({ tap }) => tap.opened));
    await Promise.all(open.flatMap(({ client, canary }) => [client.say(canary), client.say(`again ${canary}`)]));
    await Promise.all(open.map(({ tap }) => tap.until((all) => all.length === 9)));
    for (const { tap, canary, client } of open) {
      const bytes = JSON.stringify(tap.activities);
      expect(bytes).toContain(canary);
      expect(open.filter((each) => bytes.includes(each.canary))).toHaveLength(1);
      expect(tap.activities.every(({ conversation }) => conversation.id === client.conversation)).toBe(true);
    }
  });
});

describe('a look at every socket now and then', () => {
  let quick: House;
  beforeAll(async () => {
    quick = await openHouse({}, { heartbeat: 100 });
  });
  afterAll(() => quick.stop());

  test('ends those whose other end is gone, and keeps the others', async () => {
    const client = await Client.begin(quick);
    const gone = tapOf((await client.start()).streamUrl, { autoPong: false });
    const there = tapOf((await client.reopen('')).streamUrl);
    await Promise.all([gone.opened, there.opened]);
    expect(await gone.closed).toBe(1006);
    expect(there.socket.readyState).toBe(there.socket.OPEN);
  });

  test('delivers what another process wrote without a word', async () => {
    const client = await Client.begin(quick);
    const tap = tapOf((await client.start()).streamUrl);
    await tap.until((all) => all.length === 1);
    await quick.storage.transact(async (unit) => {
      const found = (await unit.conversations.byId(client.conversation))!;
      const { id: conversation, lastSeq, epoch } = found;
      await unit.conversations.save({ ...found, lastSeq: lastSeq + 1 });
      const body = { type: 'message', text: 'from elsewhere' };
      await unit.rows.append([
        {
          conversation,
          seq: lastSeq + 1,
          direction: 'out',
          role: 'bot',
          sourceId: null,
          replyTo: null,
          epoch,
          body,
          delivery: 'stored',
          at: Date.now(),
        },
      ]);
    });
    await tap.until((all) => all.at(-1)?.text === 'from elsewhere');
    expect(tap.activities).toHaveLength(2);
  });

  test('ends a socket with its session', async () => {
    const client = await Client.begin(quick);
    const tap = tapOf((await client.start()).streamUrl);
    await tap.opened;
    quick.clock.ahead = 24 * 3_600_000;
    expect(await tap.closed).toBe(1008);
    quick.clock.ahead = 0;
  });
});
