import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '#src/config.ts';

const LOOPBACK_ORIGIN = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;

/** What a browser says about the page that calls: no page at all, our own, one that may embed us, or a stranger. */
export type Caller = 'none' | 'own' | 'embed' | 'foreign';

/**
 * Judges the Origin header. Exact comparison only. The Host header counts as ours only where it names the public address
 * or this machine: a name that somebody else points at us (DNS rebinding) is a stranger's.
 */
export function callerOf(config: Config, headers: IncomingHttpHeaders): Caller {
  const origin = headers.origin;
  if (origin === undefined) return 'none';
  if (origin === config.PUBLIC_URL) return 'own';
  if (config.mode === 'local' && origin === `http://${headers.host ?? ''}` && isOurName(config, origin)) return 'own';
  if (config.EMBED_ORIGINS?.includes(origin) ?? false) return 'embed';
  return config.loopbackEmbeds && LOOPBACK_ORIGIN.test(origin) ? 'embed' : 'foreign';
}

const isOurName = (config: Config, origin: string): boolean =>
  LOOPBACK_ORIGIN.test(origin) || config.FRONTDESK_UNSAFE_LOCAL;
