import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { unattended } from '#src/handoff/offer.ts';
import { colleagues, heard, missingYears, ownRecord, queue, setPresence, type Agent } from '../data/office.ts';
import { useShelf } from '../data/shelf.ts';
import { instant } from '../time.ts';
import { useWords } from '../words.tsx';

/** What makes this page less than true: a server that is silent, years whose working days nobody knows; and who waits for nobody. */
export function Notices({ agent }: { readonly agent: Agent }) {
  const words = useWords();
  const { at, fresh } = useShelf(heard);
  const years = useShelf(missingYears);
  return (
    <div className="notices" role="status">
      {!fresh && (
        <MessageBar intent="error" shape="square">
          <MessageBarBody>{words('desk.stale', { time: instant(at, words.language) })}</MessageBarBody>
        </MessageBar>
      )}
      <Unattended agent={agent} />
      {years.map((year) => (
        <MessageBar key={year} intent="warning" shape="square">
          <MessageBarBody>{words('desk.calendarMissing', { year })}</MessageBarBody>
        </MessageBar>
      ))}
    </div>
  );
}

/** Who is away is offered nobody: that nobody else is there either must be said. */
function Unattended({ agent }: { readonly agent: Agent }) {
  const words = useWords();
  const [waiting, all] = [useShelf(queue), useShelf(colleagues)];
  // Until it is known who is there, nothing is claimed.
  if (ownRecord(agent, all)?.presence !== 'away') return null;
  const { length: count } = unattended(
    waiting.filter(({ owner }) => owner === 'waiting'),
    all,
  );
  if (count === 0) return null;
  return (
    <MessageBar intent="warning" shape="square">
      <MessageBarBody>{words('desk.unattended', { count })}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => void setPresence('on-duty')}>
          {words('desk.unattended.go')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
