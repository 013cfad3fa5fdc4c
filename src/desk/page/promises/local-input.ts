const MINUTE = 60_000;
/** Nobody promises an odd minute. */
const STEP = 5 * MINUTE;

export const roundedUp = (at: number): number => Math.ceil(at / STEP) * STEP;

/** An instant as `datetime-local` has it: in the browser's zone, to the minute. */
export function localInput(at: number): string {
  const offset = new Date(at).getTimezoneOffset() * MINUTE;
  return new Date(at - offset).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}
