import { z } from 'zod';
import type { Delivery } from './delivery.ts';

/** One line: what breaks a line in a header could begin another header. */
const line = z.string().regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'must be one line');

/** A mail as the house writes it: to one person, plain text. */
export const letterSchema = z.object({
  to: line.regex(/^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,255}$/, 'must be one address'),
  subject: line.max(200),
  text: z.string().max(50_000),
  /** BCP 47. */
  language: z.string(),
});
export type Letter = z.infer<typeof letterSchema>;

/** A mail server. */
export interface Post {
  /** Sends it; `key` is the same at every repeat, and becomes the message's id, so that a repeat can be recognised. */
  send(letter: Letter, key: string): Promise<Delivery<void>>;
}
