import { stretches } from './schedule.ts';
import type { Schedule } from './work.ts';

/** Is it open now, and if not, when next? Instants are epoch milliseconds; `stated` is false where no hours are known. */
export interface Opening {
  stated: boolean;
  openNow: boolean;
  opensAt: number | null;
  /** The opening rests on a year whose calendar isn't known. */
  provisional: boolean;
}

/** The opening state of a schedule at an instant. Closing time itself is closed; 24:00 is the end of the day. */
export function openingAt(schedule: Schedule | undefined, now: number): Opening {
  if (schedule === undefined) return { stated: false, openNow: false, opensAt: null, provisional: false };
  if (schedule.kind === 'always') return { stated: true, openNow: true, opensAt: null, provisional: false };
  for (const { start, known } of stretches(schedule, now)) {
    const openNow = start <= now;
    return { stated: true, openNow, opensAt: openNow ? null : start, provisional: !known };
  }
  throw new Error('A schedule that never opens');
}
