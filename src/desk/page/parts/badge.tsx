import { ClockRegular, ShieldCheckmarkRegular, WarningRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';

const SIGNS = { good: <ShieldCheckmarkRegular />, calm: <ClockRegular />, soon: <WarningRegular /> } as const;

interface Props {
  /** `good`: proved · `calm`: on its way · `soon`: to be careful about. */
  readonly tone: keyof typeof SIGNS;
  readonly role?: 'status';
  readonly children: ReactNode;
}

/** What is known, or isn't, of who is asking: sign, colour and words say the same. */
export function Badge({ tone, children, ...rest }: Props) {
  return (
    <p className="badge" data-tone={tone} {...rest}>
      {SIGNS[tone]}
      <span>{children}</span>
    </p>
  );
}
