import { assert, array, asyncProperty, constantFrom, oneof, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { HandoffWatch } from '#bot/handoff-watch.ts';
import { giveUp } from '#bot/unserved.ts';
import type { LogRow } from '#src/log/ports.ts';
import { sampleDirectory } from '#src/outside/sample/directory.ts';
import { openOffice } from '../conversations/office.ts';
import type { Office } from '../conversations/office.ts';
import { countingTools, NOW } from '../dialogs/talk.ts';
import { agent } from '../storage/samples.ts';
import { floorOn, worker } from './floor.ts';

const MINUTE = 60_000;
const patience = { gone: 2 * MINUTE, widen: 3 * MINUTE, file: 10 * MINUTE };
const AGENTS = ['agent-1', 'agent-2'] as const;

type Op =
  | { kind: 'write' | 'ask' | 'leave' }
  | {
      kind: 'accept' | 'say' | 'note' | 'return' | 'close' | 'release' | 'transfer' | 'seen';
      by: (typeof AGENTS)[number];
    }
  | { kind: 'wait'; minutes: number };

const op: Arbitrary<Op> = oneof(
  { weight: 4, arbitrary: record({ kind: constantFrom('write' as const, 'ask' as const, 'leave' as const) }) },
  {
    weight: 6,
    arbitrary: record({
      kind: constantFrom(
        ...(['accept', 'accept', 'say', 'note', 'return', 'close', 'release', 'transfer', 'seen'] as const),
      ),
      by: constantFrom(...AGENTS),
    }),
  },
  { weight: 1, arbitrary: record({ kind: constantFrom('wait' as const), minutes: constantFrom(1, 4, 11) }) },
);

test('whatever customer, bot, agents and clocks do at once: one speaker in an epoch, and everything said has an owner', async () => {
  const office = await openOffice(sampleDirectory);
  try {
    await assert(
      asyncProperty(array(array(op, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 14 }), (rounds) =>
        play(office, rounds),
      ),
      { numRuns: 30 },
    );
    expect(office.failures).toEqual([]);
  } finally {
    await office.close();
  }
}, 180_000);

async function play(office: Office, rounds: readonly Op[][]): Promise<void> {
  const { storage } = office;
  const clock = { now: NOW };
  const { floor, speaker } = floorOn(storage, () => clock.now);
  const tools = countingTools(NOW);
  const failures: unknown[] = [];
  const watch = new HandoffWatch({
    storage,
    speaker,
    phrases: tools.phrases,
    patience,
    giveUp: giveUp({
      tools: { ...tools, mint: { submissionId: randomUUID, requestNumber: randomUUID } },
      newId: randomUUID,
    }),
    every: MINUTE,
    clock: () => clock.now,
    failed: (error) => failures.push(error),
  });
  await storage.transact(async (unit) => {
    for (const id of AGENTS) await unit.agents.enter(agent({ id, name: id, seenAt: NOW }));
  });
  const visit = await office.visit('pulled', 'sample:admin-direct', 'en');
  const act = async (one: Op): Promise<unknown> => {
    switch (one.kind) {
      case 'write':
        return visit.say(`My printer prints ${randomUUID()}`);
      case 'ask':
        return visit.say('agent');
      case 'leave':
        return visit.say('end chat');
      case 'accept':
        return floor.accept(visit.id, worker(one.by));
      case 'say':
        return floor.say(visit.id, worker(one.by), { id: randomUUID(), text: `from ${one.by}` });
      case 'note':
        return floor.note(visit.id, worker(one.by), { id: randomUUID(), text: `note of ${one.by}` });
      case 'return':
        return floor.giveBack(visit.id, worker(one.by));
      case 'close':
        return floor.close(visit.id, worker(one.by), 'solved');
      case 'release':
        return floor.transfer(visit.id, worker(one.by), null);
      case 'transfer':
        return floor.transfer(visit.id, worker(one.by), worker(AGENTS[one.by === 'agent-1' ? 1 : 0]));
      case 'seen':
        return storage.transact((unit) => unit.agents.seen(one.by, clock.now));
      case 'wait':
        clock.now += one.minutes * MINUTE;
        return watch.round();
    }
  };
  for (const round of rounds) await Promise.all(round.map(act));
  expect(failures).toEqual([]);
  check(await storage.transact((unit) => unit.rows.list(visit.id, 0, 10_000)));
}

/** What the log shows of an epoch: who of the house spoke in it, beside the notices of who speaks now. */
function check(rows: readonly LogRow[]): void {
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_row, at) => at + 1));
  for (const epoch of new Set(rows.map((row) => row.epoch))) {
    const said = rows.filter((row) => row.epoch === epoch);
    const agents = new Set(said.filter(({ role }) => role === 'agent').map(({ body }) => JSON.stringify(body['from'])));
    expect(agents.size).toBeLessThanOrEqual(1);
    const answers = said.filter(({ role, replyTo }) => role === 'bot' && replyTo !== null);
    // What the bot answered was asked before an agent had the word, so both can't be in one epoch.
    if (agents.size === 1) expect(answers).toEqual([]);
  }
  const owners = ownersIn(rows);
  for (const row of rows.filter(({ role, body }) => role === 'user' && body['type'] === 'message')) {
    const owner = owners(row.epoch);
    const isAnswered = rows.some(({ replyTo }) => replyTo === row.seq);
    expect(isAnswered || owner !== 'bot' || changesHands(rows, row), `row ${row.seq} is nobody's`).toBe(true);
  }
}

/** The owner of an epoch, as the log's own events tell it. */
function ownersIn(rows: readonly LogRow[]): (epoch: number) => string {
  const begun = new Map<number, string>();
  for (const { role, body, epoch } of rows) {
    if (role !== 'system') continue;
    const value = body['value'];
    const state = typeof value === 'object' && value !== null && 'state' in value ? value.state : null;
    begun.set(epoch, body['name'] === 'handoff.initiate' ? 'waiting' : state === 'accepted' ? 'agent' : 'bot');
  }
  return (epoch) => begun.get(epoch) ?? 'bot';
}

/** A message that ended an agent's part is answered by the notice of it. */
function changesHands(rows: readonly LogRow[], { seq }: LogRow): boolean {
  return rows.some((row) => row.role === 'system' && row.seq > seq && row.seq <= seq + 2);
}
