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
} as const;
