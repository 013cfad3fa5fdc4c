import { NOTHING_KNOWN } from '#src/intake/nobody.ts';
import type { Directory } from '#src/intake/ports.ts';

/** Where no directory is connected: nothing is known, so the person is asked, and every request says "unverified". */
export const unknownDirectory: Directory = {
  find: () => NOTHING_KNOWN,
  incidents: () => [],
  incidentState: () => Promise.resolve('unknown'),
};
