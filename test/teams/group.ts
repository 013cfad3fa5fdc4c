/** A place in Teams that others read. */
export interface Place {
  readonly id: string;
  readonly kind: 'channel' | 'groupChat';
}

const MENTION = {
  type: 'mention',
  text: '<at>Frontdesk</at>',
  mentioned: { id: '28:frontdesk', name: 'Frontdesk' },
};

/** A message that names the bot, as Teams delivers it from a channel or a group chat. */
export function spokenTo({ id, kind }: Place, text: string): Record<string, unknown> {
  return {
    type: 'message',
    textFormat: 'plain',
    text: `<at>Frontdesk</at> ${text}`,
    entities: [MENTION],
    attachments: [{ contentType: 'text/html', content: `<div><at id="0">Frontdesk</at> ${text}</div>` }],
    conversation: { id, conversationType: kind, isGroup: true, tenantId: '00000000-0000-4000-8000-000000000001' },
  };
}
