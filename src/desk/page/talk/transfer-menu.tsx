import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { PeopleQueueRegular, PersonArrowRightRegular } from '@fluentui/react-icons';
import { whyNot } from '../data/call.ts';
import { colleagues, type Agent } from '../data/office.ts';
import { useShelf } from '../data/shelf.ts';
import type { Talk } from '../data/talk.ts';
import { useWords } from '../words.tsx';

interface Props {
  readonly talk: Talk;
  readonly agent: Agent;
  readonly onRefused: (why: string | null) => void;
}

/** To a colleague who is there, or back into the line. */
export function TransferMenu({ talk, agent, onRefused }: Props) {
  const words = useWords();
  const there = useShelf(colleagues).filter(({ id, there: isThere }) => isThere && id !== agent.id);
  const transfer = async (to: string): Promise<void> => {
    const done = await talk.act('transfer', { to });
    onRefused(done.ok ? null : whyNot(done));
  };
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small" icon={<PersonArrowRightRegular />}>
          {words('desk.transfer')}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<PeopleQueueRegular />} onClick={() => void transfer('queue')}>
            {words('desk.transfer.queue')}
          </MenuItem>
          {there.map(({ id, name, load, presence }) => (
            <MenuItem key={id} onClick={() => void transfer(id)} secondaryContent={words('desk.load', { count: load })}>
              {name} · {words(`desk.presence.${presence}`)}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
