import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { offeringIdSchema } from '#knowledge/schema.ts';
import { CLOUDS, isOfCloud } from '#src/intake/vouched.ts';
import { origins, url } from './values.ts';

const id = z.string().regex(/^[a-z0-9-]{1,32}$/, 'must be small letters, digits and hyphens');
/** A public key as RFC 7517 writes it; a private or shared one has no business in this file. */
const publicKey = z
  .looseObject({ kid: z.string().min(1), kty: z.enum(['RSA', 'EC', 'OKP']) })
  .refine((key) => !('d' in key), 'is a private key: keep it at the host, and put the public one here');

const hostPageSchema = z
  .strictObject({
    /** Pages of these origins may bring its claims. */
    origins: z.array(z.string()).min(1),
    /** Organizations that it may speak for: named, or `any` of Microsoft Entra ID (tenant ids that are GUIDs). */
    tenants: z.union([z.literal('any'), z.array(z.string().regex(/^[\w.-]{1,64}$/)).min(1)]),
    cloud: z.enum(CLOUDS),
    /** The product of its people, where a claim doesn't name one. */
    offering: offeringIdSchema.optional(),
    keys: z.array(publicKey).min(1).optional(),
    keysUrl: url.optional(),
    /** SHA-256 of the client secret, in hex: the secret itself is not kept here. */
    secretSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .refine(({ keys, keysUrl, secretSha256 }) => keys ?? keysUrl ?? secretSha256, 'needs keys, keysUrl or secretSha256')
  .refine(({ keys, keysUrl }) => !(keys && keysUrl), 'has keys and keysUrl: one of them')
  .refine(
    ({ cloud, offering }) => offering === undefined || isOfCloud(offering, cloud),
    'names a product of another cloud',
  )
  .refine((host) => origins.safeParse(host.origins.join(',')).success, 'names origins that are none');

/** A page whose back end may say who its user is, and how it proves that it is that back end. */
export type HostPage = z.infer<typeof hostPageSchema> & { readonly id: string };

/** What is wrong with the file, without a value of it. */
export class HostPagesError extends Error {}

/** Reads the host pages of an operator's file (`CHAT_HOSTS`); throws a `HostPagesError` naming the entry and what to do. */
export function readHostPages(path: string, production: boolean): readonly HostPage[] {
  const parsed = z.record(id, hostPageSchema).safeParse(jsonOf(path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new HostPagesError(`: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'cannot be read'}`);
  }
  const hosts = Object.entries(parsed.data).map(([name, host]) => ({ ...host, id: name }));
  const insecure = hosts.find(({ keysUrl, origins: all }) =>
    [...all, ...(keysUrl ? [keysUrl] : [])].some((address) => !address.startsWith('https://')),
  );
  if (production && insecure) throw new HostPagesError(`: ${insecure.id} must be https in production`);
  return Object.freeze(hosts);
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new HostPagesError(error instanceof SyntaxError ? ' is not JSON' : ' cannot be opened', { cause: error });
  }
}
