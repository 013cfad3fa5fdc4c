import { useMemo } from 'react';
import { colleagues, lines, ownRecord, queue, type Agent } from '../data/office.ts';
import type { View } from '../data/place.ts';
import { useShelf } from '../data/shelf.ts';
import { useUnread } from '../data/unread.ts';
import { TalkView } from '../talk/talk-view.tsx';
import { useWords, type DeskWords } from '../words.tsx';
import { Filters, filter } from './filters.tsx';
import { allItems, EVERYTHING, filtered, queueItems } from './items.ts';
import { List } from './list.tsx';

interface Props {
  readonly view: Extract<View, 'queue' | 'all'>;
  readonly open: string | null;
  readonly agent: Agent;
}

/** The list, and the conversation that is open. On a phone one of the two. */
export function FloorView({ view, open, agent }: Props) {
  const words = useWords();
  const unread = useUnread(agent);
  const wanted = useShelf(filter);
  const [waiting, talks, agents] = [useShelf(queue), useShelf(lines), useShelf(colleagues)];
  const items = useMemo(() => {
    const floor = { queue: waiting, lines: talks, agent, own: ownRecord(agent, agents), colleagues: agents };
    return filtered(view === 'all' ? allItems(floor) : queueItems(floor), wanted);
  }, [waiting, talks, agents, agent, view, wanted]);
  return (
    <div className="floor" data-open={open !== null}>
      <section className="side" aria-label={words(`desk.view.${view}`)}>
        <Filters />
        <List
          view={view}
          items={items}
          open={open}
          unread={unread}
          empty={emptyText(view, wanted !== EVERYTHING, words)}
        />
      </section>
      {open === null ? (
        <p className="empty talk">{words('desk.choose')}</p>
      ) : (
        <TalkView key={open} id={open} view={view} agent={agent} />
      )}
    </div>
  );
}

/** Nobody is there, or nobody whom the filter lets through. */
function emptyText(view: Props['view'], isFiltered: boolean, words: DeskWords): string {
  if (isFiltered) return words('desk.filter.none');
  return words(view === 'all' ? 'desk.all.none' : 'desk.queue.none');
}
