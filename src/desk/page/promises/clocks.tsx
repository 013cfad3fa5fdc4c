import { instant, instantIn } from '../time.ts';
import { useWords } from '../words.tsx';

/** An instant on the agent's clock and on the customer's, where their zone is known. */
export function Clocks({ at, zone }: { readonly at: string; readonly zone: string | null }) {
  const words = useWords();
  const theirs = zone === null ? '' : instantIn(zone, at, words.language);
  return (
    <span className="both-clocks">
      <span>{words('desk.clock.mine', { time: instant(at, words.language) })}</span>
      <span>{theirs === '' ? words('desk.clock.unknown') : words('desk.clock.theirs', { time: theirs })}</span>
    </span>
  );
}
