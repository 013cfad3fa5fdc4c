import type { Origin } from '#dialogs/shared.ts';
import type { Conversation, Unit } from '#src/log/ports.ts';
import { referenceSchema } from '../reference.ts';
import type { Reference } from '../reference.ts';

/** What an activity says of the place in which it was said. */
interface Place {
  readonly conversationType?: string | undefined;
  readonly isGroup?: boolean | undefined;
}

/** Whether others read along: a channel of a team, or a chat of several people. */
export function isShared({ conversationType, isGroup }: Place): boolean {
  return isGroup === true || conversationType === 'channel' || conversationType === 'groupChat';
}

export function originOf({ conversationType }: Place): Origin {
  if (conversationType === 'message') return 'message';
  return conversationType === 'channel' ? 'channel' : 'group';
}

/** The app's own chat in Teams. Its app has the id of the bot (see the manifest), which Teams writes as `28:<id>`. */
export function privateLink(teamsUrl: string, bot: { id?: string | undefined } | undefined): string | null {
  const app = /^28:([\w-]{1,64})$/.exec(bot?.id ?? '')?.[1];
  return app === undefined ? null : `${teamsUrl}/l/entity/${app}/conversations`;
}

/** So many places of one person are looked through. */
const MOST_PLACES = 200;

/** The person's own chat with the bot, where there is one already. */
export async function privateChatOf(channel: string, person: string, unit: Unit): Promise<Conversation | undefined> {
  const places = await unit.conversations.ofPerson(channel, person, MOST_PLACES);
  return places.find((place) => {
    const reference = referenceOf(place);
    return reference !== null && !isShared(reference.conversation);
  });
}

/** Places of the person that others read, the one that changed last first. */
export async function sharedPlacesOf(channel: string, person: string, unit: Unit): Promise<Conversation[]> {
  const places = await unit.conversations.ofPerson(channel, person, MOST_PLACES);
  return places.filter((place) => {
    const reference = referenceOf(place);
    return reference !== null && isShared(reference.conversation);
  });
}

export function referenceOf({ reference }: Conversation): Reference | null {
  return referenceSchema.safeParse(reference).data ?? null;
}
