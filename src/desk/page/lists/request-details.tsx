import type { RequestView } from '../data/office.ts';
import { Marked } from '../packet/marked.tsx';
import { Due } from '../parts/due.tsx';
import { Fact } from '../parts/fact.tsx';
import { Severity } from '../parts/severity.tsx';
import { instant } from '../time.ts';
import { useWords, type DeskWords } from '../words.tsx';

/** One request: what was filed, on what it rests, and what became of it. */
export function RequestDetails({ request }: { readonly request: RequestView }) {
  const words = useWords();
  const { severity, description, evidence, state, category, offering, route, respondBy, provisional } = request;
  return (
    <>
      <p className="level">
        <Severity level={severity} />
        <span>{words(`desk.state.${state}`)}</span>
        {state === 'open' && respondBy !== null && <Due by={respondBy} />}
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
        <Fact name={words('desk.field.contact')}>{contactText(request, words)}</Fact>
        <Fact name={words('desk.field.createdAt')}>{instant(request.createdAt, words.language)}</Fact>
        <Fact name={words('desk.field.respondBy')}>
          {respondBy === null ? words('desk.noPromise') : instant(respondBy, words.language)}
          {provisional && ` ${words('desk.provisional')}`}
        </Fact>
      </dl>
      <History history={request.history} />
    </>
  );
}

function History({ history }: Pick<RequestView, 'history'>) {
  const words = useWords();
  return (
    <section aria-labelledby="request-history">
      <h3 id="request-history">{words('desk.request.history')}</h3>
      <ol className="plain">
        {history.map(({ seq, at, actor, kind }) => (
          <li key={seq}>
            {instant(at, words.language)} · {words.of('desk.actor.', actor)} · {words.of('desk.history.', kind)}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Whether a directory vouched; where it didn't, for which facts the agent must look. */
function entitlementText({ entitlement, unverified }: RequestView, words: DeskWords): string {
  if (entitlement === 'directory') return words('desk.verified');
  const facts = (unverified ?? (['role'] as const)).map((fact) => words(`desk.unverified.${fact}`));
  return words('desk.unverified', { facts: facts.join(words('desk.join')) });
}

/** A reseller's customer: the name, the directory's id, and the reseller's own number. */
function customerText({ customer }: RequestView, words: DeskWords): string {
  if (!customer) return '';
  const { name, id, reference } = customer;
  return [name, id, reference && words('desk.ownNumber', { number: reference })].filter(Boolean).join(' · ');
}

function contactText({ contact }: RequestView, words: DeskWords): string {
  const { name, method, phone, email, callbackAt, secondContact } = contact;
  const callback = callbackAt && instant(callbackAt, words.language);
  return [name, words.of('desk.method.', method), phone, email, callback, secondContact].filter(Boolean).join(' · ');
}
