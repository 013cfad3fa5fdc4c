import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceWordsSchema } from './schema.ts';
import type { ServiceWords } from './schema.ts';

/**
 * The words by which people name a service and its symptoms, in all languages (`services.json`): service health speaks of
 * "Exchange Online", people of their mail. Throws where the file can't be read.
 */
export function readServiceWords(dir: string): ServiceWords {
  return serviceWordsSchema.parse(JSON.parse(readFileSync(join(dir, 'services.json'), 'utf8')));
}
