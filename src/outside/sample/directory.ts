import type { Directory, PersonFacts } from '#src/intake/ports.ts';
import type { SampleIncident } from './incidents.ts';
import { SAMPLE_INCIDENTS, SAMPLE_PEOPLE } from './people.ts';

const PREFIX = 'sample:';
const NAMES = Object.keys(SAMPLE_PEOPLE);
const OBJECT_ID = /^00000000-0000-0000-0000-0000000000(\d\d)$/;

/** Everybody whom the sample directory doesn't know is a visitor who isn't signed in. */
function visitor(): PersonFacts {
  const anonymous = SAMPLE_PEOPLE['anonymous'];
  if (!anonymous) throw new Error('the sample directory lacks its visitor');
  return anonymous;
}

/** The sample people by their keys, and incidents as they are just now; it answers at once, so no turn waits for it. */
export function sampleDirectoryWith(incidents: () => readonly SampleIncident[]): Directory {
  return {
    find({ userId }) {
      const id = userId.startsWith(PREFIX) ? userId.slice(PREFIX.length) : '';
      return (Object.hasOwn(SAMPLE_PEOPLE, id) ? SAMPLE_PEOPLE[id] : undefined) ?? visitor();
    },
    incidents: (_person, offering) => incidents().filter((one) => one.offering === offering && isCurrent(one)),
    incidentState: (_person, offering, id) =>
      Promise.resolve(
        incidents().some((one) => one.id === id && one.offering === offering && isCurrent(one)) ? 'current' : 'over',
      ),
  };
}

function isCurrent({ state }: SampleIncident): boolean {
  return state !== 'over';
}

/** With the incidents that are built in. */
export const sampleDirectory: Directory = sampleDirectoryWith(() => SAMPLE_INCIDENTS);

/** The key of the sample person behind an Entra object id (`…-0000000000NN`), or null. */
export function sampleKey(aadObjectId: string | undefined): string | null {
  const number = Number(OBJECT_ID.exec(aadObjectId ?? '')?.[1] ?? 0);
  const name = NAMES[number - 1];
  return name === undefined || name === 'anonymous' ? null : `${PREFIX}${name}`;
}

/** The sample people as the demo page lists them. */
export function listSamplePeople(): { id: string; offering: string; person: string; language: string }[] {
  return Object.entries(SAMPLE_PEOPLE).map(([id, { offering, name, roleName, language }]) => ({
    id,
    offering: offering ?? '',
    person: [name, roleName].filter(Boolean).join(' · '),
    language: language ?? 'en',
  }));
}
