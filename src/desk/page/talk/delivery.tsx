import { CheckmarkRegular, ClockRegular, ErrorCircleRegular, QuestionCircleRegular } from '@fluentui/react-icons';
import type { DeskRow } from '../data/talk.ts';
import { useWords } from '../words.tsx';

const TONES = {
  stored: 'calm',
  queued: 'calm',
  sent: 'calm',
  uncertain: 'soon',
  failed: 'late',
  dropped: 'late',
} as const;

/** How far a message has come: a sign and words. */
export function Delivery({ role, delivery }: Pick<DeskRow, 'role' | 'delivery'>) {
  const words = useWords();
  return (
    <span className="delivery" data-tone={TONES[delivery]}>
      {iconOf(delivery)}
      {words(role === 'bot' && delivery === 'uncertain' ? 'desk.delivery.unsure' : `desk.delivery.${delivery}`)}
    </span>
  );
}

function iconOf(delivery: DeskRow['delivery']) {
  switch (delivery) {
    case 'queued':
      return <ClockRegular />;
    case 'stored':
    case 'sent':
      return <CheckmarkRegular />;
    case 'uncertain':
      return <QuestionCircleRegular />;
    case 'failed':
    case 'dropped':
      return <ErrorCircleRegular />;
  }
}
