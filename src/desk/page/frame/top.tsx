import {
  Button,
  Menu,
  MenuItem,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { KeyboardRegular, PersonCircleRegular, SignOutRegular } from '@fluentui/react-icons';
import type { Language } from '#knowledge/schema.ts';
import { setSound, sound } from '../data/attention.ts';
import { signOut, type Agent } from '../data/office.ts';
import { useShelf } from '../data/shelf.ts';
import { LanguageSelect } from '../parts/language-select.tsx';
import { Logo } from '../parts/logo.tsx';
import { Presence } from '../team/presence.tsx';
import { useWords } from '../words.tsx';

interface Props {
  readonly agent: Agent;
  readonly onLanguage: (language: Language) => void;
  readonly onHelp: () => void;
}

export function Top({ agent, onLanguage, onHelp }: Props) {
  const words = useWords();
  return (
    <header className="top">
      <Logo />
      <h1>{words('desk.title')}</h1>
      <Presence agent={agent} />
      <LanguageSelect onLanguage={onLanguage} />
      <OwnMenu agent={agent} onHelp={onHelp} />
    </header>
  );
}

function OwnMenu({ agent, onHelp }: Omit<Props, 'onLanguage'>) {
  const words = useWords();
  const isLoud = useShelf(sound);
  return (
    <Menu
      checkedValues={{ sound: isLoud ? ['on'] : [] }}
      onCheckedValueChange={(_event, { checkedItems }) => setSound(checkedItems.includes('on'))}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          className="own"
          appearance="subtle"
          icon={<PersonCircleRegular />}
          aria-label={words('desk.own', { name: agent.name })}
        >
          <span className="own-name">{agent.name}</span>
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItemCheckbox name="sound" value="on">
            {words('desk.sound')}
          </MenuItemCheckbox>
          <MenuItem icon={<KeyboardRegular />} secondaryContent="Alt+/" onClick={onHelp}>
            {words('desk.keys')}
          </MenuItem>
          <MenuItem icon={<SignOutRegular />} onClick={() => void signOut()}>
            {words('desk.signout')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
