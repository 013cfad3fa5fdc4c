import { Button, Spinner } from '@fluentui/react-components';
import { EyeOffRegular } from '@fluentui/react-icons';
import type { Letter, Outbox } from '../data/outbox.ts';
import { useShelf } from '../data/shelf.ts';
import { useWords, type DeskWords } from '../words.tsx';

interface Props {
  readonly outbox: Outbox;
  /** Puts a refused text back where it was written. */
  readonly onBack: (letter: Letter) => void;
}

/** What was sent and isn't in the log yet, and what became of it. */
export function Pending({ outbox, onBack }: Props) {
  const letters = useShelf(outbox.letters);
  return letters.map((letter) => (
    <article key={letter.id} className="bubble pending" data-role={letter.kind === 'note' ? 'note' : 'agent'}>
      <p className="text">
        {letter.kind === 'note' && <EyeOffRegular />}
        {letter.text}
      </p>
      {letter.refused === '' ? <OnItsWay letter={letter} /> : <Refused {...{ letter, outbox, onBack }} />}
    </article>
  ));
}

function OnItsWay({ letter }: { readonly letter: Letter }) {
  const words = useWords();
  const label = words(letter.again ? 'desk.pending.again' : 'desk.pending.sending');
  return <Spinner size="extra-tiny" label={label} labelPosition="after" className="delivery" />;
}

function Refused({ letter, outbox, onBack }: Props & { readonly letter: Letter }) {
  const words = useWords();
  const back = (): void => {
    onBack(letter);
    outbox.drop(letter.id);
  };
  return (
    <div className="refused" role="alert">
      <span className="delivery" data-tone="late">
        {refusedText(letter, words)}
      </span>
      <Button size="small" onClick={back}>
        {words('desk.pending.back')}
      </Button>
      <Button size="small" appearance="subtle" onClick={() => outbox.drop(letter.id)}>
        {words('desk.pending.drop')}
      </Button>
    </div>
  );
}

function refusedText({ refused }: Letter, words: DeskWords): string {
  if (refused === 'not-yours' || refused === 'not-found') return words('desk.pending.notYours');
  return words('desk.pending.refused');
}
