import { useEffect, useMemo, useRef, useState } from 'react';
import { ring } from '../data/attention.ts';
import { colleagues, lines, ownRecord, queue, type Agent } from '../data/office.ts';
import { useShelf } from '../data/shelf.ts';
import { useUnread } from '../data/unread.ts';
import { queueItems } from '../queue/items.ts';
import { useWords } from '../words.tsx';

/**
 * Tells what is new without moving anything: a count in the title, a sound, and a sentence for screen readers. Offered people
 * and unread messages count; what was there when the page was opened makes no sound.
 */
export function News({ agent }: { readonly agent: Agent }) {
  const words = useWords();
  const offered = useOffered(agent);
  const unread = [...useUnread(agent).values()].reduce((sum, count) => sum + count, 0);
  const [said, setSaid] = useState('');
  const before = useRef<{ offered: ReadonlySet<string>; unread: number } | null>(null);
  useEffect(() => {
    const isNewOffer = before.current !== null && [...offered].some((id) => !before.current?.offered.has(id));
    const isNewMessage = before.current !== null && unread > before.current.unread;
    before.current = { offered, unread };
    if (isNewOffer) ring('offer');
    else if (isNewMessage) ring('message');
    if (isNewOffer) setSaid(words('desk.news.offer', { count: offered.size }));
    else if (isNewMessage) setSaid(words('desk.news.message', { count: unread }));
  }, [offered, unread, words]);
  const count = offered.size + unread;
  useEffect(() => {
    document.title = count === 0 ? words('desk.title') : words('desk.title.count', { count });
  }, [count, words]);
  return (
    <p className="unseen" role="status" aria-live="polite">
      {said}
    </p>
  );
}

/**
 * Ids of the conversations that are offered to me, and not rather to a colleague whose turn it is; the same set as long as
 * the same ones are.
 */
function useOffered(agent: Agent): ReadonlySet<string> {
  const [waiting, talks, all] = [useShelf(queue), useShelf(lines), useShelf(colleagues)];
  const key = useMemo(() => {
    const own = ownRecord(agent, all);
    const items = queueItems({ queue: waiting, lines: talks, agent, own, colleagues: all });
    const ids = items.flatMap(({ kind, turn, entry }) =>
      kind === 'offered' && turn === 'mine' ? entry.conversation : [],
    );
    return ids.join(' ');
  }, [waiting, talks, all, agent]);
  return useMemo(() => new Set(key.split(' ').filter(Boolean)), [key]);
}
