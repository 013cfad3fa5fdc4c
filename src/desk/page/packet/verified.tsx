import type { DeskPacket } from '#src/desk/packet.ts';
import { Badge } from '../parts/badge.tsx';
import { useWords } from '../words.tsx';

/** Whether the person showed by a code that they belong to the organization; nothing where none was sent. */
export function Verified({ verified }: Pick<DeskPacket, 'verified'>) {
  const words = useWords();
  const { state, to, triesLeft } = verified;
  if (state === 'none') return null;
  const tone = state === 'verified' ? 'good' : state === 'open' ? 'calm' : 'soon';
  // No line ends within the address.
  const address = (to ?? '').replace('…@', '…\u2060@');
  return (
    <Badge tone={tone} role="status">
      {words(`desk.code.${state}`, { address, count: triesLeft ?? 0 })}
    </Badge>
  );
}
