import {
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  Input,
  Radio,
  RadioGroup,
} from '@fluentui/react-components';
import { ClockRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { serverNow } from '../data/clock.ts';
import { promiseTo, type Promising } from '../data/ledger.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { DialogFoot } from '../parts/dialog-foot.tsx';
import { span } from '../time.ts';
import { useWords } from '../words.tsx';
import { Clocks } from './clocks.tsx';
import { localInput, roundedUp } from './local-input.ts';
import { refusedText, type Owed } from './owed.ts';

const KINDS: readonly Promising[] = ['update-by', 'call-back'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AHEAD = [30, 60, 240].map((minutes) => minutes * MINUTE);

interface Props {
  readonly owed: Owed;
  /** What gets another time; null: something is promised anew. */
  readonly renews: Promising | null;
}

/** Promises news or a call: the customer is told at once, on both clocks. */
export function PromiseDialog({ owed, renews }: Props) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const title = words(renews === null ? 'desk.promise.make' : 'desk.promise.renew');
  return (
    <Dialog open={open} onOpenChange={(_event, data) => setOpen(data.open)}>
      <DialogTrigger disableButtonEnhancement>
        <Button size="small" icon={<ClockRegular />}>
          {title}
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <Promised owed={owed} renews={renews} onMade={() => setOpen(false)} />
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** What is in the dialog; it begins anew each time that the dialog is opened. */
function Promised({ owed, renews, onMade }: Props & { readonly onMade: () => void }) {
  const words = useWords();
  const [kind, setKind] = useState<Promising>(renews ?? 'update-by');
  const [due, setDue] = useState(() => localInput(roundedUp(serverNow() + HOUR)));
  const [problem, setProblem] = useState('');
  const at = Date.parse(due);
  const isSet = !Number.isNaN(at);
  const send = async (): Promise<void> => {
    if (!isSet) return setProblem(words('desk.promise.refused.bad-request'));
    const done = await promiseTo(owed.request, { kind, due: new Date(at).toISOString() });
    if (!done.ok) return setProblem(refusedText(done, words));
    onMade();
    await owed.onDone(done, 'desk.promise.made');
  };
  return (
    <>
      <DialogContent className="form">
        {renews === null && <KindField kind={kind} onKind={setKind} />}
        <DueField due={due} onDue={setDue} />
        {isSet && <Clocks at={new Date(at).toISOString()} zone={owed.zone} />}
        <p className="hint">{words('desk.promise.hint')}</p>
        <p className="problem" role="status">
          {problem}
        </p>
      </DialogContent>
      <DialogFoot>
        <BusyButton appearance="primary" onDo={send}>
          {words('desk.promise.send')}
        </BusyButton>
      </DialogFoot>
    </>
  );
}

function KindField({ kind, onKind }: { readonly kind: Promising; readonly onKind: (kind: Promising) => void }) {
  const words = useWords();
  return (
    <Field label={words('desk.promise.what')}>
      <RadioGroup
        layout="horizontal"
        value={kind}
        onChange={(_event, { value }) => onKind(KINDS.find((one) => one === value) ?? kind)}
      >
        {KINDS.map((one) => (
          <Radio key={one} value={one} label={words(`desk.promise.kind.${one}`)} />
        ))}
      </RadioGroup>
    </Field>
  );
}

function DueField({ due, onDue }: { readonly due: string; readonly onDue: (due: string) => void }) {
  const words = useWords();
  return (
    <>
      <Field label={words('desk.promise.when')}>
        <Input type="datetime-local" value={due} onChange={(_event, { value }) => onDue(value)} />
      </Field>
      <div className="quick">
        {AHEAD.map((ahead) => (
          <Button key={ahead} size="small" onClick={() => onDue(localInput(roundedUp(serverNow() + ahead)))}>
            {words('desk.promise.in', {
              span: ahead < HOUR ? span(ahead, words) : words('desk.span.wholeHours', { h: ahead / HOUR }),
            })}
          </Button>
        ))}
      </div>
    </>
  );
}
