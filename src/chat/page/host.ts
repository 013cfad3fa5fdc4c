/**
 * The wire between the chat page and the pane of a host page that shows it (`embed.js`). Both sides name the origin they
 * mean and check origin and source of what they hear; nothing but these small notices goes over it.
 */
export interface Host {
  tell(
    notice:
      | { type: 'frontdesk:ready' | 'frontdesk:close' }
      | { type: 'frontdesk:unread'; count: number }
      | { type: 'frontdesk:language'; language: string },
  ): void;
  /** Calls back when the pane is shown (with the visitor in it or not) or hidden. */
  onPane(listener: (pane: 'shown' | 'seen' | 'hidden') => void): void;
}

/** The host, when the page is framed and its address names the host's origin; undefined for a page by itself. */
export function findHost(parameters: URLSearchParams): Host | undefined {
  const origin = parameters.get('host');
  if (window.parent === window || !origin || !URL.canParse(origin)) return undefined;
  const target = new URL(origin).origin;
  const parent = window.parent;
  return {
    tell: (notice) => parent.postMessage(notice, target),
    onPane(listener) {
      addEventListener('message', (event: MessageEvent<unknown>) => {
        if (event.source !== parent || event.origin !== target) return;
        const { data } = event;
        if (typeof data !== 'object' || data === null || !('type' in data)) return;
        if (data.type === 'frontdesk:shown') listener('shown');
        if (data.type === 'frontdesk:seen') listener('seen');
        if (data.type === 'frontdesk:hidden') listener('hidden');
      });
    },
  };
}
