import { z } from 'zod';
import { cannedSchema, type Canned } from '#knowledge/schema.ts';
import { get } from './call.ts';
import { Shelf } from './shelf.ts';

/** Replies that are written already, in every language. */
export const canned = new Shelf<readonly Canned[]>([]);

export async function readCanned(): Promise<void> {
  const found = await get('/desk/api/canned', z.array(cannedSchema));
  if (found.ok) canned.set(found.value);
}
