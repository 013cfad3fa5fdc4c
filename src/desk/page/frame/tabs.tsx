import { CounterBadge, Tab, TabList } from '@fluentui/react-components';
import { mails, queue, requests, type Agent } from '../data/office.ts';
import { go, usePlace, VIEWS, type View } from '../data/place.ts';
import { useShelf } from '../data/shelf.ts';
import { useWords } from '../words.tsx';

/** The views, each with how much is in it. Everything at once is a supervisor's to see. */
export function Tabs({ agent }: { readonly agent: Agent }) {
  const words = useWords();
  const { view } = usePlace();
  const counts: Partial<Record<View, number>> = {
    queue: useShelf(queue).filter(({ owner }) => owner === 'waiting').length,
    requests: useShelf(requests).filter(({ state }) => state === 'open').length,
    mails: useShelf(mails).length,
  };
  const shown = VIEWS.filter((each) => each !== 'all' || agent.role !== 'agent');
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
