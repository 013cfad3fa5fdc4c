import { z } from 'zod';
import type { HostPage } from '#src/config.ts';
import { Refusal } from '#src/http/call.ts';
import { languageOfLocale } from '#src/intake/language.ts';
import { isOfCloud, vouchedSchema, type Vouched } from '#src/intake/vouched.ts';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** They travel in the chat's token, which browsers send with every request; a Chinese character has three bytes. */
const MOST_BYTES = 3_000;
const short = z.string().min(1).max(200);
/** Half a character or a control character can't be stored by every engine. */
const isPlain = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);
/** Entra writes its ids small; a host that doesn't means the same organization, and its colleagues. */
const spelled = (tenant: string): string => (GUID.test(tenant) ? tenant.toLowerCase() : tenant);

/**
 * What a host says of its user, in the names of OpenID Connect and Microsoft Entra ID where there are such: `sub`, `tid`
 * (tenant), `oid` (object id), `roles`, `name`, `email`, `phone_number`, `locale`, `zoneinfo`.
 */
export const hostClaimsSchema = z.object({
  sub: z.string().min(1).max(100).refine(isPlain, 'holds what is no character'),
  tid: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .transform(spelled),
  oid: z.guid().optional(),
  roles: z.array(short).max(50).optional(),
  offering: vouchedSchema.shape.offering.unwrap().optional(),
  purchase: vouchedSchema.shape.purchase.unwrap().optional(),
  agreement: z.boolean().optional(),
  reseller: z.boolean().optional(),
  name: short.optional(),
  email: short.optional(),
  phone_number: short.optional(),
  locale: z.string().max(64).optional(),
  zoneinfo: z.string().max(64).optional(),
  country: vouchedSchema.shape.country.unwrap().optional(),
  /** The page on which the chat will be. */
  origin: z.string().max(300).optional(),
  page: z.object({ url: z.string().max(500), title: z.string().max(500) }).optional(),
});
export type HostClaims = z.infer<typeof hostClaimsSchema>;

/** Reads the claims of a host that proved itself; throws a `Refusal` where they are not claims or not this host's to make. */
export function readHostClaims(given: unknown, host: HostPage): HostClaims {
  const parsed = hostClaimsSchema.safeParse(given);
  if (!parsed.success) {
    const wrong = [...new Set(parsed.error.issues.map(({ path }) => path[0]))].join(', ');
    throw new Refusal(400, 'host-claims', `These claims are missing or not readable: ${wrong}.`);
  }
  if (Buffer.byteLength(JSON.stringify(parsed.data)) > MOST_BYTES)
    throw new Refusal(400, 'host-claims', 'These claims are too long; name only the roles that matter.');
  const { tid, origin, offering } = parsed.data;
  if (offering !== undefined && !isOfCloud(offering, host.cloud))
    throw new Refusal(400, 'host-claims', 'offering is a product of another cloud than this host’s.');
  const isTheirs = host.tenants === 'any' ? GUID.test(tid) : host.tenants.some((one) => spelled(one) === tid);
  if (!isTheirs) throw new Refusal(403, 'host-tenant', 'This host does not speak for that organization.');
  if (origin !== undefined && !host.origins.includes(origin)) throw otherOrigin();
  return parsed.data;
}

export function otherOrigin(): Refusal {
  return new Refusal(403, 'host-origin', 'The claims belong to a page of another origin.');
}

/** What is believed of a proven host's claims, from `at` (epoch milliseconds) on; what it didn't say stays unknown. */
export function vouchedOf(claims: HostClaims, host: HostPage, at: number): Vouched {
  return {
    at,
    host: host.id,
    cloud: host.cloud,
    tenant: claims.tid,
    subject: claims.sub,
    objectId: claims.oid ?? null,
    offering: claims.offering ?? host.offering ?? null,
    roles: claims.roles ?? null,
    reseller: claims.reseller ?? null,
    purchase: claims.purchase ?? null,
    agreement: claims.agreement ?? null,
    name: claims.name ?? null,
    email: claims.email ?? null,
    phone: claims.phone_number ?? null,
    language: languageOfLocale(claims.locale) ?? null,
    timeZone: claims.zoneinfo ?? null,
    country: claims.country ?? null,
  };
}

/** Key of the person, the same in every conversation that this host begins for them. */
export function hostPersonKey({ host, tenant, subject }: Vouched): string {
  return `host:${host}:${tenant}:${subject}`;
}
