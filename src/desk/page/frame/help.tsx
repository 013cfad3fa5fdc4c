import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components';
import { useWords } from '../words.tsx';
import { SHORTCUTS } from './keys.ts';

interface Props {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

export function Help({ open, onOpen }: Props) {
  const words = useWords();
  return (
    <Dialog open={open} onOpenChange={(_event, data) => onOpen(data.open)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words('desk.keys')}</DialogTitle>
          <DialogContent>
            <dl className="keys">
              {SHORTCUTS.map(({ key, name }) => (
                <div key={name}>
                  <dt>
                    <kbd>Alt</kbd>+<kbd>{key}</kbd>
                  </dt>
                  <dd>{words(`desk.key.${name}`)}</dd>
                </div>
              ))}
              <KeyLine keys="↑ ↓ Enter" meaning={words('desk.key.list')} />
              <KeyLine keys="Enter" meaning={words('desk.key.send')} />
              <KeyLine keys="Shift+Enter" meaning={words('desk.key.line')} />
              <KeyLine keys="/" meaning={words('desk.key.canned')} />
            </dl>
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{words('desk.ok')}</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function KeyLine({ keys, meaning }: { readonly keys: string; readonly meaning: string }) {
  return (
    <div>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{meaning}</dd>
    </div>
  );
}
