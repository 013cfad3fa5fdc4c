import type { InboundActivity } from './inbound.ts';

/** The only channel that proves an Entra object id: Teams signs in its people itself, others pass on what a client says. */
const PROVES = 'msteams';
const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const IS_GUID = new RegExp(`^${GUID}$`, 'i');
const PROVEN = new RegExp(`^${PROVES}:(${GUID}):(${GUID})$`, 'i');

/**
 * The stable key of whom a channel of the connector vouches for: `<channel>:<tenant>:<Entra object id>`, or the channel's
 * own id where there is none. An own id that merely looks like an object id is marked, so that nobody reads it as one.
 */
export function personKey({ channelId, from, conversation }: InboundActivity): string {
  const { aadObjectId, id } = from;
  const own = IS_GUID.test(id) ? `id:${id}` : id;
  return `${channelId}:${conversation.tenantId ?? ''}:${isGuid(aadObjectId) ? aadObjectId : own}`;
}

/** The tenant and Entra object id that a person's key proves, or null: a key of another channel proves none. */
export function provenBy(channel: string, key: string): { tenant: string; objectId: string } | null {
  const [, tenant, objectId] = (channel === PROVES && PROVEN.exec(key)) || [];
  return tenant === undefined || objectId === undefined ? null : { tenant, objectId };
}

function isGuid(id: string | undefined): id is string {
  return id !== undefined && IS_GUID.test(id);
}
