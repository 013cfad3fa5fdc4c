import { Switch } from '@fluentui/react-components';
import { colleagues, ownRecord, setPresence, type Agent } from '../data/office.ts';
import { useShelf } from '../data/shelf.ts';
import { useWords } from '../words.tsx';

/** On duty or away, with how many people I have and may have. */
export function Presence({ agent }: { readonly agent: Agent }) {
  const words = useWords();
  const own = ownRecord(agent, useShelf(colleagues));
  const isOnDuty = own?.presence === 'on-duty';
  return (
    <div className="presence">
      <Switch
        checked={isOnDuty}
        label={words(isOnDuty ? 'desk.presence.on-duty' : 'desk.presence.away')}
        aria-label={words('desk.presence.switch')}
        onChange={(_event, { checked }) => void setPresence(checked ? 'on-duty' : 'away')}
      />
      {own && <span className="load">{words('desk.load.of', { count: own.load, capacity: own.capacity })}</span>}
    </div>
  );
}
