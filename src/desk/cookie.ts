import type { IncomingHttpHeaders } from 'node:http';

/**
 * A cookie of the desk: never readable by a script, in production only over https. `Strict`: never sent from another site;
 * `Lax`: sent along when another site's page leads here by a plain GET; `None`: also in a frame on another site's page, kept
 * apart for each such site (CHIPS).
 */
export interface CookieKind {
  readonly name: string;
  readonly sameSite: 'Strict' | 'Lax' | 'None';
}

/** The `__Host-` name keeps a neighbouring subdomain from planting one of its own (RFC 6265bis, 4.1.3.2). */
const nameOf = ({ name }: CookieKind, secure: boolean): string => (secure ? `__Host-${name}` : name);

/** A Set-Cookie value; an empty token with 0 seconds removes the cookie. */
export function cookieOf(
  kind: CookieKind,
  { token, seconds }: { token: string; seconds: number },
  secure: boolean,
): string {
  // Browsers take a cookie for frames only with both.
  const framed = kind.sameSite === 'None' ? ['Secure', 'Partitioned'] : [];
  const safe = secure && framed.length === 0 ? ['Secure'] : framed;
  const flags = ['Path=/', `Max-Age=${seconds}`, 'HttpOnly', `SameSite=${kind.sameSite}`, ...safe];
  return [`${nameOf(kind, secure)}=${token}`, ...flags].join('; ');
}

/** The token that the browser sent, or undefined. */
export function tokenOf(kind: CookieKind, headers: IncomingHttpHeaders, secure: boolean): string | undefined {
  const start = `${nameOf(kind, secure)}=`;
  const parts = (headers.cookie ?? '').split(';').map((part) => part.trim());
  return parts.find((part) => part.startsWith(start))?.slice(start.length);
}
