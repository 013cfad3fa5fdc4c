import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { heard, missingYears } from '../data/office.ts';
import { useShelf } from '../data/shelf.ts';
import { instant } from '../time.ts';
import { useWords } from '../words.tsx';

/** What makes this page less than true: a server that is silent, years whose working days nobody knows. */
export function Notices() {
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
      {years.map((year) => (
        <MessageBar key={year} intent="warning" shape="square">
          <MessageBarBody>{words('desk.calendarMissing', { year })}</MessageBarBody>
        </MessageBar>
      ))}
    </div>
  );
}
