import type { IncomingMessage } from 'node:http';
import { Refusal } from './call.ts';

const LONGEST_URL = 8_192;
const MOST_HEADERS = 100;

const badUrl = () => new Refusal(400, 'bad-url', 'The address is not well formed.');

/**
 * The address of a request, or a `Refusal` for one that a router might stumble over: not beginning with a slash, too
 * long, with broken percent signs, control characters or NUL, or with a Host header that is no host.
 */
export function addressOf(request: IncomingMessage): URL {
  const { url = '', rawHeaders } = request;
  if (rawHeaders.length > 2 * MOST_HEADERS) throw new Refusal(431, 'too-many-headers', 'Too many headers.');
  if (request.headers.host === undefined && request.httpVersion !== '1.0') throw badUrl();
  if (!url.startsWith('/') || url.length > LONGEST_URL) throw badUrl();
  if (url.includes('%')) {
    if (/%[01][0-9a-f]|%7f/i.test(url.split('?', 1)[0] ?? '')) throw badUrl();
    try {
      decodeURIComponent(url.split('?', 1)[0] ?? '');
    } catch {
      throw badUrl();
    }
  }
  const address = URL.parse(`http://${request.headers.host ?? 'localhost'}${url}`);
  if (address === null) throw badUrl();
  return address;
}
