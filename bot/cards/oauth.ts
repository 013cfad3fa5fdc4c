import type { Attachment } from 'botbuilder';
import type { Reply } from '#dialogs/reply.ts';

const CONTENT_TYPE = 'application/vnd.microsoft.card.oauth';

/** The Bot Framework's card for signing in: Teams first exchanges a token by itself, and shows the button where it can't. */
export function oauthCard(
  { connection, link, exchange, button }: NonNullable<Reply['signIn']>,
  text: string,
): Attachment {
  return {
    contentType: CONTENT_TYPE,
    content: {
      text,
      connectionName: connection,
      buttons: [{ type: 'signin', title: button, text, value: link }],
      ...(exchange && { tokenExchangeResource: exchange }),
    },
  };
}
