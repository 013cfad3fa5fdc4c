import type { PersonRef } from '#src/intake/ports.ts';
import type { Cloud } from '#src/intake/vouched.ts';

/** Where Graph knows a person: cloud, tenant and object id, all proven. */
export interface Place {
  readonly cloud: Cloud;
  readonly tenant: string;
  readonly objectId: string;
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** A tenant's id or one of its domains. Names like "common" are none: they mean no organization in particular. */
export function isTenant(text: string): boolean {
  return isGuid(text) || DOMAIN.test(text);
}

/**
 * Where to ask about a person, or null where nobody proved who they are. `teamsCloud` is the cloud whose Teams this bot
 * serves; null: activities aren't signed, so Teams proves nothing.
 */
export function placeOf(person: PersonRef, teamsCloud: Cloud | null): Place | null {
  const { vouched } = person;
  const said = vouched
    ? { cloud: vouched.cloud, tenant: vouched.tenant, objectId: vouched.objectId }
    : { cloud: teamsCloud, tenant: person.tenant, objectId: person.channel === 'msteams' ? person.objectId : null };
  const { cloud, tenant, objectId } = said;
  if (cloud === null || tenant === null || objectId === null || !isTenant(tenant) || !isGuid(objectId)) return null;
  return { cloud, tenant: tenant.toLowerCase(), objectId: objectId.toLowerCase() };
}
