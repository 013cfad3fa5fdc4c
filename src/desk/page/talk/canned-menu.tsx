import type { Canned } from '#knowledge/schema.ts';
import { useWords } from '../words.tsx';

interface Props {
  readonly id: string;
  readonly found: readonly Canned[];
  readonly at: number;
  readonly onPick: (canned: Canned) => void;
}

/** The replies that fit what was typed after the slash. The focus stays in the composer; arrows and Enter choose. */
export function CannedMenu({ id, found, at, onPick }: Props) {
  const words = useWords();
  return (
    <div className="canned">
      <div role="listbox" id={id} aria-label={words('desk.canned')}>
        {found.map((canned, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the composer has the focus and hears the keys
          <div
            key={canned.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            // The composer must not lose the focus before the click is heard.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(canned)}
            lang={canned.language}
          >
            <strong>{canned.title}</strong>
            <span>{canned.text}</span>
          </div>
        ))}
      </div>
      <p className="hint">{words(found.length === 0 ? 'desk.canned.none' : 'desk.canned.hint')}</p>
    </div>
  );
}

const MOST = 8;

/** The replies in `language` in which every word typed after the slash occurs; none where no slash begins the text. */
export function cannedFor(typed: string, all: readonly Canned[], language: string): Canned[] | null {
  if (!typed.startsWith('/') || typed.includes('\n')) return null;
  const wanted = typed.slice(1).toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ id, title, text }: Canned): boolean => {
    const whole = `${id} ${title} ${text}`.toLowerCase();
    return wanted.every((word) => whole.includes(word));
  };
  return all.filter((canned) => canned.language === language && fits(canned)).slice(0, MOST);
}
