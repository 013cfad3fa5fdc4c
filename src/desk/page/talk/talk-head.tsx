import { Button } from '@fluentui/react-components';
import { ArrowLeftRegular, PanelRightRegular } from '@fluentui/react-icons';
import type { PromiseView } from '../data/ledger.ts';
import { go, type View } from '../data/place.ts';
import type { DeskPacket } from '../data/talk.ts';
import { Due, Wait } from '../parts/due.tsx';
import { Severity } from '../parts/severity.tsx';
import { isOpen } from '../promises/promise-line.tsx';
import { useWords, type DeskWords } from '../words.tsx';

interface Props {
  readonly packet: DeskPacket;
  readonly view: View;
  readonly isMine: boolean;
  readonly onPacket: () => void;
}

/** Who this is, who has the word, and since when. */
export function TalkHead({ packet, view, isMine, onPacket }: Props) {
  const words = useWords();
  const { case: known, owner, waitingSince } = packet;
  const next = nextPromise(packet);
  return (
    <header className="talk-head">
      <Button
        className="back"
        appearance="subtle"
        icon={<ArrowLeftRegular />}
        aria-label={words('desk.back')}
        onClick={() => go(view)}
      />
      <Severity level={known?.severity.level ?? ''} />
      <h2 tabIndex={-1} id="talk-title">
        {known?.person.name ?? words('desk.someone')}
      </h2>
      <span className="standing" data-owner={isMine ? 'mine' : owner}>
        {standingText(packet, isMine, words)}
      </span>
      {next && <Due by={next.due} kind={next.kind} warned={next.standing === 'soon'} />}
      {owner === 'waiting' && waitingSince !== null && <Wait since={waitingSince} />}
      <Button className="to-packet" size="small" icon={<PanelRightRegular />} onClick={onPacket}>
        <span className="to-packet-name">{words('desk.packet')}</span>
      </Button>
    </header>
  );
}

function standingText({ owner, agent }: DeskPacket, isMine: boolean, words: DeskWords): string {
  if (isMine) return words('desk.standing.mine');
  return owner === 'agent' ? words('desk.standing.agent', { name: agent ?? '' }) : words(`desk.standing.${owner}`);
}

/** What is owed next for this conversation. */
function nextPromise({ requests }: DeskPacket): PromiseView | undefined {
  const open = requests.flatMap(({ promises }) => promises).filter(isOpen);
  return open.toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due))[0];
}
