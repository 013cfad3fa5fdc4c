import type { DeskPacket } from '#src/desk/packet.ts';
import { go } from '../data/place.ts';
import { Severity } from '../parts/severity.tsx';
import { Ledger } from '../promises/ledger.tsx';
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
        {answers.map(({ topic, titles, outcome }) => (
          <li key={topic}>
            {words('desk.packet.article', { title: titles[words.language] ?? titles[known.person.language] ?? topic })}
            {words('desk.colon')}
            {words(`desk.answer.${outcome ?? 'open'}`)}
          </li>
        ))}
        {asked.map(({ step, answer }) => (
          <li key={step}>
            {words.of('desk.step.', step)}
            {words('desk.colon')}
            {answerText(step, answer, words)}
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

interface RequestsProps extends Pick<DeskPacket, 'requests'> {
  readonly zone: string | null;
  readonly onChanged: () => Promise<unknown>;
}

/** What was filed in this conversation, each with what was promised for it. */
export function Requests({ requests, zone, onChanged }: RequestsProps) {
  const words = useWords();
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="packet-requests">
      <h3 id="packet-requests">{words('desk.packet.requests')}</h3>
      {requests.map(({ number, state, severity, promises }) => (
        <div key={number} className="filed">
          <p className="request-line">
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
          </p>
          <Ledger request={number} isOpen={state === 'open'} {...{ promises, zone, onChanged }} />
        </div>
      ))}
    </section>
  );
}
