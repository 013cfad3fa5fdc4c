import type { CasePacket } from '#src/desk/packet.ts';
import { Fact } from '../parts/fact.tsx';
import { Severity } from '../parts/severity.tsx';
import { instant } from '../time.ts';
import { useWords } from '../words.tsx';
import { Marked } from './marked.tsx';

/** What is wrong, how bad it is, and the words that this rests on. */
export function Matter({ known, isFiled }: { readonly known: CasePacket; readonly isFiled: boolean }) {
  const words = useWords();
  const { severity, description, impact, category, product, incident } = known;
  return (
    <section aria-labelledby="packet-matter">
      <h3 id="packet-matter">{words('desk.packet.matter')}</h3>
      <p className="level">
        <Severity level={severity.level} />
        <span>{howDecided(known, words)}</span>
      </p>
      {severity.respondBy !== null && !isFiled && (
        <p className="hint">
          {words('desk.ifFiled', { time: instant(severity.respondBy, words.language) })}
          {severity.provisional && ` ${words('desk.provisional')}`}
        </p>
      )}
      {description === null ? (
        <p className="empty-line">{words('desk.packet.noDescription')}</p>
      ) : (
        <blockquote lang={known.person.language}>
          <Marked text={description} evidence={severity.evidence} />
        </blockquote>
      )}
      {severity.evidence.length > 0 && <p className="hint">{words('desk.packet.marked')}</p>}
      <dl>
        <Fact name={words('desk.field.impact')}>{impact}</Fact>
        <Fact name={words('desk.field.category')}>{category && words.of('page.category.', category)}</Fact>
        <Fact name={words('desk.field.product')}>{product && words.of('desk.product.', product)}</Fact>
        <Fact name={words('desk.field.incident')}>
          {incident &&
            [incident.id, incident.outcome && words.of('desk.incident.', incident.outcome)].filter(Boolean).join(' · ')}
        </Fact>
      </dl>
    </section>
  );
}

function howDecided({ severity }: CasePacket, words: ReturnType<typeof useWords>): string {
  const { level, proposed, chosen, cap } = severity;
  if (level === '') return words('desk.level.none');
  const parts = [
    proposed !== '' && words('desk.level.proposed', { level: proposed }),
    chosen !== null && chosen !== proposed && words('desk.level.chosen', { level: chosen }),
    cap !== null && words('desk.level.cap', { level: cap }),
  ];
  return parts.filter(Boolean).join(words('desk.join'));
}
