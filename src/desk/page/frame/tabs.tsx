import { CounterBadge, Tab, TabList } from '@fluentui/react-components';
import { runningOut, undelivered } from '../data/ledger.ts';
import { mails, queue, type Agent } from '../data/office.ts';
import { go, usePlace, VIEWS, viewsFor, type View } from '../data/place.ts';
import { useShelf } from '../data/shelf.ts';
import { useWords } from '../words.tsx';

/** The views that this agent may look into, each with how much is in it. Everything at once is a supervisor's to see. */
export function Tabs({ agent }: { readonly agent: Agent }) {
  const words = useWords();
  const { view } = usePlace();
  const all = useShelf(queue);
  const stuck = useShelf(undelivered).length;
  const counts: Partial<Record<View, number>> = {
    queue: all.filter(({ owner }) => owner === 'waiting').length,
    requests: new Set(all.flatMap(({ request }) => request ?? [])).size,
    promises: useShelf(runningOut).length,
    mails: useShelf(mails).length,
    undelivered: stuck,
  };
  const shown = viewsFor(agent, { now: view, stuck });
  return (
    <nav className="tabs" aria-label={words('desk.views')}>
      <TabList
        selectedValue={view}
        onTabSelect={(_event, { value }) => go(VIEWS.find((each) => each === value) ?? 'queue')}
      >
        {shown.map((each) => (
          <Tab key={each} value={each}>
            {words(`desk.view.${each}`)}{' '}
            {counts[each] !== undefined && (
              <CounterBadge count={counts[each]} showZero size="small" color="informative" overflowCount={999} />
            )}
          </Tab>
        ))}
      </TabList>
    </nav>
  );
}
