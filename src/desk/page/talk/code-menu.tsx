import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { PasswordRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { whyNot } from '../data/call.ts';
import type { Talk } from '../data/talk.ts';
import { useWords } from '../words.tsx';

interface Props {
  readonly talk: Talk;
  readonly onRefused: (why: string | null) => void;
}

type Address = Awaited<ReturnType<Talk['codeAddresses']>>[number];

/** Sends the person a code, to one of the addresses that their organization registered; shown in part. */
export function CodeMenu({ talk, onRefused }: Props) {
  const words = useWords();
  const [addresses, setAddresses] = useState<readonly Address[] | null>(null);
  const look = async (): Promise<void> => setAddresses(await talk.codeAddresses());
  const send = async (to: string): Promise<void> => {
    const done = await talk.act('code', { to });
    onRefused(done.ok ? null : whyNot(done));
  };
  return (
    <Menu onOpenChange={(_event, { open }) => void (open && look())}>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small" icon={<PasswordRegular />}>
          {words('desk.code')}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {(addresses ?? []).map(({ id, shown }) => (
            <MenuItem key={id} onClick={() => void send(id)}>
              {words('desk.code.to', { address: shown })}
            </MenuItem>
          ))}
          {addresses?.length === 0 && <MenuItem disabled>{words('desk.refused.no-address')}</MenuItem>}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
