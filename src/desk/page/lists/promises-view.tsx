import { useCallback } from 'react';
import { broken, refreshPromises, runningOut, type PromiseLine } from '../data/ledger.ts';
import { colleagues, nameOf, type Agent } from '../data/office.ts';
import { go } from '../data/place.ts';
import { useShelf } from '../data/shelf.ts';
import { Due } from '../parts/due.tsx';
import { Severity } from '../parts/severity.tsx';
import { Clocks } from '../promises/clocks.tsx';
import { useWords } from '../words.tsx';
import { Table, type Column } from './table.tsx';
import { useOften } from './use-often.ts';

/** Promises that somebody must look after now; for supervisors also those that were broken in the last days. */
export function PromisesView({ agent }: { readonly agent: Agent }) {
  const words = useWords();
  const [running, past] = [useShelf(runningOut), useShelf(broken)];
  const isSupervisor = agent.role !== 'agent';
  useOften(useCallback(() => refreshPromises(isSupervisor), [isSupervisor]));
  return (
    <div className="page ledgers">
      <Lines title={words('desk.promises.running')} none={words('desk.promises.none')} lines={running} />
      {isSupervisor && (
        <Lines title={words('desk.promises.broken')} none={words('desk.promises.noneBroken')} lines={past} />
      )}
    </div>
  );
}

interface LinesProps {
  readonly title: string;
  readonly none: string;
  readonly lines: readonly PromiseLine[];
}

function Lines({ title, none, lines }: LinesProps) {
  const columns = useColumns();
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {lines.length === 0 ? (
        <p className="empty">{none}</p>
      ) : (
        <Table
          name={title}
          columns={columns}
          rows={lines}
          keyOf={({ request, seq }) => `${request} ${seq}`}
          open={null}
          onOpen={(key) => go('requests', key.split(' ')[0])}
        />
      )}
    </section>
  );
}

function useColumns(): Column<PromiseLine>[] {
  const words = useWords();
  const all = useShelf(colleagues);
  return [
    { name: words('desk.field.number'), show: ({ request }) => request },
    { name: words('desk.severity'), show: ({ severity }) => <Severity level={severity} /> },
    { name: words('desk.promise.what'), show: ({ kind }) => words(`desk.promise.kind.${kind}`) },
    { name: words('desk.field.state'), show: (line) => <Standing line={line} /> },
    { name: words('desk.promise.when'), show: ({ due, customerZone }) => <Clocks at={due} zone={customerZone} /> },
    {
      name: words('desk.promise.who'),
      show: ({ by }) => (by === 'policy' ? words('desk.promise.by.policy') : nameOf(by, all)),
    },
  ];
}

function Standing({ line: { standing, due, kind, reason } }: { readonly line: PromiseLine }) {
  const words = useWords();
  if (standing === 'soon' || standing === 'overdue' || standing === 'running')
    return <Due by={due} kind={kind} warned={standing === 'soon'} />;
  return (
    <span data-tone={standing === 'broken' ? 'late' : 'calm'}>
      {words(`desk.promise.standing.${standing}`)}
      {reason !== null && ` · ${words(`desk.promise.reason.${reason}`)}`}
    </span>
  );
}
