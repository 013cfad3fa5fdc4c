import type { DeskPacket } from '#src/desk/packet.ts';
import { useWords } from '../words.tsx';

/** Whether the person showed by a code that they belong to the organization; nothing where none was sent. */
export function Verified({ verified }: Pick<DeskPacket, 'verified'>) {
  const words = useWords();
  const { state, to, triesLeft } = verified;
  if (state === 'none') return null;
  const tone = state === 'verified' ? 'calm' : 'soon';
  return (
    <p className="badge" data-tone={tone} role="status">
      {words(`desk.code.${state}`, { address: to ?? '', count: triesLeft ?? 0 })}
    </p>
  );
}
