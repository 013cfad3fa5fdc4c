import { ClockAlarmRegular, ClockRegular, WarningFilled } from '@fluentui/react-icons';
import { useClock } from '../data/clock.ts';
import { dueText, instant, span, toneOf, type Promised } from '../time.ts';
import { useWords } from '../words.tsx';

const ICONS = { calm: <ClockRegular />, soon: <ClockAlarmRegular />, late: <WarningFilled /> } as const;

/** The promise's clock, running: colour, sign and words say the same. */
export function Due({ by, kind = 'respond', warned = false }: Partial<Promised> & Pick<Promised, 'by'>) {
  const words = useWords();
  const promised = { by, kind, warned };
  const tone = useClock((now) => toneOf(promised, now));
  const text = useClock((now) => dueText(promised, now, words));
  return (
    <span className="due" data-tone={tone} title={instant(by, words.language)}>
      {tone === 'late' || tone === 'soon' ? ICONS[tone] : ICONS.calm}
      {text}
    </span>
  );
}

/** How long somebody has waited. */
export function Wait({ since }: { readonly since: string }) {
  const words = useWords();
  const text = useClock((now) => words('desk.waited', { span: span(now - Date.parse(since), words) }));
  return (
    <span className="wait" title={instant(since, words.language)}>
      {text}
    </span>
  );
}
