import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { offeringIdSchema } from '#knowledge/schema.ts';
import type { Incident } from '#src/intake/ports.ts';
import { SAMPLE_INCIDENTS } from './people.ts';

/** An incident that is tried out; one that is over is not shown, but who waits for its end hears of it. */
export interface SampleIncident extends Incident {
  readonly state?: 'current' | 'over' | undefined;
}

const words = z.string().min(1).max(300);
const fileSchema = z.array(
  z.strictObject({
    id: z.string().regex(/^[A-Z]{2,4}\d{1,12}$/i, 'must look like EX123456'),
    offering: offeringIdSchema,
    service: words,
    title: words,
    status: words.default('serviceDegradation'),
    startedAt: z.iso.datetime(),
    keywords: z.array(words).max(200),
    state: z.enum(['current', 'over']).optional(),
  }),
);

/** What is wrong with the file, for the log: no text out of it. */
export type Unreadable = (error: unknown) => void;

/**
 * The incidents of local mode: the built-in ones, or those of `sample-incidents.json` in `dataDir`, which is read again when
 * it changes. A file that can't be read leaves what was known before, and is told once.
 */
export function sampleIncidents(dataDir: string, unreadable: Unreadable): () => readonly SampleIncident[] {
  const path = join(dataDir, 'sample-incidents.json');
  let seen = '';
  let known: readonly SampleIncident[] = SAMPLE_INCIDENTS;
  return () => {
    const found = statSync(path, { throwIfNoEntry: false });
    const version = found ? `${found.mtimeMs}|${found.size}|${found.ino}` : '';
    if (version === seen) return known;
    seen = version;
    try {
      known = found ? fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : SAMPLE_INCIDENTS;
    } catch (error) {
      unreadable(error);
    }
    return known;
  };
}
