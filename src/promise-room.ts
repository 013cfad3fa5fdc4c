import { randomUUID } from 'node:crypto';
import { Pledges } from '#bot/pledges.ts';
import { PromiseWatch } from '#bot/promise-watch.ts';
import type { Book } from '#knowledge/book.ts';
import type { Config } from './config.ts';
import type { Log } from './http/log.ts';
import type { JobHandler } from './log/jobs.ts';
import type { Storage } from './log/ports.ts';
import type { Speaker } from './log/speak.ts';

/** What was promised: the clock that looks after it, and what agents promise themselves. */
export interface PromiseRoom {
  readonly promises: PromiseWatch;
  readonly pledges: Pledges;
}

interface PromiseRoomOptions {
  readonly config: Config;
  readonly storage: Storage;
  readonly speaker: Speaker;
  readonly book: Book;
  readonly clock: () => number;
  readonly failed: (error: unknown) => void;
}

export function promiseRoom({ config, storage, speaker, book, clock, failed }: PromiseRoomOptions): PromiseRoom {
  const { PROMISE_WARN_PERCENT, PROMISE_WARN_LONGEST_S, PROMISE_RENEWALS, PROMISE_EVERY_S } = config;
  const common = { storage, speaker, phrases: book.phrases, rules: book.rules };
  const patience = {
    warnShare: PROMISE_WARN_PERCENT / 100,
    warnLongest: PROMISE_WARN_LONGEST_S * 1_000,
    renewals: PROMISE_RENEWALS,
  };
  const every = PROMISE_EVERY_S * 1_000;
  const promises = new PromiseWatch({ ...common, patience, every, clock, newId: randomUUID, failed });
  return { promises, pledges: new Pledges(common) };
}

/** Notices to whoever supervises: in the log, on which operators set their alarms, and in the agents' channel. */
export function noticeHandlers(
  log: Log,
  tell: (key: string, request: string) => Promise<void>,
): Record<string, JobHandler> {
  return {
    notice: async ({ key, payload: { kind, request } }) => {
      log.warn('notice', { kind, request });
      if (typeof request === 'string') await tell(key, request);
    },
  };
}
