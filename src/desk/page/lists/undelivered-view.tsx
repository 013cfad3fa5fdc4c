import { ArrowClockwiseRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { refreshUndelivered, retry, undelivered, type DeadLetter } from '../data/ledger.ts';
import type { Agent } from '../data/office.ts';
import { go } from '../data/place.ts';
import { useShelf } from '../data/shelf.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { Fact } from '../parts/fact.tsx';
import { instant } from '../time.ts';
import { useWords, type DeskWords } from '../words.tsx';
import { Split } from './split.tsx';
import { Table, type Column } from './table.tsx';
import { useOften } from './use-often.ts';

interface Props {
  readonly open: string | null;
  readonly agent: Agent;
}

/** What could not be delivered to the outside and was given up: a person must look. */
export function UndeliveredView({ open, agent }: Props) {
  const words = useWords();
  const all = useShelf(undelivered);
  const [told, setTold] = useState('');
  useOften(refreshUndelivered);
  const again = async (id: string): Promise<void> => {
    const done = await retry(id);
    setTold(words(done.ok ? 'desk.dead.again' : 'desk.refused.silent'));
  };
  const columns: Column<DeadLetter>[] = [
    { name: words('desk.dead.what'), show: ({ kind }) => words.of('desk.dead.kind.', kind) },
    { name: words('desk.field.number'), show: ({ request }) => request },
    { name: words('desk.dead.reason'), show: ({ reason }) => reasonText(reason, words) },
    { name: words('desk.dead.lastTried'), show: ({ lastTriedAt }) => instant(lastTriedAt, words.language) },
  ];
  const letter = all.find(({ id }) => id === open);
  const table = { name: words('desk.view.undelivered'), columns, rows: all, open };
  const list =
    all.length === 0 ? (
      <p className="empty">{words('desk.dead.none')}</p>
    ) : (
      <Table {...table} keyOf={({ id }) => id} onOpen={(id) => go('undelivered', id)} />
    );
  return (
    <>
      <p className="told" role="status">
        {told}
      </p>
      <Split
        list={list}
        title={letter ? words.of('desk.dead.kind.', letter.kind) : ''}
        details={letter ? <Letter letter={letter} mayRetry={agent.role !== 'agent'} onRetry={again} /> : null}
        openKey={open}
        onBack={() => go('undelivered')}
      />
    </>
  );
}

interface LetterProps {
  readonly letter: DeadLetter;
  readonly mayRetry: boolean;
  readonly onRetry: (id: string) => Promise<void>;
}

function Letter({ letter: { id, request, reason, attempts, lastTriedAt }, mayRetry, onRetry }: LetterProps) {
  const words = useWords();
  return (
    <>
      <dl>
        <Fact name={words('desk.field.number')}>
          {request !== '' && <a href={`#/requests/${encodeURIComponent(request)}`}>{request}</a>}
        </Fact>
        <Fact name={words('desk.dead.reason')}>{reasonText(reason, words)}</Fact>
        <Fact name={words('desk.dead.attempts')}>{attempts}</Fact>
        <Fact name={words('desk.dead.lastTried')}>{instant(lastTriedAt, words.language)}</Fact>
      </dl>
      {mayRetry ? (
        <>
          <p className="hint">{words('desk.dead.hint')}</p>
          <BusyButton appearance="primary" icon={<ArrowClockwiseRegular />} onDo={() => onRetry(id)}>
            {words('desk.dead.retry')}
          </BusyButton>
        </>
      ) : (
        <p className="hint">{words('desk.dead.notYours')}</p>
      )}
    </>
  );
}

const reasonText = (reason: string, words: DeskWords): string =>
  reason === '' ? words('desk.dead.reason.unknown') : words.of('desk.dead.reason.', reason);
