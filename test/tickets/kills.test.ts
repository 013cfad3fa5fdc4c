import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withOutbox } from '#src/log/outbox.ts';
import type { Storage } from '#src/log/ports.ts';
import { ticketKey } from '#src/log/tickets.ts';
import { openStorage } from '#src/storage/open.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { engines } from '../storage/engines.ts';
import type { Bare } from '../storage/bare.ts';
import { BACKENDS } from './backends.ts';
import type { Backend } from './backends.ts';
import { filed } from './place.ts';

/**
 * "A submitted request reaches the backend exactly once through kill -9" (promises 1), the backend's leg: the started server is
 * killed between the arrival of the call that creates a ticket and the note of its answer. What it had claimed is free again
 * when the lease ends, half a minute later; so all houses are killed at the same time.
 */
const FULL = process.env['FRONTDESK_FULL'] === '1';
const BOTH = ['SQLite', 'PostgreSQL'] as const;
/** In the normal run each system and each engine, in the full run each with each. */
const FEW = { webhook: ['SQLite'], ServiceNow: ['PostgreSQL'], 'Azure Support': ['SQLite'] } as const;

const postgres = engines.find(({ name }) => name === 'postgres')!;
const open: Place[] = [];

interface Place {
  readonly name: string;
  readonly house: House;
  readonly backend: Backend;
  readonly storage: Storage;
  readonly bare: Bare | null;
}

async function place(kind: (typeof BACKENDS)[number], on: (typeof BOTH)[number]): Promise<Place> {
  const backend = await kind.open();
  const bare = on === 'SQLite' ? null : await postgres.bare();
  const url = bare?.where.url;
  const house = await openHouse({ ...backend.env, ...(url !== undefined && { DATABASE_URL: url }) });
  const storage = await openStorage({ url, dataDir: house.dataDir });
  return { name: `${kind.name} on ${on}`, house, backend, storage, bare };
}

beforeAll(async () => {
  for (const kind of BACKENDS)
    open.push(...(await Promise.all((FULL ? BOTH : FEW[kind.name]).map((on) => place(kind, on)))));
}, 300_000);
afterAll(async () => {
  for (const { house, backend, storage, bare } of open) {
    await house.end();
    await storage.close();
    await backend.close();
    await bare?.remove();
  }
}, 120_000);

/** Filed now: what was filed days ago has used up the patience with a far side that is slow, and would be buried at once. */
const AZURE = { offering: 'azure-21vianet', product: 'azure' } as const;
/** One whose call is never answered, and one whose answer is on its way, when the process dies. */
const NUMBERS = ['SR-KEPT-0001', 'SR-KEPT-0002'];
const [SILENT = ''] = NUMBERS;

async function killed({ house, backend, storage }: Place): Promise<void> {
  const arrived = new Set<string>();
  const all = Promise.withResolvers<void>();
  backend.silent = (number) => {
    arrived.add(number);
    if (arrived.size === NUMBERS.length) all.resolve();
    return number === SILENT;
  };
  const office = withOutbox(storage, { newId: randomUUID, wake: () => undefined });
  for (const number of NUMBERS)
    await office.transact((unit) =>
      unit.requests.insert(filed({ number, submissionId: number, ...AZURE, createdAt: Date.now() })),
    );
  await all.promise;
  await house.kill('SIGKILL');
  backend.silent = () => false;
  await house.restart();
}

/** Of each request: how its job stands, whether its ticket is known here, and why nobody tries any more. */
const states = ({ storage }: Place) =>
  storage.transact(async (unit) => {
    const found: unknown[] = [];
    for (const number of NUMBERS) {
      const job = await unit.jobs.byKey(ticketKey(number, 1));
      const why = job?.state === 'dead' ? [job.lastError] : [];
      found.push([job?.state, (await unit.requests.byNumber(number))?.ticket !== undefined, ...why]);
    }
    return found;
  });

test('killed after the call that creates a ticket has arrived, before its answer was kept: one ticket, known here', async () => {
  await Promise.all(open.map(killed));
  for (const one of open) {
    await expect
      .poll(() => states(one), { timeout: 150_000, interval: 500, message: one.name })
      .toEqual([
        ['done', true],
        ['done', true],
      ]);
    expect(
      NUMBERS.map((number) => one.backend.of(number).length),
      one.name,
    ).toEqual([1, 1]);
    const calls = one.backend.creations(SILENT);
    // Only the webhook is told again, under the same key; the others are asked first whether it is there.
    expect(calls, one.name).toBe(one.name.startsWith('webhook') ? 2 : 1);
  }
}, 400_000);
