import { Refusal, type Answer, type Route } from './call.ts';

/** Something that must work for this server to serve; its name is the reason code, so it holds no secret. */
export interface Check {
  readonly name: string;
  /** Throws or rejects when it doesn't work. */
  run(): void | Promise<void>;
}

export interface HealthOptions {
  readonly draining: () => boolean;
  readonly checks: readonly Check[];
  /** Reason codes of what doesn't keep this server from serving, but somebody should mend; no secrets. */
  readonly warnings?: () => readonly string[];
  /** Milliseconds that one check may take; default 2 000. */
  readonly deadline?: number;
}

const BEAT_MS = 250;
/** A loop that stood still for longer than this is not alive, and its probe should see it for a while. */
const BLOCKED_MS = 2_000;
const REMEMBERED_MS = 5_000;
/** How long an answer of the checks is good for: a probe a second is enough, a flood must not reach the database. */
const FRESH_MS = 250;

const OK: Answer = { status: 200, json: { status: 'ok' } };
const notReady = (code: string) => new Refusal(503, code, 'Not ready to serve.', { 'Retry-After': '1' });

/** Watches how late a timer comes; the worst delay of the last seconds is how long the event loop stood still. */
function watchLoop(): () => number {
  let last = performance.now();
  let worst = 0;
  let worstAt = 0;
  const beat = () => {
    const now = performance.now();
    const late = now - last - BEAT_MS;
    if (late > worst || now - worstAt > REMEMBERED_MS) [worst, worstAt] = [late, now];
    last = now;
  };
  setInterval(beat, BEAT_MS).unref();
  return () => Math.max(worst, performance.now() - last - BEAT_MS);
}

async function passes(check: Check, deadline: number): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), deadline).unref());
  const works = async () => {
    await check.run();
    return true;
  };
  return Promise.race([works().catch(() => false), late]);
}

/** Names of the checks that fail now; concurrent askers share one run. */
function failing(checks: readonly Check[], deadline: number): () => Promise<readonly string[]> {
  let at = -Infinity;
  let current: Promise<readonly string[]> = Promise.resolve([]);
  const run = async () => {
    const results = await Promise.all(checks.map((check) => passes(check, deadline)));
    at = performance.now();
    return checks.filter((_, index) => results[index] === false).map(({ name }) => name);
  };
  return () => {
    if (performance.now() - at > FRESH_MS) {
      at = Infinity; // until this run ends
      current = run();
    }
    return current;
  };
}

/**
 * `/healthz`: this process is alive (503 `event-loop-blocked` after it stood still). `/readyz`: it serves; 503 with
 * `draining` or the name of the check that fails, and with 200 the codes of warnings, where there are any. Neither tells a version, a host or a message of an error.
 */
export function healthRoutes({ draining, checks, warnings = () => [], deadline = 2_000 }: HealthOptions): Route[] {
  const delay = watchLoop();
  const broken = failing(checks, deadline);
  const live = () => {
    if (delay() > BLOCKED_MS) throw new Refusal(503, 'event-loop-blocked', 'This process stood still.');
    return OK;
  };
  const ready = async () => {
    if (draining()) throw notReady('draining');
    const [first] = await broken();
    // The signal may have come while the checks ran.
    if (draining()) throw notReady('draining');
    if (first !== undefined) throw notReady(first);
    const codes = warnings();
    return codes.length === 0 ? OK : { status: 200, json: { status: 'ok', warnings: codes } };
  };
  return [
    { method: 'GET', path: '/healthz', handle: live },
    { method: 'GET', path: '/readyz', handle: ready },
  ];
}
