import type { Activity } from 'botbuilder';
import type { Reply } from '#dialogs/reply.ts';
import { adaptiveCard } from './cards/adaptive.ts';
import { oauthCard } from './cards/oauth.ts';

/** A reply as a Bot Framework activity: the words, the card that shows them, and the names that programs follow. */
export function activityOf(reply: Reply): Partial<Activity> {
  const card = reply.signIn ? oauthCard(reply.signIn, reply.text) : adaptiveCard(reply);
  const channelData = {
    ...(reply.step && { step: reply.step }),
    ...(reply.choices && { choices: reply.choices.map(({ id }) => id) }),
    ...reply.data,
  };
  return {
    type: 'message',
    // A sign-in that Teams does by itself shows nothing: so its words stand on the card alone.
    text: reply.signIn ? '' : reply.text,
    textFormat: reply.format === 'markdown' ? 'markdown' : 'plain',
    locale: reply.language,
    inputHint: reply.step === undefined ? 'acceptingInput' : 'expectingInput',
    ...(card && { attachments: [card] }),
    channelData,
  };
}
