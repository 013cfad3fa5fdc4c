import { refreshRequests, requests, type RequestLine } from '../data/office.ts';
import { go } from '../data/place.ts';
import { useRequest } from '../data/request.ts';
import { useShelf } from '../data/shelf.ts';
import { Due } from '../parts/due.tsx';
import { Severity } from '../parts/severity.tsx';
import { isOpen } from '../promises/promise-line.tsx';
import { instant } from '../time.ts';
import { useWords } from '../words.tsx';
import { RequestDetails } from './request-details.tsx';
import { Split } from './split.tsx';
import { Table, type Column } from './table.tsx';
import { useOften } from './use-often.ts';

/** Service requests, the newest first. */
export function RequestsView({ open }: { readonly open: string | null }) {
  const words = useWords();
  const all = useShelf(requests);
  const columns = useColumns();
  useOften(refreshRequests);
  const line = all.find(({ number }) => number === open);
  const { view, show } = useRequest(open, line);
  // Until it is read, what the list knows.
  const request = view ?? line;
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
  const details = request ? <RequestDetails request={request} onShow={show} /> : null;
  return (
    <Split list={list} title={request?.number ?? ''} details={details} openKey={open} onBack={() => go('requests')} />
  );
}

function useColumns(): Column<RequestLine>[] {
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
    { name: words('desk.promise.next'), show: (request) => <Promised request={request} /> },
  ];
}

/** The clock of what is owed next; what is closed, or owed nothing any more, tells the time that was promised. */
function Promised({ request: { respondBy, promises } }: { readonly request: RequestLine }) {
  const words = useWords();
  const next = promises.filter(isOpen).toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due))[0];
  if (next) return <Due by={next.due} kind={next.kind} warned={next.standing === 'soon'} />;
  return respondBy === null ? words('desk.noPromise') : instant(respondBy, words.language);
}
