import { expect, it, vi } from 'vitest';
import type { Fresh } from '../../src/outside/graph/memory.ts';
import { Memory } from '../../src/outside/graph/memory.ts';

const none = () => ({ value: 0, ms: 0 });
const lost = () => ({ value: 'lost', ms: 30 });

it('whoever asks meanwhile waits for the same answer, and later has it at once', async () => {
  const memory = new Memory<string>({ clock: () => 0, most: 10 });
  const ask = vi.fn<() => Promise<Fresh<string>>>(async () => ({ value: 'told', ms: 100 }));
  const first = memory.get('a', ask, lost);
  expect(memory.get('a', ask, lost)).toBe(first);
  expect(await first).toBe('told');
  expect(memory.get('a', ask, lost)).toBe('told');
  expect(ask).toHaveBeenCalledTimes(1);
});

it('an answer that can not be made sense of is lost for a while, and asked again then', async () => {
  let now = 0;
  const memory = new Memory<string>({ clock: () => now, most: 10 });
  expect(await memory.get('a', () => Promise.reject(new Error('no')), lost)).toBe('lost');
  now = 29;
  expect(memory.get('a', async () => ({ value: 'told', ms: 1 }), lost)).toBe('lost');
  now = 30;
  expect(await memory.get('a', async () => ({ value: 'told', ms: 1 }), lost)).toBe('told');
});

it('keeps the latest, and no more than it may', async () => {
  const memory = new Memory<number>({ clock: () => 0, most: 2 });
  for (const at of [1, 2, 3]) await memory.get(`${at}`, async () => ({ value: at, ms: 1 }), none);
  expect(memory.get('3', () => Promise.reject(new Error('asked')), none)).toBe(3);
  expect(memory.get('2', () => Promise.reject(new Error('asked')), none)).toBe(2);
  expect(memory.get('1', async () => ({ value: 11, ms: 1 }), none)).toBeInstanceOf(Promise);
});
