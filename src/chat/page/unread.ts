import type { StoreMiddleware } from './webchat.ts';

export interface Unread {
  readonly middleware: StoreMiddleware;
  /** The pane was shown (true: everything is read) or hidden (false: count from now on). */
  watch(shown: boolean): void;
}

/** Counts what the bot or an agent says while the pane is hidden. A replayed history is not counted: it is older. */
export function countUnread(onCount: (count: number) => void): Unread {
  let hiddenSince: number | undefined;
  let count = 0;

  return {
    middleware: () => (next) => (action) => {
      if (action.type === 'DIRECT_LINE/INCOMING_ACTIVITY' && hiddenSince !== undefined) {
        if (isNewMessage(action.payload, hiddenSince)) onCount(++count);
      }
      return next(action);
    },
    watch(shown) {
      hiddenSince = shown ? undefined : Date.now();
      if (!shown || count === 0) return;
      count = 0;
      onCount(0);
    },
  };
}

function isNewMessage(payload: unknown, since: number): boolean {
  if (typeof payload !== 'object' || payload === null || !('activity' in payload)) return false;
  const { activity } = payload;
  if (typeof activity !== 'object' || activity === null) return false;
  const { type, from, timestamp }: { type?: unknown; from?: unknown; timestamp?: unknown } = { ...activity };
  const role = typeof from === 'object' && from !== null && 'role' in from ? from.role : undefined;
  // The clocks of server and browser differ a little; a minute of grace counts no history and misses no message.
  const at = typeof timestamp === 'string' ? Date.parse(timestamp) : Date.now();
  return type === 'message' && role === 'bot' && at > since - 60_000;
}
