import { z } from 'zod';
import { CODE_STATES, standingOf } from '#src/handoff/code.ts';
import type { Unit } from '#src/log/ports.ts';

/** Whether a person showed by a code that they belong to the organization. `none`: no code was sent. */
export const verificationSchema = z.object({
  state: z.enum(['none', ...CODE_STATES]),
  /** The address in part. */
  to: z.string().nullable(),
  sentAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  triesLeft: z.number().int().nullable(),
  /** When it came to `verified`, `used-up` or `expired`. */
  at: z.iso.datetime().nullable(),
});
export type Verification = z.infer<typeof verificationSchema>;

const NONE: Verification = { state: 'none', to: null, sentAt: null, expiresAt: null, triesLeft: null, at: null };

const iso = (at: number): string => new Date(at).toISOString();

export async function verificationOf(
  conversation: string,
  unit: Pick<Unit, 'codes'>,
  now: number,
): Promise<Verification> {
  const code = await unit.codes.of(conversation);
  if (!code) return NONE;
  const { to, sentAt, expiresAt, triesLeft, decidedAt } = code;
  const state = standingOf(code, now);
  const at = state === 'expired' ? expiresAt : decidedAt;
  return { state, to, sentAt: iso(sentAt), expiresAt: iso(expiresAt), triesLeft, at: at === null ? null : iso(at) };
}
