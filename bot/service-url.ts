/** Which services may be called, as the operator allowed it: exact hosts, and nothing that merely looks like one. */
export interface ServiceHosts {
  /** Exact `host` or `host:port`, lower case. */
  readonly hosts: readonly string[];
  /** Local mode: any loopback address, whatever its port, and without TLS. */
  readonly loopback: boolean;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The base address of a connector, or null where the bot must not call it. Asked at the door, and again when sending: a
 * stored address is a claim too. The text must be what the parser makes of it, so no form (userinfo, other bases,
 * backslashes, dots at the end) can be read in two ways.
 */
export function allowedService(serviceUrl: string, allowed: ServiceHosts): URL | null {
  let known = judged.get(allowed);
  if (!known) judged.set(allowed, (known = new Map()));
  const before = known.get(serviceUrl);
  if (before) return before;
  const url = judge(serviceUrl, allowed);
  if (url && known.size < MOST_KNOWN) known.set(serviceUrl, url);
  return url;
}

/** A tenant's activities all name the same few services: what was found allowed is not read again. */
const judged = new WeakMap<ServiceHosts, Map<string, URL>>();
const MOST_KNOWN = 1_000;

function judge(serviceUrl: string, allowed: ServiceHosts): URL | null {
  if (!/^https?:\/\/[a-z0-9.:[\]-]+(\/[\w./~-]*)?$/i.test(serviceUrl) || serviceUrl.includes('..')) return null;
  const url = URL.parse(serviceUrl);
  if (!url || url.username !== '' || url.password !== '') return null;
  if (!serviceUrl.toLowerCase().startsWith(`${url.protocol}//${url.host}`)) return null;
  if (allowed.loopback && LOOPBACK.has(url.hostname)) return url;
  // A loopback host that the operator named is a test's own connector: without TLS, and on any port.
  if (LOOPBACK.has(url.hostname) && allowed.hosts.includes(url.hostname)) return url;
  const plainly = url.protocol === 'https:' || LOOPBACK.has(url.hostname);
  return plainly && allowed.hosts.includes(url.host) ? url : null;
}
