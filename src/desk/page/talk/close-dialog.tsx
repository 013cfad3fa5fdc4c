import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Radio,
  RadioGroup,
} from '@fluentui/react-components';
import { useState } from 'react';
import { OUTCOMES, type Outcome } from '#src/handoff/standing.ts';
import { whyNot } from '../data/call.ts';
import type { Talk } from '../data/talk.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { DialogFoot } from '../parts/dialog-foot.tsx';
import { useWords } from '../words.tsx';

interface Props {
  readonly talk: Talk;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onRefused: (why: string | null) => void;
}

/** Ends the conversation, saying how it ended. */
export function CloseDialog({ talk, open, onOpen, onRefused }: Props) {
  const words = useWords();
  // Nothing is chosen beforehand: "solved" also closes requests.
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const close = async (): Promise<void> => {
    if (outcome === null) return;
    const done = await talk.act('close', { outcome });
    onOpen(false);
    onRefused(done.ok ? null : whyNot(done));
  };
  return (
    <Dialog open={open} onOpenChange={(_event, data) => (setOutcome(null), onOpen(data.open))}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words('desk.close.title')}</DialogTitle>
          <DialogContent>
            <RadioGroup
              aria-label={words('desk.close.title')}
              value={outcome ?? ''}
              onChange={(_event, { value }) => setOutcome(OUTCOMES.find((one) => one === value) ?? null)}
            >
              {OUTCOMES.map((one) => (
                <Radio key={one} value={one} label={words(`desk.close.${one}`)} />
              ))}
            </RadioGroup>
          </DialogContent>
          <DialogFoot>
            <BusyButton appearance="primary" disabled={outcome === null} onDo={close}>
              {words('desk.close.button')}
            </BusyButton>
          </DialogFoot>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
