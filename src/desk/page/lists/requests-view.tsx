import { useEffect } from 'react';
import { refreshRequests, requests, type RequestView } from '../data/office.ts';
import { go } from '../data/place.ts';
import { useShelf } from '../data/shelf.ts';
import { Due } from '../parts/due.tsx';
import { Severity } from '../parts/severity.tsx';
import { instant } from '../time.ts';
import { useWords } from '../words.tsx';
import { RequestDetails } from './request-details.tsx';
import { Split } from './split.tsx';
import { Table, type Column } from './table.tsx';

const EVERY_MS = 15_000;

/** Service requests, the newest first. */
export function RequestsView({ open }: { readonly open: string | null }) {
  const words = useWords();
  const all = useShelf(requests);
  const columns = useColumns();
  useEffect(() => {
    void refreshRequests();
    const timer = setInterval(() => void refreshRequests(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const request = all.find(({ number }) => number === open);
  const list =
    all.length === 0 ? (
      <p className="empty">{words('desk.requests.none')}</p>
    ) : (
      <Table
        name={words('desk.view.requests')}
        columns={columns}
        rows={all}
        keyOf={({ number }) => number}
        open={open}
        onOpen={(number) => go('requests', number)}
      />
    );
  const details = request ? <RequestDetails request={request} /> : null;
  return (
    <Split list={list} title={request?.number ?? ''} details={details} openKey={open} onBack={() => go('requests')} />
  );
}

function useColumns(): Column<RequestView>[] {
  const words = useWords();
  return [
    { name: words('desk.field.number'), show: ({ number }) => number },
    { name: words('desk.severity'), show: ({ severity }) => <Severity level={severity} /> },
    {
      name: words('desk.field.description'),
      show: ({ description }) => <span className="summary">{description}</span>,
    },
    { name: words('desk.field.personName'), show: ({ personName }) => personName },
    { name: words('desk.field.state'), show: ({ state }) => words(`desk.state.${state}`) },
    { name: words('desk.field.createdAt'), show: ({ createdAt }) => instant(createdAt, words.language) },
    { name: words('desk.field.respondBy'), show: (request) => <Promised request={request} /> },
  ];
}

/** The clock of what is still open; what is closed has none. */
function Promised({ request: { state, respondBy } }: { readonly request: RequestView }) {
  const words = useWords();
  if (respondBy === null) return words('desk.noPromise');
  return state === 'open' ? <Due by={respondBy} /> : instant(respondBy, words.language);
}
