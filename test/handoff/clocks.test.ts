import { describe, expect, it } from 'vitest';
import { overdue } from '#src/handoff/clocks.ts';
import type { Overdue, Timed } from '#src/handoff/clocks.ts';
import type { AgentRecord } from '#src/handoff/agent.ts';
import { agent, NOON } from '../storage/samples.ts';

const MINUTE = 60_000;
const patience = { gone: 1.5 * MINUTE, widen: 2 * MINUTE, file: 15 * MINUTE };
const line = (ownedSince: number, widened = false): Timed => ({ owner: 'waiting', agent: null, ownedSince, widened });
const held = (ownedSince: number): Timed => ({ owner: 'agent', agent: 'agent-1', ownedSince, widened: false });
const seen = (seenAt: number, presence: AgentRecord['presence'] = 'on-duty') => agent({ seenAt, presence });
const lost = (reason: 'agent-gone' | 'agent-signed-out'): Overdue => ({ kind: 'lose', agent: 'agent-1', reason });

describe('what time alone makes of a conversation', () => {
  it.each<[string, Timed, AgentRecord | undefined, Overdue]>([
    ['nothing while the bot has it', { owner: 'bot', agent: null, ownedSince: 0, widened: false }, undefined, null],
    ['two minutes in line, less a millisecond', line(NOON - 2 * MINUTE + 1), undefined, null],
    ['two minutes in line: everybody is asked', line(NOON - 2 * MINUTE), undefined, { kind: 'widen' }],
    ['asked once', line(NOON - 3 * MINUTE, true), undefined, null],
    ['a quarter of an hour, less a millisecond', line(NOON - 15 * MINUTE + 1, true), undefined, null],
    ['a quarter of an hour: nobody came', line(NOON - 15 * MINUTE, true), undefined, { kind: 'give-up' }],
    ['nobody came, and nobody was asked while the office was down', line(0), undefined, { kind: 'give-up' }],
    ['an agent who is there', held(0), seen(NOON - MINUTE), null],
    ['an agent whose desk is silent, just not too long', held(0), seen(NOON - 1.5 * MINUTE), null],
    ['an agent whose desk is silent', held(0), seen(NOON - 1.5 * MINUTE - 1), lost('agent-gone')],
    ['given to somebody a moment ago, not heard of since', held(NOON - MINUTE), seen(0), null],
    ['an agent who is away keeps whom they have', held(0), seen(NOON, 'away'), null],
    ['an agent who signed out', held(0), seen(NOON, 'gone'), lost('agent-signed-out')],
    ['an agent whom nobody knows', held(0), undefined, lost('agent-gone')],
  ])('%s', (_sentence, talk, record, expected) => {
    expect(overdue(talk, record, patience, NOON)).toEqual(expected);
  });
});
