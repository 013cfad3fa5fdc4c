import { Button } from '@fluentui/react-components';
import { useState, type ReactElement, type ReactNode } from 'react';

interface Props {
  readonly id?: string;
  readonly appearance?: 'primary' | 'secondary';
  readonly size?: 'small' | 'medium';
  readonly icon?: ReactElement;
  /** Something is missing: it can't be pressed yet. */
  readonly disabled?: boolean;
  readonly children: ReactNode;
  readonly onDo: () => Promise<unknown>;
}

/** A button that can't be pressed twice while what it does is being done. It keeps the focus: `disabled` would lose it. */
export function BusyButton({ onDo, ...rest }: Props) {
  const [busy, setBusy] = useState(false);
  const press = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await onDo();
    } finally {
      setBusy(false);
    }
  };
  return <Button {...rest} disabledFocusable={busy} onClick={() => void press()} />;
}
