import { filedMail } from '#dialogs/mail.ts';
import type { Book } from '#knowledge/book.ts';
import type { Config } from './config.ts';
import type { JobHandler } from './log/jobs.ts';
import { mailHandlers } from './log/mail.ts';
import type { Storage } from './log/ports.ts';
import type { Seal } from './log/seal.ts';
import { smtpPost } from './outside/mail/smtp.ts';
import type { Letter } from './requests/letter.ts';

/** The handlers of mail: through the mail server that is set; without one, mails are kept and shown on the desk. */
export function mailRoom(config: Config, storage: Storage, book: Book, seal: Seal): Record<string, JobHandler> {
  const post = config.mail && smtpPost({ ...config.mail, requireTls: config.mode === 'production' });
  const filed = (number: string, to: string) => confirmationOf(number, to, storage, book);
  return mailHandlers({ storage, post, seal, filed, clock: Date.now });
}

async function confirmationOf(number: string, to: string, storage: Storage, book: Book): Promise<Letter | null> {
  const request = await storage.transact((unit) => unit.requests.byNumber(number));
  if (!request) return null;
  const zone = book.rules.offerings[request.offering].zone?.value ?? request.contact.timeZone ?? 'UTC';
  return { to, ...filedMail(request, zone, book.phrases), language: request.language };
}
