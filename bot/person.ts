import type { PersonRef } from '#src/intake/ports.ts';
import type { Conversation } from '#src/log/ports.ts';
import { provenBy } from './person-key.ts';

/** The person of a conversation, as the directory is asked about them. */
export function personOf({ channel, person, tenant, vouched }: Conversation): PersonRef {
  const proven = provenBy(channel, person);
  return {
    channel,
    userId: person,
    // Who speaks may be of another organization than the conversation: the one that is proven with the id counts.
    tenant: proven?.tenant ?? tenant,
    objectId: proven?.objectId ?? null,
    vouched,
  };
}
