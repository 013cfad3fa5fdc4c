import { useMemo, useSyncExternalStore } from 'react';
import { lines, type Agent } from './office.ts';
import { useShelf } from './shelf.ts';
import { talkOf, unreadOf } from './talk.ts';

/** How many messages of each customer whom I have I haven't seen; only those with any. */
export function useUnread(agent: Agent): ReadonlyMap<string, number> {
  const all = useShelf(lines);
  const mine = useMemo(
    () =>
      all
        .filter(({ owner, agent: has }) => owner === 'agent' && has === agent.id)
        .map(({ conversation }) => conversation),
    [all, agent.id],
  );
  const told = useSyncExternalStore(
    (listener) => {
      const ends = mine.map((id) => talkOf(id).state.subscribe(listener));
      return () => ends.forEach((end) => end());
    },
    // Text, because a snapshot must be the same as long as it says the same.
    () => JSON.stringify(mine.map((id) => [id, unreadOf(talkOf(id).state.get())]).filter(([, count]) => count !== 0)),
  );
  return useMemo(() => countsOf(mine, told), [mine, told]);
}

function countsOf(mine: readonly string[], told: string): ReadonlyMap<string, number> {
  const counts = mine.map((id) => [id, unreadOf(talkOf(id).state.get())] as const);
  return told === '[]' ? new Map() : new Map(counts.filter(([, count]) => count > 0));
}
