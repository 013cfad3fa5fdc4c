import { MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useDraft, writeDraft } from '../data/drafts.ts';
import { whoHas } from '../data/follow.ts';
import { colleagues, nameOf, type Agent } from '../data/office.ts';
import type { Letter } from '../data/outbox.ts';
import type { View } from '../data/place.ts';
import { useShelf } from '../data/shelf.ts';
import { talkOf, type DeskPacket, type Talk } from '../data/talk.ts';
import { Packet } from '../packet/panel.tsx';
import { useWords } from '../words.tsx';
import { Composer, type Mode } from './composer.tsx';
import { refusalText } from './refusal.ts';
import { TalkActions } from './talk-actions.tsx';
import { TalkHead } from './talk-head.tsx';
import { Transcript } from './transcript.tsx';

interface Props {
  readonly id: string;
  readonly view: View;
  readonly agent: Agent;
}

/** One conversation with everything known of it. */
export function TalkView({ id, view, agent }: Props) {
  const words = useWords();
  const talk = talkOf(id);
  const { phase, packet } = useShelf(talk.state);
  const [refused, setRefused] = useState<{ id: string; code: string } | null>(null);
  const who = useWho(id);
  useEffect(() => void talk.load(), [talk]);
  const why = refused?.id === id ? refusalText(refused.code, who, words) : '';
  if (phase === 'loading') return <Spinner className="talk" label={words('desk.loading')} />;
  if (packet === null) {
    return (
      <section className="talk">
        <p className="empty" role="status">
          {why === '' ? refusalText('not-found', who, words) : why}
        </p>
        <Unsent id={id} />
      </section>
    );
  }
  return (
    <Open
      {...{ talk, packet, view, agent, why }}
      onRefused={(code) => setRefused(code === null ? null : { id, code })}
    />
  );
}

/** What was being written when somebody else got the conversation: it is not lost with it. */
function Unsent({ id }: Pick<Props, 'id'>) {
  const words = useWords();
  const text = useDraft(id, 'message').trim();
  if (text === '') return null;
  return (
    <figure className="unsent">
      <figcaption className="hint">{words('desk.unsent')}</figcaption>
      <blockquote className="said">{text}</blockquote>
    </figure>
  );
}

/** The name of whoever has it, as the server told last. */
function useWho(id: string): string | null {
  const has = useShelf(whoHas).get(id);
  const all = useShelf(colleagues);
  return has ? nameOf(has, all) : null;
}

interface OpenProps {
  readonly talk: Talk;
  readonly packet: DeskPacket;
  readonly view: View;
  readonly agent: Agent;
  readonly why: string;
  /** null: what was tried last was done. */
  readonly onRefused: (code: string | null) => void;
}

function Open({ talk, packet, view, agent, why, onRefused }: OpenProps) {
  const [mode, setMode] = useState<Mode>('message');
  const [showsPacket, setShowsPacket] = useState(false);
  const isMine = packet.contactIs === 'whole';
  const mayWhisper = !isMine && agent.role !== 'agent' && packet.owner !== 'bot';
  const language = packet.case?.person.language ?? 'en';
  const back = ({ kind, text }: Letter): void => {
    writeDraft(talk.id, kind, text);
    setMode(kind);
  };
  return (
    <>
      <section className="talk" aria-labelledby="talk-title" data-packet={showsPacket}>
        <TalkHead packet={packet} view={view} isMine={isMine} onPacket={() => setShowsPacket(!showsPacket)} />
        {why !== '' && (
          <MessageBar intent="warning" role="status">
            <MessageBarBody>{why}</MessageBarBody>
          </MessageBar>
        )}
        <div className="talk-actions">
          <TalkActions {...{ talk, packet, agent, isMine, onRefused }} />
        </div>
        <Transcript talk={talk} language={language} onBack={back} />
        {(isMine || mayWhisper) && (
          <Composer
            talk={talk}
            language={language}
            values={valuesOf(packet, agent)}
            mode={isMine ? mode : 'note'}
            onMode={setMode}
            notesOnly={!isMine}
          />
        )}
      </section>
      <Packet packet={packet} onChanged={() => talk.load()} />
    </>
  );
}

/** What canned replies may name. */
function valuesOf({ case: known, requests }: DeskPacket, agent: Agent): Record<string, string | null> {
  return {
    customer: known?.person.name ?? null,
    number: requests[0]?.number ?? known?.request ?? null,
    agent: agent.name,
  };
}
