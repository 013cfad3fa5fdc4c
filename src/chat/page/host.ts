/**
 * The wire between the chat page and the pane of a host page that shows it (`embed.js`). Both sides name the origin they
 * mean and check origin and source of what they hear; nothing but these small notices goes over it.
 */
export interface Host {
  tell(
    notice:
      | { type: 'frontdesk:ready' | 'frontdesk:close' | 'frontdesk:identify' | 'frontdesk:recall' }
      | { type: 'frontdesk:unread'; count: number }
      | { type: 'frontdesk:language'; language: string }
      | { type: 'frontdesk:keep'; kept: string | null },
  ): void;
  /** Calls back when the pane is shown (with the visitor in it or not) or hidden. */
  onPane(listener: (pane: 'shown' | 'seen' | 'hidden') => void): void;
  /** What the page asked the host to keep last, while this tab lives. */
  recall(): Promise<string | undefined>;
  /** What the host's back end signed of its user, asked anew each time. */
  identify(): Promise<Assertion>;
}

/** null: nobody is signed in at the host; undefined: it can't tell now. */
export type Assertion = string | null | undefined;

/** A host that doesn't answer must not keep anybody from the chat. */
const IDENTITY_DEADLINE_MS = 10_000;
const RECALL_DEADLINE_MS = 1_000;

/** The host, when the page is framed and its address names the host's origin; undefined for a page by itself. */
export function findHost(parameters: URLSearchParams): Host | undefined {
  const origin = parameters.get('host');
  if (window.parent === window || !origin || !URL.canParse(origin)) return undefined;
  const target = new URL(origin).origin;
  const parent = window.parent;
  const hear = (listener: (notice: Record<string, unknown>) => void, signal?: AbortSignal) =>
    addEventListener(
      'message',
      ({ source, origin: from, data }: MessageEvent<unknown>) => {
        if (source === parent && from === target && typeof data === 'object' && data !== null) listener({ ...data });
      },
      { ...(signal && { signal }) },
    );
  /** The host's answer to a question; empty where none comes in time. */
  const ask = (question: string, answer: string, within: number) =>
    new Promise<Record<string, unknown>>((resolve) => {
      const waiting = new AbortController();
      const answered = (notice: Record<string, unknown>) => {
        waiting.abort();
        resolve(notice);
      };
      hear((notice) => notice.type === answer && answered(notice), waiting.signal);
      setTimeout(() => answered({}), within);
      parent.postMessage({ type: question }, target);
    });
  return {
    tell: (notice) => parent.postMessage(notice, target),
    onPane(listener) {
      hear(({ type }) => {
        if (type === 'frontdesk:shown') listener('shown');
        if (type === 'frontdesk:seen') listener('seen');
        if (type === 'frontdesk:hidden') listener('hidden');
      });
    },
    recall: async () => {
      const { kept } = await ask('frontdesk:recall', 'frontdesk:kept', RECALL_DEADLINE_MS);
      return typeof kept === 'string' ? kept : undefined;
    },
    identify: async () => {
      const { assertion } = await ask('frontdesk:identify', 'frontdesk:identity', IDENTITY_DEADLINE_MS);
      return typeof assertion === 'string' || assertion === null ? assertion : undefined;
    },
  };
}
