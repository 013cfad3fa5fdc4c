import type { DeskPacket } from '#src/desk/packet.ts';
import { go } from '../data/place.ts';
import { Due } from '../parts/due.tsx';
import { Severity } from '../parts/severity.tsx';
import { useWords } from '../words.tsx';

/** What the person was shown and asked already: nobody has to ask it again. */
export function Shown({ known }: { readonly known: NonNullable<DeskPacket['case']> }) {
  const words = useWords();
  const { answers, asked } = known;
  if (answers.length === 0 && asked.length === 0) return null;
  return (
    <section aria-labelledby="packet-shown">
      <h3 id="packet-shown">{words('desk.packet.shown')}</h3>
      <ul className="plain">
        {answers.map(({ topic, outcome }) => (
          <li key={topic}>
            {words('desk.packet.article', { topic })}: {words(`desk.answer.${outcome ?? 'open'}`)}
          </li>
        ))}
        {asked.map(({ step, answer }) => (
          <li key={step}>
            {words.of('desk.step.', step)}: {answerText(step, answer, words)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Answers are ids of the question that was asked, or what the person typed. */
function answerText(step: string, answer: string, words: ReturnType<typeof useWords>): string {
  const name = words.of('desk.choice.', answer);
  if (name !== answer) return name;
  return step === 'offering' ? words.of('page.offering.', answer) : answer;
}

export function Requests({ requests }: Pick<DeskPacket, 'requests'>) {
  const words = useWords();
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="packet-requests">
      <h3 id="packet-requests">{words('desk.packet.requests')}</h3>
      <ul className="plain">
        {requests.map(({ number, state, severity, respondBy }) => (
          <li key={number} className="request-line">
            <Severity level={severity} />
            <a
              href={`#/requests/${encodeURIComponent(number)}`}
              onClick={(event) => {
                event.preventDefault();
                go('requests', number);
              }}
            >
              {number}
            </a>
            <span>{words(`desk.state.${state}`)}</span>
            {respondBy !== null && state === 'open' && <Due by={respondBy} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
