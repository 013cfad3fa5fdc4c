import { NOTHING_KNOWN } from '#src/intake/nobody.ts';
import type { Directory } from '#src/intake/ports.ts';

/**
 * Where no directory is connected: nothing is known, so the person is asked, and every request says "unverified". Whose
 * object id is proven has signed in, though: they aren't treated like somebody who is locked out.
 */
export const unknownDirectory: Directory = {
  find: ({ objectId, tenant }) => (objectId === null ? NOTHING_KNOWN : { ...NOTHING_KNOWN, signedIn: true, tenant }),
  incidents: () => [],
  incidentState: () => Promise.resolve('unknown'),
};
