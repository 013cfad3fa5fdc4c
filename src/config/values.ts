import { isIP } from 'node:net';
import { z } from 'zod';

/** Words that show a value was copied from an example and never changed. */
const PLACEHOLDER = /change-?me|placeholder|example|your[-_ ]|secret123|password|^x+$|^<.*>$|^(todo|dummy|test)/i;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

export const isLoopback = (host: string): boolean =>
  LOOPBACK.has(host.toLowerCase()) || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Fewer than 16 characters, few different ones, or a word from a template: somebody can guess it. */
export const isWeakSecret = (value: string): boolean =>
  value.length < 16 || new Set(value).size < 8 || PLACEHOLDER.test(value);

export const text = z.string();
/** Id of an app registration, as Entra writes it: small. */
export const appId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, 'must be a GUID')
  .transform((id) => id.toLowerCase());
export const flag = z.enum(['0', '1', 'true', 'false'], 'must be 1 or 0').transform((v) => v === '1' || v === 'true');

/** A whole number in plain digits: `1e3`, `0x10`, `-1` and ` 5` are typing mistakes, not numbers. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number in digits')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be between ${min} and ${max}`);

export const host = z
  .string()
  .refine((v) => isIP(v) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(v), 'must be an IP address or a host name');

const parsed = (value: string): URL | null => (URL.canParse(value) ? new URL(value) : null);

export const url = z.string().refine((v) => {
  const it = parsed(v);
  return it !== null && /^https?:$/.test(it.protocol) && it.username === '' && it.hash === '' && !/[,\s<>]/.test(v);
}, 'must be an absolute http(s) address without user name, comma, fragment or placeholder');

/** Tokens name the tenant by its id; "common" would let every organization's people in. */
export const issuer = url.refine(
  (v) => /^https?:\/\/[^/?#]+\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/v2\.0$/.test(v),
  'must be the sign-in of one tenant, by its id in small letters, and end with /v2.0',
);

/** The address alone, `https://desk.contoso.com`: a path would be lost when links are made from it. */
export const publicUrl = url
  .refine((v) => parsed(v)?.pathname === '/' && parsed(v)?.search === '', 'must have no path and no query')
  .transform((v) => new URL(v).origin);

const list = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Exact hosts, `smba.trafficmanager.net`, with a port only where it isn't the scheme's own. */
export const hosts = z
  .string()
  .transform(list)
  .refine((all) => all.length > 0, 'names no host')
  .refine((all) => all.every((h) => !h.includes('*')), 'must name exact hosts: a wildcard lets strangers in')
  .refine(
    (all) => all.every((h) => h === '[::1]' || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(h)),
    'must be host names without scheme and path',
  )
  // Anybody may register a name below trafficmanager.net, so only full names mean something there (stack.md).
  .refine((all) => !all.some((h) => /^trafficmanager\.net$/i.test(h)), 'names a shared suffix instead of a host')
  .transform((all): readonly string[] => Object.freeze(all.map((h) => h.toLowerCase())));

export const origins = z
  .string()
  .transform(list)
  .refine(
    (all) => all.every((o) => !o.includes('*')),
    'must name exact origins: a wildcard lets any page embed the chat',
  )
  .refine(
    (all) => all.every((o) => parsed(o)?.origin === o && /^https?:/.test(o)),
    'must be origins such as https://portal.contoso.com, without a path',
  )
  .transform((all): readonly string[] => Object.freeze(all));

export interface SigningKey {
  readonly kid: string;
  readonly secret: Uint8Array;
}

const keyOf = (pair: string): SigningKey | null => {
  const [, kid, secret] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9_-]+)$/.exec(pair) ?? [];
  return kid === undefined || secret === undefined ? null : { kid, secret: Buffer.from(secret, 'base64url') };
};

/** `kid:secret` pairs; the first signs, all verify, so that keys can be rotated without cutting anybody off. */
export const signingKeys = z.string().transform((value, ctx): readonly SigningKey[] => {
  const keys = list(value).map(keyOf);
  const good = keys.filter((key) => key !== null);
  const fail = (message: string): never => {
    ctx.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (good.length === 0 || good.length !== keys.length)
    return fail('must be kid:base64url-secret pairs, comma separated');
  if (new Set(good.map((key) => key.kid)).size !== good.length) return fail('uses one key id twice');
  const weak = good.some(({ secret }) => secret.length < 32 || new Set(secret).size < 16);
  return weak ? fail('needs random secrets of at least 32 bytes each') : Object.freeze(good);
});
