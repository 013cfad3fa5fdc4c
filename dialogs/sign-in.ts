import type { Case } from './case.ts';
import type { Context } from './question.ts';
import { say } from './question.ts';
import type { Reply } from './reply.ts';

/** The person may sign in instead of answering; whoever doesn't is asked, and what they say is "unverified". */

/** Who didn't want to isn't asked again all day. */
const AGAIN_MS = 24 * 60 * 60_000;

/** Beside a question that a sign-in would spare; null where it spares none, or can't be had. */
export function signInBeside(context: Context): Reply | null {
  const { case: known, tools, world } = context;
  const spares = known.step === 'admin' || known.step === 'purchase';
  if (!spares || !world.signIn || tools.now - known.signInOfferedAt < AGAIN_MS) return null;
  const offer = world.signIn();
  if (offer === null) return null;
  const signIn = { ...offer, button: context.text('sign-in.button') };
  return say(context, context.text('sign-in.offer'), { signIn, apart: true });
}

export function offered(known: Case, now: number): Case {
  return { ...known, signInOfferedAt: now };
}

/** What is said to somebody who has just signed in. */
export function signedInNote(context: Context): Reply {
  const { facts } = context.case;
  const isTold = facts !== null && (facts.role !== 'unknown' || facts.purchase !== 'unknown');
  return say(context, context.text(isTold ? 'sign-in.done' : 'sign-in.nothing'));
}
