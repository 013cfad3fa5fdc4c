import { expect, test } from 'vitest';
import { Rounds } from '#src/log/rounds.ts';

class Counting extends Rounds {
  rounds = 0;
  atOnce = 0;
  most = 0;
  readonly told: unknown[];
  readonly #work: (rounds: number) => Promise<void>;

  constructor(work: (rounds: number) => Promise<void>) {
    const told: unknown[] = [];
    super({ every: 1, failed: (error) => told.push(error) });
    this.told = told;
    this.#work = work;
  }

  get isStopped(): boolean {
    return this.stopped;
  }

  override async round(): Promise<void> {
    this.rounds += 1;
    this.most = Math.max(this.most, (this.atOnce += 1));
    try {
      await this.#work(this.rounds);
    } finally {
      this.atOnce -= 1;
    }
  }
}

test('round follows round, one at a time, also after one that failed, however often it is started', async () => {
  const watch = new Counting(async (rounds) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (rounds === 1) throw new Error('the first one');
  });
  watch.start();
  watch.start();
  await expect.poll(() => watch.rounds).toBeGreaterThan(3);
  expect(watch.told).toEqual([new Error('the first one')]);
  await watch.stop();
  expect(watch.most).toBe(1);
});

test('stopped, it waits for the round that is under way, which sees it, and begins no other', async () => {
  const { promise: underWay, resolve: end } = Promise.withResolvers<void>();
  const watch = new Counting(() => underWay);
  watch.start();
  let ended = false;
  const stopping = watch.stop().then(() => (ended = true));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect({ ended, stopped: watch.isStopped }).toEqual({ ended: false, stopped: true });
  end();
  await stopping;
  watch.start();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(watch.rounds).toBe(1);
});
