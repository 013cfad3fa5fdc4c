import { set } from './setting.ts';
import { whole } from './values.ts';

const seconds = (title: string, meaning: string, byDefault: number) =>
  set(whole(1, 1_000_000), title, meaning, [String(byDefault), String(byDefault)]);

/** The clocks of the agents' desk. */
export const DESK = {
  DESK_GONE_S: seconds(
    'Agent gone',
    'seconds without a sign of life from an agent’s desk; then who they had is put back in line',
    90,
  ),
  HANDOFF_WIDEN_S: seconds(
    'Widen',
    'seconds until somebody whom nobody fitting took is shown to everybody on duty',
    120,
  ),
  HANDOFF_FILE_S: seconds('Nobody came', 'seconds until somebody whom nobody took gets a request filed by itself', 900),
  LEVEL_WARNING_S: seconds(
    'Before a level falls',
    'seconds that a customer has after a warning; no source states a time, so two hours are an assumption',
    7_200,
  ),
  HANDOFF_EVERY_S: seconds('Handoff clocks', 'seconds between two looks at who waits and whose agent is gone', 5),
  PROMISE_WARN_PERCENT: set(
    whole(1, 99),
    'Warning of a promise',
    'share of its time, in percent, that is left when the desk is warned that a promise runs out',
    ['25', '40'],
  ),
  PROMISE_WARN_LONGEST_S: seconds(
    'Earliest warning',
    'seconds before its time at which that warning comes at the earliest',
    14_400,
  ),
  PROMISE_RENEWALS: set(
    whole(0, 10),
    'Renewals',
    'how often a broken promise is given a new time by itself; after that only a person promises again',
    ['1', '0'],
  ),
  PROMISE_EVERY_S: seconds('Promise clock', 'seconds between two looks at what was promised', 15),
} as const;
