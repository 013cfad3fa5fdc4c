import { useClock } from '../data/clock.ts';
import { useShelf } from '../data/shelf.ts';
import type { Talk } from '../data/talk.ts';
import { useWords } from '../words.tsx';

/** Channels tell of it again every few seconds while somebody types. */
const LASTS_MS = 6_000;

export function Typing({ talk }: { readonly talk: Talk }) {
  const words = useWords();
  const { typedAt } = useShelf(talk.state);
  const text = useClock(() => (Date.now() - typedAt < LASTS_MS ? words('desk.typing') : ''));
  return text === '' ? null : <p className="typing">{text}</p>;
}
