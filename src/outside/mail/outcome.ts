import { z } from 'zod';
import { later, refused, UNREACHABLE } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';

/** What nodemailer says of a failure; its message may quote the address, so it goes no further. */
const failureSchema = z.object({
  code: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
});

/** Said of us or of the whole conversation, not of this mail: mending the settings delivers what waits. */
const OURS: Readonly<Record<string, string>> = { EAUTH: 'unauthorized', ENOAUTH: 'unauthorized', ETLS: 'no-tls' };

/** 4xx: not now (RFC 5321 section 4.2.1; greylisting is one). 5xx: never. No answer: it may have been taken, or not. */
export function outcomeOf(error: unknown): Delivery<never> {
  const known = failureSchema.safeParse(error);
  const { code = '', command = '', responseCode: status } = known.success ? known.data : {};
  const ours = OURS[code];
  if (ours !== undefined) return later(ours);
  if (status !== undefined && status >= 500) return refused(`smtp-${status}`);
  if (status !== undefined && status >= 400) return later(`smtp-${status}`);
  return later(command === 'DATA' ? 'uncertain' : UNREACHABLE);
}
