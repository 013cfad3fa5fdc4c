import { CallRegular, CheckmarkRegular } from '@fluentui/react-icons';
import type { Standing } from '#src/promises/clock.ts';
import { noteKept, type PromiseView, type Promising } from '../data/ledger.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { Due } from '../parts/due.tsx';
import { useWords } from '../words.tsx';
import { Clocks } from './clocks.tsx';
import { PromiseDialog } from './promise-dialog.tsx';
import type { Owed } from './owed.ts';

const OPEN: ReadonlySet<Standing> = new Set(['running', 'soon', 'overdue']);

export const isOpen = ({ standing }: PromiseView): boolean => OPEN.has(standing);

/** One promise: what, until when on both clocks, what became of it, and what can be done about it. */
export function PromiseLine({ promise, owed }: { readonly promise: PromiseView; readonly owed: Owed }) {
  const words = useWords();
  const { kind, due, standing, reason } = promise;
  return (
    <li className="promise" data-standing={standing}>
      <span className="promise-head">
        <strong>{words(`desk.promise.kind.${kind}`)}</strong>
        {isOpen(promise) ? (
          <Due by={due} kind={kind} warned={standing === 'soon'} />
        ) : (
          <span className="promise-end" data-tone={standing === 'broken' ? 'late' : 'calm'}>
            {words(`desk.promise.standing.${standing}`)}
            {reason !== null && ` · ${words(`desk.promise.reason.${reason}`)}`}
          </span>
        )}
      </span>
      <Clocks at={due} zone={owed.zone} />
      <span className="hint">{byText(promise, owed, words)}</span>
      {isOpen(promise) && owed.isOpen && <Actions promise={promise} owed={owed} />}
    </li>
  );
}

function byText({ by }: PromiseView, { nameOf }: Owed, words: ReturnType<typeof useWords>): string {
  return by === 'policy' ? words('desk.promise.by.policy') : words('desk.promise.by', { name: nameOf(by) });
}

/** Who was promised a call must be called; anything else may be told, too. Only what an agent promised gets another time. */
function Actions({ promise: { seq, kind }, owed }: { readonly promise: PromiseView; readonly owed: Owed }) {
  const words = useWords();
  const keep = async (how: 'call' | 'tell'): Promise<void> =>
    owed.onDone(await noteKept(owed.request, seq, how), 'desk.promise.noted');
  return (
    <span className="promise-acts">
      <BusyButton size="small" icon={<CallRegular />} onDo={() => keep('call')}>
        {words('desk.promise.called')}
      </BusyButton>
      {kind !== 'call-back' && (
        <BusyButton size="small" icon={<CheckmarkRegular />} onDo={() => keep('tell')}>
          {words('desk.promise.told')}
        </BusyButton>
      )}
      {isPromising(kind) && <PromiseDialog owed={owed} renews={kind} />}
    </span>
  );
}

const isPromising = (kind: PromiseView['kind']): kind is Promising => kind !== 'respond';
