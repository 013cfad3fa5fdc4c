import { z } from 'zod';
import { letterSchema } from '#src/requests/letter.ts';
import type { Letter, Post } from '#src/requests/letter.ts';
import { Hopeless, settle } from './jobs.ts';
import type { JobHandler } from './jobs.ts';
import type { Job, Storage } from './ports.ts';
import type { Seal } from './seal.ts';

/** Mail is a job of this kind, written in the transaction of whatever it tells of. */
const KIND = 'mail';

const payloadSchema = z.union([
  /** Put into words when it is sent. */
  z.object({ about: z.literal('filed'), number: z.string(), to: z.string() }),
  /** A letter that may be read by nobody but the addressee; worth nothing after `until`. */
  z.object({ sealed: z.string(), until: z.number() }),
]);
type Payload = z.infer<typeof payloadSchema>;

/** The mail that confirms a filed request. */
export function confirmation(id: string, number: string, { to, at }: { to: string; at: number }): Job {
  return { ...mailJob({ about: 'filed', number, to }, { id, key: `mail:filed:${number}`, at }), request: number };
}

/** A mail with something secret in it: it waits under seal, and is dropped when nobody wants it any more. */
export function sealedMail(
  letter: Letter,
  seal: Seal,
  of: { id: string; key: string; at: number; until: number },
): Job {
  return mailJob({ sealed: seal.close(letter), until: of.until }, of);
}

function mailJob(payload: Payload, { id, key, at }: { id: string; key: string; at: number }): Job {
  return { id, kind: KIND, key, payload, attempts: 0, runAt: at, createdAt: at, lastError: null };
}

export interface MailOptions {
  readonly storage: Storage;
  /** null: no mail server is connected, so mails are kept and shown on the desk. */
  readonly post: Post | null;
  readonly seal: Seal;
  /** The confirmation of a request in words; null where that request is gone. */
  readonly filed: (number: string, to: string) => Promise<Letter | null>;
  readonly clock: () => number;
}

/** The handlers of mail. `mail.filed` is the kind under which earlier versions wrote the confirmation. */
export function mailHandlers(options: MailOptions): Record<string, JobHandler> {
  const deliver = deliverer(options);
  return {
    [KIND]: deliver,
    'mail.filed': (job) => deliver({ ...job, payload: { ...job.payload, about: 'filed' } }),
  };
}

function deliverer({ storage, post, seal, filed, clock }: MailOptions): JobHandler {
  return async ({ key, payload, createdAt }) => {
    const known = payloadSchema.safeParse(payload);
    if (!known.success) throw new Hopeless('unreadable');
    const what = known.data;
    if ('until' in what && clock() >= what.until) return;
    const letter = 'sealed' in what ? opened(what.sealed, seal) : await filed(what.number, what.to);
    if (!letter) throw new Hopeless('request-gone');
    const fit = letterSchema.safeParse(letter);
    if (!fit.success) throw new Hopeless('not-a-letter');
    if (post) return settle(await post.send(fit.data, key));
    const { to, subject, text } = fit.data;
    await storage.transact((unit) => unit.mails.add({ id: key, to, subject, text, at: createdAt }));
  };
}

function opened(sealed: string, seal: Seal): Letter {
  try {
    return letterSchema.parse(seal.open(sealed));
  } catch {
    // Its key was taken away meanwhile: nobody can read it any more.
    throw new Hopeless('unreadable');
  }
}
