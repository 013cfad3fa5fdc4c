import type { CasePacket } from '#src/desk/packet.ts';
import { useClock } from '../data/clock.ts';
import { Badge } from '../parts/badge.tsx';
import { Fact } from '../parts/fact.tsx';
import { timeIn } from '../time.ts';
import { useWords } from '../words.tsx';

/** Who is asking, how that is known, and what they may have. */
export function Person({ person, entitlement, customer }: Pick<CasePacket, 'person' | 'entitlement' | 'customer'>) {
  const words = useWords();
  const { name, known, role, roleName, language, timeZone, country } = person;
  const { offering, route, purchase, agreement, unverified } = entitlement;
  return (
    <section aria-labelledby="packet-person">
      <h3 id="packet-person">{words('desk.packet.person')}</h3>
      <Badge tone={known === 'directory' ? 'good' : 'soon'}>{words(`desk.known.${known}`)}</Badge>
      {unverified.length > 0 && (
        <Badge tone="soon">
          {words('desk.unverified', {
            facts: unverified.map((fact) => words(`desk.unverified.${fact}`)).join(words('desk.join')),
          })}
        </Badge>
      )}
      <dl>
        <Fact name={words('desk.field.name')}>{name}</Fact>
        <Fact name={words('desk.field.role')}>{roleName ?? words.of('desk.role.', role)}</Fact>
        <Fact name={words('desk.field.language')}>{words(`page.language.${language}`)}</Fact>
        <Fact name={words('desk.field.offering')}>{offering && words(`page.offering.${offering}`)}</Fact>
        <Fact name={words('desk.field.purchase')}>
          {purchase !== 'unknown' && words.of('desk.purchase.', purchase)}
        </Fact>
        <Fact name={words('desk.field.agreement')}>
          {agreement !== null && words(agreement ? 'desk.agreement.yes' : 'desk.agreement.no')}
        </Fact>
        <Fact name={words('desk.field.route')}>{!route.startsWith('ask-') && words.of('page.route.', route)}</Fact>
        <Fact name={words('desk.field.customer')}>
          {customer && [customer.name, customer.id, customer.reference].filter(Boolean).join(' · ')}
        </Fact>
        <Fact name={words('desk.field.country')}>{country}</Fact>
        <Fact name={words('desk.field.theirTime')}>{timeZone && <TheirTime zone={timeZone} />}</Fact>
      </dl>
    </section>
  );
}

function TheirTime({ zone }: { readonly zone: string }) {
  const { language } = useWords();
  const time = useClock((now) => timeIn(zone, now, language));
  return `${time} (${zone})`;
}
