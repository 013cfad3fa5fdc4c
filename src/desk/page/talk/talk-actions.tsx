import { Button } from '@fluentui/react-components';
import { BotRegular, CheckmarkCircleRegular, PersonAddRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { whyNot } from '../data/call.ts';
import type { Agent } from '../data/office.ts';
import type { DeskPacket, Talk } from '../data/talk.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { useWords } from '../words.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { CodeMenu } from './code-menu.tsx';
import { SeverityDialog } from './severity-dialog.tsx';
import { TransferMenu } from './transfer-menu.tsx';

interface Props {
  readonly talk: Talk;
  readonly packet: DeskPacket;
  readonly agent: Agent;
  readonly isMine: boolean;
  readonly onRefused: (why: string | null) => void;
}

/** What this agent may do with the conversation as it stands. */
export function TalkActions(props: Props) {
  const { packet, agent, isMine } = props;
  if (isMine) return <OwnActions {...props} />;
  if (packet.owner === 'waiting') return <Accept {...props} />;
  return packet.owner === 'agent' && agent.role !== 'agent' ? <TakeOver {...props} /> : null;
}

function Accept({ talk, onRefused }: Props) {
  const words = useWords();
  return (
    <BusyButton
      id="accept"
      appearance="primary"
      icon={<PersonAddRegular />}
      onDo={() => hold(talk.accept(), onRefused)}
    >
      {words('desk.accept')}
    </BusyButton>
  );
}

function TakeOver({ talk, onRefused }: Props) {
  const words = useWords();
  return (
    <BusyButton icon={<PersonAddRegular />} onDo={() => hold(talk.takeOver(), onRefused)}>
      {words('desk.takeOver')}
    </BusyButton>
  );
}

async function hold(asked: ReturnType<Talk['accept']>, onRefused: Props['onRefused']): Promise<void> {
  const done = await asked;
  onRefused(done.ok ? null : whyNot(done));
  if (!done.ok) return;
  // Who accepted wants to write.
  document.getElementById('composer')?.focus();
}

function OwnActions({ talk, packet, agent, onRefused }: Props) {
  const words = useWords();
  const [closing, setClosing] = useState(false);
  const giveBack = async (): Promise<void> => {
    const done = await talk.act('return');
    onRefused(done.ok ? null : whyNot(done));
  };
  return (
    <>
      <TransferMenu talk={talk} agent={agent} onRefused={onRefused} />
      <CodeMenu talk={talk} onRefused={onRefused} />
      <SeverityDialog talk={talk} now={packet.case?.severity.level ?? ''} />
      <BusyButton size="small" icon={<BotRegular />} onDo={giveBack}>
        {words('desk.return')}
      </BusyButton>
      <Button size="small" icon={<CheckmarkCircleRegular />} onClick={() => setClosing(true)}>
        {words('desk.close')}
      </Button>
      <CloseDialog talk={talk} open={closing} onOpen={setClosing} onRefused={onRefused} />
    </>
  );
}
