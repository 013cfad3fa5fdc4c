import { createHash } from 'node:crypto';
import type { SendMailOptions, Transporter } from 'nodemailer';
import { done } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import type { Letter, Post } from '#src/requests/letter.ts';
import { outcomeOf } from './outcome.ts';

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS. */
  readonly secure: boolean;
  /** Nothing is said to a server that offers no TLS. */
  readonly requireTls: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly from: { readonly name: string; readonly address: string };
  /** Certificates to believe beside the usual ones; for tests. */
  readonly ca?: string;
  /** For tests: how long the server may be silent. */
  readonly silentMs?: number;
}

/** All of it together stays below the lease of a job. */
const CONNECT_MS = 8_000;
const SILENT_MS = 12_000;

/** Sends through a mail server by SMTP. The library is loaded with the first mail. */
export function smtpPost(options: SmtpOptions): Post {
  let transport: Promise<Transporter> | undefined;
  return {
    send: async (letter, key) => {
      transport ??= open(options);
      return send(await transport, messageOf(letter, key, options));
    },
  };
}

async function open(options: SmtpOptions): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  const { host, port, secure, requireTls, user, password, ca, silentMs = SILENT_MS } = options;
  return createTransport({
    host,
    port,
    secure,
    requireTLS: requireTls,
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
    connectionTimeout: Math.min(CONNECT_MS, silentMs),
    dnsTimeout: Math.min(CONNECT_MS, silentMs),
    greetingTimeout: silentMs,
    socketTimeout: silentMs,
    // What a person wrote is text and never an address to fetch from.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Addresses are given as objects, so that nothing in them is parsed; the schema of a letter lets no line break through. */
function messageOf({ to, subject, text, language }: Letter, key: string, { from }: SmtpOptions): SendMailOptions {
  return {
    from,
    to: { name: '', address: to },
    subject,
    text,
    textEncoding: 'base64',
    messageId: messageId(key, from.address),
    headers: {
      'Content-Language': language,
      // RFC 3834: no out-of-office answers this.
      'Auto-Submitted': 'auto-generated',
    },
  };
}

/** The same for every repeat of a mail, and of a shape that tells nothing of it. */
export function messageId(key: string, from: string): string {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`;
}

async function send(transport: Transporter, message: SendMailOptions): Promise<Delivery<void>> {
  try {
    await transport.sendMail(message);
    return done(undefined);
  } catch (error) {
    return outcomeOf(error);
  }
}
