import type { Door } from './door.ts';
import type { Log } from './log.ts';

export interface SignalHooks {
  readonly log: Log;
  /** All of the shutdown together, in milliseconds. */
  readonly within: number;
  /** At once: owners of WebSockets close them (1012 or 1001), loops stop taking new work. */
  readonly closing?: () => void | Promise<void>;
  /** When no request is left: finish turns, close the storage. */
  readonly closed?: () => void | Promise<void>;
  /** For tests; `process.exit` otherwise. */
  readonly exit?: (code: number) => void;
}

const leave = (code: number): void => process.exit(code);

/**
 * SIGTERM and SIGINT end the server in order, with exit code 0; a second signal ends it at once. What nobody caught is
 * logged and ends the process with 1: the state of a program after such an error is unknown, and everything accepted is
 * in the log. Returns a function that takes the listeners off again.
 */
export function onSignals(door: Pick<Door, 'drain'>, hooks: SignalHooks): () => void {
  const { log, within, exit = leave } = hooks;
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) return exit(1);
    stopping = true;
    log.info('stopping', { signal });
    setTimeout(() => {
      log.warn('stopped-late', { ms: within });
      exit(0);
    }, within).unref();
    stop(door, hooks, signal).then(
      () => exit(0),
      (error: unknown) => {
        log.error('stop-failed', { error });
        exit(1);
      },
    );
  };
  const onFatal = (error: unknown): void => {
    log.error('fatal', { error });
    exit(1);
  };
  const events = [
    ['SIGTERM', onSignal],
    ['SIGINT', onSignal],
    ['uncaughtException', onFatal],
    ['unhandledRejection', onFatal],
  ] as const;
  for (const [event, listener] of events) process.on(event, listener);
  return () => {
    for (const [event, listener] of events) process.off(event, listener);
  };
}

async function stop(door: Pick<Door, 'drain'>, hooks: SignalHooks, signal: NodeJS.Signals): Promise<void> {
  // Two tenths stay for what comes after the last request. Ctrl-C has nobody who asks for readiness.
  const drained = door.drain(hooks.within * 0.8, signal === 'SIGINT' ? 0 : undefined);
  await Promise.all([drained, hooks.closing?.()]);
  await hooks.closed?.();
}
