import { Button } from '@fluentui/react-components';
import { ArrowLeftRegular, PanelRightRegular } from '@fluentui/react-icons';
import { go, type View } from '../data/place.ts';
import type { DeskPacket } from '../data/talk.ts';
import { Due, Wait } from '../parts/due.tsx';
import { Severity } from '../parts/severity.tsx';
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
      {known?.severity.respondBy && <Due by={known.severity.respondBy} />}
      {owner === 'waiting' && waitingSince !== null && <Wait since={waitingSince} />}
      <Button className="to-packet" size="small" icon={<PanelRightRegular />} onClick={onPacket}>
        {words('desk.packet')}
      </Button>
    </header>
  );
}

function standingText({ owner, agent }: DeskPacket, isMine: boolean, words: DeskWords): string {
  if (isMine) return words('desk.standing.mine');
  return owner === 'agent' ? words('desk.standing.agent', { name: agent ?? '' }) : words(`desk.standing.${owner}`);
}
