import { useState } from 'react';
import type { PromiseView } from '../data/ledger.ts';
import { refreshFloor } from '../data/floor.ts';
import { colleagues, nameOf } from '../data/office.ts';
import { useShelf } from '../data/shelf.ts';
import { useWords } from '../words.tsx';
import { refusedText, type Owed } from './owed.ts';
import { isOpen, PromiseLine } from './promise-line.tsx';
import { PromiseDialog } from './promise-dialog.tsx';

interface Props {
  readonly request: string;
  readonly isOpen: boolean;
  readonly promises: readonly PromiseView[];
  readonly zone: string | null;
  /** Reads again what shows this ledger. */
  readonly onChanged: () => Promise<unknown>;
}

/** The promises of a request: what is owed first, then what became of the others; and the way to promise something. */
export function Ledger({ request, isOpen: isRequestOpen, promises, zone, onChanged }: Props) {
  const words = useWords();
  const all = useShelf(colleagues);
  const [told, setTold] = useState('');
  const onDone: Owed['onDone'] = async (done, said) => {
    setTold(done.ok ? words(said) : refusedText(done, words));
    await Promise.all([onChanged(), refreshFloor()]);
  };
  const owed = { request, isOpen: isRequestOpen, zone, nameOf: (id: string) => nameOf(id, all), onDone };
  const ordered = [...promises.filter(isOpen), ...promises.filter((one) => !isOpen(one)).toReversed()];
  return (
    <div className="ledger">
      {ordered.length === 0 && <p className="empty-line">{words('desk.promise.none')}</p>}
      <ul className="plain" aria-label={words('desk.promise.title')}>
        {ordered.map((promise) => (
          <PromiseLine key={promise.seq} promise={promise} owed={owed} />
        ))}
      </ul>
      <p className="hint" role="status">
        {told}
      </p>
      {isRequestOpen && <PromiseDialog owed={owed} renews={null} />}
    </div>
  );
}
