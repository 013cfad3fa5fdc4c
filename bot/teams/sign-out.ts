import { z } from 'zod';
import { Hopeless, Later } from '#src/log/jobs.ts';
import type { JobHandler } from '#src/log/jobs.ts';
import type { SignIn } from './sign-in.ts';

/** Kind of the jobs that tell the token service that somebody signed out. */
export const SIGN_OUT = 'sign-out';

const payloadSchema = z.object({ channelId: z.string(), userId: z.string() });

export function signOutJob(signIn: SignIn | null): JobHandler {
  return async ({ payload }) => {
    const holder = payloadSchema.safeParse(payload);
    if (!holder.success || !signIn) throw new Hopeless('no-sign-in');
    try {
      await signIn.signOut(holder.data);
    } catch {
      // Whatever it was, it holds the person's id: only that it failed is told.
      throw new Later('token-service');
    }
  };
}
