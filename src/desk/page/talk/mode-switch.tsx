import { Tab, TabList } from '@fluentui/react-components';
import { ChatRegular, EyeOffRegular } from '@fluentui/react-icons';
import { useWords } from '../words.tsx';
import type { Mode } from './composer.tsx';

/** To the customer, or a note that only colleagues see. */
export function ModeSwitch({ mode, onMode }: { readonly mode: Mode; readonly onMode: (mode: Mode) => void }) {
  const words = useWords();
  return (
    <TabList
      size="small"
      selectedValue={mode}
      aria-label={words('desk.composer.mode')}
      onTabSelect={(_event, { value }) => onMode(value === 'note' ? 'note' : 'message')}
    >
      <Tab value="message" icon={<ChatRegular />}>
        {words('desk.composer.message.tab')}
      </Tab>
      <Tab value="note" icon={<EyeOffRegular />}>
        {words('desk.composer.note.tab')}
      </Tab>
    </TabList>
  );
}
