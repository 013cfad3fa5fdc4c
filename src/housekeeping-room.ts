import type { Config } from './config.ts';
import type { Log } from './http/log.ts';
import { Housekeeping } from './log/housekeeping.ts';
import type { Storage } from './log/ports.ts';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** Who lets go of what is long over. */
export function housekeepingRoom(config: Config, storage: Storage, log: Log): Housekeeping {
  return new Housekeeping({
    storage,
    keep: { finished: config.KEEP_DAYS * DAY_MS, talks: config.KEEP_TALKS_DAYS * DAY_MS },
    every: HOUR_MS,
    clock: Date.now,
    went: (what, count) => log.info('housekeeping', { kind: what, count }),
    failed: (error) => log.error('failed', { kind: 'housekeeping', error }),
  });
}
