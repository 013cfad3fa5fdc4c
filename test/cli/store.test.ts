import { truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openStorage } from '#src/storage/open.ts';
import { openHouse } from '../house.ts';
import { job, NOON, request } from '../storage/samples.ts';
import { runDoctor } from '#src/cli/doctor.ts';
import { run, withData } from './run.ts';

/** Puts something into a data folder, as the server would. */
async function prepared(dataDir: string, work: Parameters<Awaited<ReturnType<typeof openStorage>>['transact']>[0]) {
  const storage = await openStorage({ url: undefined, dataDir });
  await storage.transact(work);
  await storage.close();
}

const failing = (lines: readonly Record<string, unknown>[]) => lines.filter(({ ok }) => ok !== true);

/** Pages are a product of the build, which may be under way while the tests run. */
const failingButPages = (lines: Parameters<typeof failing>[0]) =>
  failing(lines).filter(({ check }) => check !== 'pages');

test('requests list, show and export', async () => {
  await withData(async (dataDir) => {
    const env = { DATA_DIR: dataDir };
    await prepared(dataDir, async ({ requests }) => {
      for (let n = 0; n < 450; n += 1) await requests.insert(request({ number: `SR-${n}`, createdAt: NOON + n }));
      await requests.addEvent({ number: 'SR-3', seq: 2, at: NOON, actor: 'agent-1', kind: 'closed', data: {} });
    });
    const { code, lines } = await run(['requests', 'list'], { env });
    expect(code).toBe(0);
    expect(lines.map(({ number }) => number)).toEqual(Array.from({ length: 450 }, (_none, n) => `SR-${n}`));
    expect(lines[3]).toEqual({
      number: 'SR-3',
      state: 'closed',
      severity: 'B',
      offering: 'o365-21vianet',
      route: 'open',
      category: 'technical',
      description: 'Nobody in Shanghai gets mail',
      person: 'dl_person',
      personName: 'Li',
      createdAt: new Date(NOON + 3).toISOString(),
      respondBy: '2026-03-03T01:00:00.000Z',
    });
    const closed = await run(['requests', 'list', '--state', 'closed'], { env });
    expect(closed.lines.map(({ number }) => number)).toEqual(['SR-3']);
    expect((await run(['requests', 'list', '--state', 'x'], { env })).code).toBe(2);
    const shown = await run(['requests', 'show', 'SR-3'], { env });
    expect(shown.lines[0]).toMatchObject({
      ...lines[3],
      impact: 'Orders stand still',
      history: [{ seq: 1 }, { seq: 2 }],
    });
    const missing = await run(['requests', 'show', 'SR-none'], { env });
    expect([missing.code, missing.out]).toEqual([1, '']);
    const exported = await run(['requests', 'export'], { env });
    expect(exported.lines).toHaveLength(450);
    expect(exported.lines[3]).toEqual(shown.lines[0]);
  });
});

test('doctor: all well in a new house, with what was found', async () => {
  await withData(async (dataDir) => {
    const { code, lines } = await run(['doctor'], { env: { DATA_DIR: dataDir } });
    expect(failingButPages(lines)).toEqual([]);
    expect(code).toBe(failing(lines).length === 0 ? 0 : 1);
    const found = Object.fromEntries(lines.map(({ check, detail }) => [check, detail]));
    expect(found).toMatchObject({ synchronous: 'synchronous = 2, journal wal', integrity: 'ok' });
  });
});

test.each([
  [
    'a dead letter',
    'dead-letters',
    (dataDir: string) =>
      prepared(dataDir, async ({ jobs }) => {
        await jobs.add(job({ id: 'j' }));
        await jobs.bury('j', 'refused');
      }),
  ],
  [
    'a database cut short',
    'database',
    async (dataDir: string) => {
      await prepared(dataDir, ({ requests }) => requests.insert(request({ number: 'SR-1' })));
      truncateSync(`${dataDir}/frontdesk.db`, 5_000);
    },
  ],
  ['a damaged key', 'configuration', async (dataDir: string) => writeFileSync(`${dataDir}/signing-key`, 'x')],
])('doctor: %s is found, and it ends with 1', async (_what, check, spoil) => {
  await withData(async (dataDir) => {
    await spoil(dataDir);
    const { code, lines } = await run(['doctor'], { env: { DATA_DIR: dataDir } });
    expect(code).toBe(1);
    expect(failing(lines)).toContainEqual({ check, ok: false, detail: expect.stringMatching(/\w/) });
    expect(lines.find((line) => line['check'] === 'book')).toMatchObject({ ok: true });
  });
});

const refuse = (): never => {
  throw new Error('PORT must be between 0 and 65535');
};

test('doctor: what fails for one reason is told once, and the others name it', async () => {
  const lines: unknown[] = [];
  const code = await runDoctor(
    [
      { check: 'configuration', run: refuse },
      { check: 'database', run: refuse },
      { check: 'book', run: () => '222 articles' },
    ],
    (line) => lines.push(JSON.parse(line)),
  );
  expect(code).toBe(1);
  expect(lines).toEqual([
    { check: 'configuration', ok: false, detail: 'PORT must be between 0 and 65535' },
    { check: 'database', ok: false, detail: 'not looked at, see configuration' },
    { check: 'book', ok: true, detail: '222 articles' },
  ]);
});

test('requests, doctor and chat beside a running server', async () => {
  const house = await openHouse();
  try {
    const env = { DATA_DIR: house.dataDir };
    const input = 'a person please\n/quit\n';
    const [talked, listed, examined] = await Promise.all([
      run(['chat', '--as', 'cn-admin', '--lang', 'en'], { input, env }),
      run(['requests', 'list'], { env }),
      run(['doctor'], { env }),
    ]);
    expect([talked.code, listed.code]).toEqual([0, 0]);
    expect(failingButPages(examined.lines)).toEqual([]);
    const headers = { 'x-frontdesk': '1', origin: house.url, 'content-type': 'application/json' };
    const body = JSON.stringify({ as: 'agent-1' });
    const signedIn = await fetch(`${house.url}/desk/session`, { method: 'POST', headers, body });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const queue = await (await fetch(`${house.url}/desk/api/queue`, { headers: { cookie } })).json();
    expect(queue).toEqual([expect.objectContaining({ owner: 'waiting', offering: 'o365-21vianet' })]);
    const people = await (await fetch(`${house.url}/chat/people`)).json();
    expect(people).toHaveLength(13);
  } finally {
    await house.end();
  }
});
