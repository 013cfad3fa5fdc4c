import { z } from 'zod';
import { may } from './setting.ts';
import type { ValuesOf } from './setting.ts';

const smtpUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^smtps?:$/.test(new URL(value).protocol) && new URL(value).hostname !== '',
    { error: 'must begin with smtps:// or smtp://, and name a host', abort: true },
  )
  .refine((value) => {
    const { pathname, search, hash } = new URL(value);
    return (pathname === '' || pathname === '/') && search === '' && hash === '';
  }, 'must end after host and port')
  .refine((value) => {
    const { username, password } = new URL(value);
    return (username === '') === (password === '');
  }, 'needs user and password, or neither')
  .refine((value) => {
    const { username, password } = new URL(value);
    return isPercentEncoded(username) && isPercentEncoded(password);
  }, 'has a % in user or password that is not percent-encoded (%25)');

function isPercentEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== '' || text === '';
  } catch {
    return false;
  }
}

const FROM = /^(?:(?<name>[^<>\p{Cc}"]{1,100}?)\s*<)?(?<address>[\w.%+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+)>?$/iu;

const sender = z.string().transform((value, ctx) => {
  const { name = '', address } = FROM.exec(value)?.groups ?? {};
  if (address !== undefined && value.endsWith('>') === value.includes('<')) return { name, address };
  ctx.addIssue({ code: 'custom', message: 'must be an address, or a name with the address in <>' });
  return z.NEVER;
});

/** The mail server. Without it mails are kept, and shown on the desk. */
export const MAIL = {
  SMTP_URL: may(
    smtpUrl,
    'Mail server',
    '`smtps://` speaks TLS from the start, `smtp://` by STARTTLS, without which production sends nothing; not set, mails are kept and shown on the desk',
    'smtps://frontdesk:(password, percent-encoded)@smtp.contoso.com',
  ),
  MAIL_FROM: may(sender, 'Sender of mails', 'Address, or name with the address in <>', 'Support <support@contoso.com>'),
} as const;

export interface MailConfig {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly from: { readonly name: string; readonly address: string };
}

/** RFC 8314: 465 for TLS from the start, 587 for submission with STARTTLS. */
const PORTS = { tls: 465, submission: 587 };

/** null: no mail server is connected. */
export function mailConfig({ SMTP_URL: url, MAIL_FROM: from }: ValuesOf<typeof MAIL>): MailConfig | null {
  if (url === undefined || from === undefined) return null;
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? PORTS.tls : PORTS.submission) : Number(port),
    secure,
    ...(username !== '' && { user: decodeURIComponent(username), password: decodeURIComponent(password) }),
    from,
  };
}
