import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

const withoutPort = (address: string): string =>
  /^\[([^\]]+)\](:\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;

/**
 * The client's address. With `proxies` trusted proxies in front, the entry that the outermost of them wrote into
 * X-Forwarded-For (each appends one, so it is counted from the right); what the client itself put there is never believed.
 */
export function clientAddress(request: IncomingMessage, proxies: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown';
  if (proxies === 0) return direct;
  const header = request.headers['x-forwarded-for'];
  const entries = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((entry) => entry.trim());
  const claimed = withoutPort(entries.at(-proxies) ?? '');
  return isIP(claimed) === 0 ? direct : claimed;
}

/** True for a caller on this machine that no proxy stands behind: a local proxy would make everybody look like one. */
export const isLocalCaller = (request: IncomingMessage): boolean =>
  /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(request.socket.remoteAddress ?? '') &&
  request.headers['x-forwarded-for'] === undefined &&
  request.headers['forwarded'] === undefined;
