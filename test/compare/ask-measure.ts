/** Percentiles in microseconds. */
export interface Speed {
  p50: number;
  p99: number;
}

const ROUNDS = 5;

/**
 * How long `run` takes for each input, in microseconds: of several rounds the shortest counts, because the machine is shared
 * and what others do in between is no property of what is measured.
 */
export function speedOf<T>(inputs: readonly T[], run: (input: T) => unknown, rounds = ROUNDS): Speed {
  const best = inputs.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (const [at, input] of inputs.entries()) {
      const start = performance.now();
      run(input);
      best[at] = Math.min(best[at] ?? Infinity, (performance.now() - start) * 1000);
    }
  }
  const sorted = best.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Milliseconds of processor time that `run` takes: others on the machine don't count. */
export function millisecondsOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
