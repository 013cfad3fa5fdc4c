import type { Store } from './webchat.ts';

/**
 * What the person wrote that the server has not got: what stands in the send box, else the last message if its sending
 * failed. It is put into the new send box when a renewed connection replaces the old one.
 */
export function unsentText(store: Store): string {
  const { sendBoxValue = '', activities = [] } = store.getState();
  if (sendBoxValue) return sendBoxValue;
  const last = activities.findLast((activity) => activity.from?.role === 'user');
  const status = last?.channelData?.['webchat:send-status'];
  return status === undefined || status === 'sent' ? '' : (last?.text ?? '');
}
