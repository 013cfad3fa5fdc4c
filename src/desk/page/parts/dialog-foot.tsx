import { Button, DialogActions, DialogTrigger } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useWords } from '../words.tsx';

/** The end of a dialog: the way out, then what it does. */
export function DialogFoot({ children }: { readonly children: ReactNode }) {
  const words = useWords();
  return (
    <DialogActions className="dialog-foot">
      <DialogTrigger disableButtonEnhancement>
        <Button>{words('desk.cancel')}</Button>
      </DialogTrigger>
      {children}
    </DialogActions>
  );
}
