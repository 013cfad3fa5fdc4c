import {
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  Select,
  Textarea,
} from '@fluentui/react-components';
import { GaugeRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { SEVERITIES, type Severity } from '#knowledge/schema.ts';
import { LOWERING } from '#src/handoff/level.ts';
import type { Talk } from '../data/talk.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { DialogFoot } from '../parts/dialog-foot.tsx';
import { useWords } from '../words.tsx';

interface Props {
  readonly talk: Talk;
  readonly now: Severity | '';
}

/** Another level, with the reason that the customer reads, too. Lowering for a silent customer needs a warning first. */
export function SeverityDialog({ talk, now }: Props) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const [level, setLevel] = useState<Severity>(now === '' ? 'C' : now);
  const [reason, setReason] = useState('');
  const [cause, setCause] = useState<string>(LOWERING[0]);
  const [told, setTold] = useState('');
  const send = async (verb: 'severity' | 'warning'): Promise<void> => {
    const body = verb === 'severity' ? { severity: level, reason, cause } : { severity: level };
    const done = await talk.act(verb, body);
    if (done.ok && verb === 'severity') setOpen(false);
    else if (done.ok) setTold(words('desk.level.warned'));
    else setTold(words.of('desk.level.refused.', done.why === 'refused' ? done.code : 'other'));
  };
  const isLower = now !== '' && level > now;
  // Who agreed needs no warning.
  const mayWarn = isLower && cause !== LOWERING[0];
  return (
    <Dialog open={open} onOpenChange={(_event, data) => (setTold(''), setOpen(data.open))}>
      <DialogTrigger disableButtonEnhancement>
        <Button size="small" icon={<GaugeRegular />}>
          {words('desk.level.change')}
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words('desk.level.change')}</DialogTitle>
          <DialogContent className="form">
            <LevelField level={level} onLevel={setLevel} />
            {isLower && <CauseField cause={cause} onCause={setCause} />}
            <Field label={words('desk.level.reason')} required>
              <Textarea value={reason} maxLength={500} onChange={(_event, { value }) => setReason(value)} />
            </Field>
            <p className="problem" role="status">
              {told}
            </p>
          </DialogContent>
          <DialogFoot>
            {mayWarn && <BusyButton onDo={() => send('warning')}>{words('desk.level.warn')}</BusyButton>}
            <BusyButton appearance="primary" onDo={() => send('severity')}>
              {words('desk.level.set')}
            </BusyButton>
          </DialogFoot>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function LevelField({ level, onLevel }: { readonly level: Severity; readonly onLevel: (level: Severity) => void }) {
  const words = useWords();
  return (
    <Field label={words('desk.severity')}>
      <Select value={level} onChange={(_event, { value }) => onLevel(SEVERITIES.find((one) => one === value) ?? level)}>
        {SEVERITIES.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </Select>
    </Field>
  );
}

function CauseField({ cause, onCause }: { readonly cause: string; readonly onCause: (cause: string) => void }) {
  const words = useWords();
  return (
    <Field label={words('desk.level.cause')}>
      <Select value={cause} onChange={(_event, { value }) => onCause(value)}>
        {LOWERING.map((one) => (
          <option key={one} value={one}>
            {words(`desk.level.cause.${one}`)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
