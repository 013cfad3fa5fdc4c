import { expect, test } from 'vitest';
import { OFFERINGS } from '#knowledge/schema.ts';
import type { Agent } from '#src/desk/agents.ts';
import { Followed } from '#src/desk/followed.ts';
import { conversation } from '../storage/samples.ts';

const mine = { id: 'agent-1', name: 'Li', role: 'agent', queues: ['o365-21vianet'] } as const satisfies Agent;
const boss = { ...mine, id: 'boss', role: 'supervisor', queues: OFFERINGS } as const satisfies Agent;

const waits = conversation({ id: 'a', owner: 'waiting', epoch: 1 });
const taken = conversation({ id: 'a', owner: 'agent', agent: 'agent-2', epoch: 2 });
const passed = conversation({ id: 'a', owner: 'agent', agent: 'agent-3', epoch: 3 });
const given = conversation({ id: 'a', owner: 'agent', agent: 'agent-1', epoch: 4 });

test('of a colleague’s conversation a desk is told once that it is one, each time that it changes hands', () => {
  const followed = new Followed(mine);
  expect([waits, taken, taken, passed, passed, given, given].map((one) => followed.take(one))).toEqual([
    'all',
    'all',
    'something',
    'all',
    'something',
    'all',
    'all',
  ]);
});

test('also where the desk never saw the person wait, as in a line that is longer than anybody reads', () => {
  const followed = new Followed(mine);
  expect(followed.take(taken)).toBe('all');
  expect(followed.has('a')).toBe(false);
});

test('a supervisor is told everything; of another queue nobody hears anything', () => {
  const [all, none] = [new Followed(boss), new Followed({ ...mine, queues: ['azure-21vianet'] })];
  expect([waits, taken, taken].map((one) => all.take(one))).toEqual(['all', 'all', 'all']);
  expect([waits, taken].map((one) => none.take(one))).toEqual(['nothing', 'nothing']);
});
