import { expect, it } from 'vitest';
import { worldOf } from '#bot/world.ts';
import type { PersonRef } from '#src/intake/ports.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { sampleDirectory } from '../../src/outside/sample/directory.ts';
import { at } from './steps.ts';

/** "Bound to the signed-in identity": what an unknown visitor filed elsewhere is not shown here, though the key is the same. */

const filed = at('submitted').requests[0]!;
const requests: ServiceRequest[] = [
  { ...filed, number: 'SR-HERE-0001', conversation: 'here' },
  { ...filed, number: 'SR-ELSE-0001', conversation: 'elsewhere' },
];
const seenBy = (as: string): string[] => {
  const person: PersonRef = { channel: 'test', userId: `sample:${as}`, tenant: null, objectId: null, vouched: null };
  return worldOf({ person, directory: sampleDirectory, conversation: 'here' }, { requests })
    .requests()
    .map(({ number }) => number);
};

it('who is signed in sees all of their own requests, who isn’t only those of this conversation', () => {
  expect(seenBy('user')).toEqual(['SR-HERE-0001', 'SR-ELSE-0001']);
  expect(seenBy('anonymous')).toEqual(['SR-HERE-0001']);
});
