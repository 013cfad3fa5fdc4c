import { refreshRequests, type RequestLine } from '../data/office.ts';
import type { OpenRequest, ShowContact } from '../data/request.ts';
import { Marked } from '../packet/marked.tsx';
import { History } from './request-history.tsx';
import { RequestContact } from './request-contact.tsx';
import { Fact } from '../parts/fact.tsx';
import { Severity } from '../parts/severity.tsx';
import { Ledger } from '../promises/ledger.tsx';
import { instant } from '../time.ts';
import { useWords, type DeskWords } from '../words.tsx';

/** One request: what was filed, on what it rests, and what became of it. */
export function RequestDetails({ request, onShow }: { readonly request: OpenRequest; readonly onShow: ShowContact }) {
  const words = useWords();
  const { severity, description, evidence, state, category, offering, route, respondBy, provisional } = request;
  return (
    <>
      <p className="level">
        <Severity level={severity} />
        <span>{words(`desk.state.${state}`)}</span>
      </p>
      <blockquote lang={request.language}>
        <Marked text={description} evidence={evidence} />
      </blockquote>
      <dl>
        <Fact name={words('desk.field.impact')}>{request.impact}</Fact>
        <Fact name={words('desk.field.category')}>{words.of('page.category.', category)}</Fact>
        <Fact name={words('desk.field.offering')}>{words(`page.offering.${offering}`)}</Fact>
        <Fact name={words('desk.field.route')}>{words.of('page.route.', route)}</Fact>
        <Fact name={words('desk.field.entitlement')}>{entitlementText(request, words)}</Fact>
        <Fact name={words('desk.field.customer')}>{customerText(request, words)}</Fact>
        <Fact name={words('desk.field.incident')}>{request.incident}</Fact>
        <Fact name={words('desk.field.personName')}>{request.personName}</Fact>
        <Fact name={words('desk.field.contact')}>
          <RequestContact key={request.number} request={request} onShow={onShow} />
        </Fact>
        <Fact name={words('desk.field.createdAt')}>{instant(request.createdAt, words.language)}</Fact>
        <Fact name={words('desk.field.respondBy')}>
          {respondBy === null ? words('desk.noPromise') : instant(respondBy, words.language)}
          {provisional && ` ${words('desk.provisional')}`}
        </Fact>
      </dl>
      <TicketFacts request={request} />
      <section aria-labelledby="request-promises">
        <h3 id="request-promises">{words('desk.promise.title')}</h3>
        <Ledger
          key={request.number}
          request={request.number}
          isOpen={state === 'open'}
          promises={request.promises}
          zone={request.contact.timeZone ?? null}
          onChanged={refreshRequests}
        />
      </section>
      <History history={request.history} language={request.language} />
    </>
  );
}

/** The same matter in the ticket system outside, by the number that people there know; nothing where there is none. */
function TicketFacts({ request: { ticket } }: { readonly request: RequestLine }) {
  const words = useWords();
  if (!ticket) return null;
  const { state, system, number, url, reason } = ticket;
  return (
    <section aria-labelledby="request-ticket">
      <h3 id="request-ticket">{words('desk.ticket.title')}</h3>
      <dl>
        <Fact name={words('desk.ticket.system')}>{system && words(`desk.ticket.system.${system}`)}</Fact>
        <Fact name={words('desk.ticket.number')}>
          {url === undefined ? (
            number
          ) : (
            <a href={url} target="_blank" rel="noopener noreferrer">
              {number}
            </a>
          )}
        </Fact>
        <Fact name={words('desk.field.state')}>
          <span data-tone={state === 'needs-a-person' ? 'late' : 'calm'}>
            {words(`desk.ticket.state.${state}`)}
            {reason !== null && ` · ${words.of('desk.dead.reason.', reason)}`}
          </span>
        </Fact>
      </dl>
    </section>
  );
}

/** Whether a directory vouched; where it didn't, for which facts the agent must look. */
function entitlementText({ entitlement, unverified }: RequestLine, words: DeskWords): string {
  if (entitlement === 'directory') return words('desk.verified');
  const facts = (unverified ?? (['role'] as const)).map((fact) => words(`desk.unverified.${fact}`));
  return words('desk.unverified', { facts: facts.join(words('desk.join')) });
}

/** A reseller's customer: the name, the directory's id, and the reseller's own number. */
function customerText({ customer }: RequestLine, words: DeskWords): string {
  if (!customer) return '';
  const { name, id, reference } = customer;
  return [name, id, reference && words('desk.ownNumber', { number: reference })].filter(Boolean).join(' · ');
}
