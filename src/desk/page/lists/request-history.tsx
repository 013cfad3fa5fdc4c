import { z } from 'zod';
import { severitySchema } from '#knowledge/schema.ts';
import { OUTCOMES } from '#src/handoff/standing.ts';
import { colleagues, nameOf, type RequestLine } from '../data/office.ts';
import { useShelf } from '../data/shelf.ts';
import { instant } from '../time.ts';
import { useWords, type DeskWords } from '../words.tsx';

type Line = RequestLine['history'][number];

interface Props extends Pick<RequestLine, 'history'> {
  /** In which it was filed: what was written is mostly in that. */
  readonly language: string;
}

/** Whose words these are: of customers, who are believed nothing, or of somebody of the house. */
const CUSTOMERS: readonly string[] = ['customer', 'colleague'];

/** What became of a request: when, who, what, and the words that were written with it. */
export function History({ history, language }: Props) {
  const words = useWords();
  const all = useShelf(colleagues);
  const actorText = ({ actor, data }: Line): string => {
    const name = words.of('desk.actor.', actor);
    const by = actor === 'colleague' ? textIn(data, 'by') : '';
    if (by !== '') return `${by} (${name})`;
    return name === actor ? nameOf(actor, all) : name;
  };
  return (
    <section aria-labelledby="request-history">
      <h3 id="request-history">{words('desk.request.history')}</h3>
      <ol className="plain history">
        {history.map((line) => (
          <li key={line.seq}>
            {[instant(line.at, words.language), actorText(line), whatText(line, words)].join(' · ')}
            <Written line={line} language={language} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Words, and whose: so that nobody takes what a customer wrote for something that the house says. */
function Written({ line: { actor, kind, data }, language }: { readonly line: Line; readonly language: string }) {
  const words = useWords();
  const text = textIn(data, kind === 'information-added' ? 'text' : 'reason');
  if (text === '') return null;
  const isCustomers = CUSTOMERS.includes(actor);
  return (
    <figure>
      <figcaption className="hint">{words(isCustomers ? 'desk.history.theirWords' : 'desk.history.reason')}</figcaption>
      <blockquote className="said" lang={isCustomers ? language : undefined}>
        {text}
      </blockquote>
    </figure>
  );
}

const changeSchema = z.object({ severity: severitySchema, from: severitySchema.optional() });
const closedSchema = z.object({ outcome: z.enum(OUTCOMES) });

function whatText({ kind, data }: Line, words: DeskWords): string {
  const what = words.of('desk.history.', kind);
  const changed = kind.startsWith('severity-') ? changeSchema.safeParse(data).data : undefined;
  if (changed) return [what, [changed.from, changed.severity].filter(Boolean).join(' → ')].join(' · ');
  const closed = kind === 'closed' ? closedSchema.safeParse(data).data : undefined;
  return closed ? [what, words(`desk.outcome.${closed.outcome}`)].join(' · ') : what;
}

function textIn(data: Line['data'], name: string): string {
  const value = data[name];
  return typeof value === 'string' ? value.trim() : '';
}
