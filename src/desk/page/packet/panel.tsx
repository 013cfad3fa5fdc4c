import type { DeskPacket } from '#src/desk/packet.ts';
import { useWords } from '../words.tsx';
import { Contact } from './contact.tsx';
import { Requests, Shown } from './history.tsx';
import { Matter } from './matter.tsx';
import { Person } from './person.tsx';
import { Verified } from './verified.tsx';

interface Props {
  readonly packet: DeskPacket;
  /** Reads the packet again. */
  readonly onChanged: () => Promise<unknown>;
}

/** Everything that travels along with a conversation, the most needed first. */
export function Packet({ packet, onChanged }: Props) {
  const words = useWords();
  const { conversation, case: known, requests, contactIs, verified } = packet;
  return (
    <aside id="packet" className="packet" tabIndex={0} aria-label={words('desk.packet')}>
      <Verified verified={verified} />
      {known === null ? (
        <p className="empty-line">{words('desk.packet.unknown')}</p>
      ) : (
        <Matter known={known} isFiled={requests.length > 0} />
      )}
      <Requests requests={requests} zone={known?.person.timeZone ?? null} onChanged={onChanged} />
      {known !== null && (
        <>
          <Person person={known.person} entitlement={known.entitlement} customer={known.customer} />
          <Contact key={conversation} {...{ conversation, contactIs }} contact={known.contact} />
          <Shown known={known} />
        </>
      )}
    </aside>
  );
}
