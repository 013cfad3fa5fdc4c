import type { IncomingHttpHeaders } from 'node:http';

/**
 * The session's cookie: never readable by a script, never sent from another site, in production only over https. The
 * `__Host-` name keeps a neighbouring subdomain from planting one of its own (RFC 6265bis, 4.1.3.2).
 */
const nameOf = (secure: boolean): string => (secure ? '__Host-frontdesk-desk' : 'frontdesk-desk');

/** A Set-Cookie value; an empty token with 0 seconds removes the cookie. */
export function cookieOf(token: string, seconds: number, secure: boolean): string {
  const flags = ['Path=/', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Strict', ...(secure ? ['Secure'] : [])];
  return [`${nameOf(secure)}=${token}`, ...flags].join('; ');
}

/** The token that the browser sent, or undefined. */
export function tokenOf(headers: IncomingHttpHeaders, secure: boolean): string | undefined {
  const start = `${nameOf(secure)}=`;
  const parts = (headers.cookie ?? '').split(';').map((part) => part.trim());
  return parts.find((part) => part.startsWith(start))?.slice(start.length);
}
