import { Button, Textarea } from '@fluentui/react-components';
import { EyeOffRegular, NoteAddRegular, SendRegular } from '@fluentui/react-icons';
import { useId, useState, type KeyboardEvent } from 'react';
import type { Language } from '#knowledge/schema.ts';
import { useDraft, writeDraft } from '../data/drafts.ts';
import type { Letter } from '../data/outbox.ts';
import type { Talk } from '../data/talk.ts';
import { useWords } from '../words.tsx';
import { CannedMenu } from './canned-menu.tsx';
import { gapsIn } from './gaps.ts';
import { ModeSwitch } from './mode-switch.tsx';
import { useCanned } from './use-canned.ts';

export type Mode = Letter['kind'];

interface Props {
  readonly talk: Talk;
  readonly language: Language;
  /** What canned replies are filled with. */
  readonly values: Readonly<Record<string, string | null>>;
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
  /** Somebody who may only whisper writes notes only. */
  readonly notesOnly: boolean;
}

const LONGEST = 8_000;
const COUNT_FROM = 7_000;

/** Where the agent writes. A note looks so different that nobody mistakes it, and has a button of its own name. */
export function Composer({ talk, language, values, mode, onMode, notesOnly }: Props) {
  const words = useWords();
  const id = useId();
  const text = useDraft(talk.id, mode);
  const write = (next: string): void => writeDraft(talk.id, mode, next);
  const { problem, send } = useSend(talk, mode, values);
  const canned = useCanned({ text: mode === 'message' ? text : '', language, values, write });
  return (
    <form className="composer" data-mode={mode} onSubmit={(event) => (event.preventDefault(), send(text))}>
      {canned.found !== null && <CannedMenu id={id} found={canned.found} at={canned.at} onPick={canned.pick} />}
      {!notesOnly && <ModeSwitch mode={mode} onMode={onMode} />}
      {mode === 'note' && (
        <p className="note-warning" id={`${id}-note`}>
          <EyeOffRegular /> {words('desk.note.warning')}
        </p>
      )}
      <Textarea
        id="composer"
        className="writing"
        resize="none"
        value={text}
        maxLength={LONGEST}
        lang={mode === 'message' ? language : undefined}
        placeholder={words(`desk.composer.${mode}.hint`)}
        aria-label={words(`desk.composer.${mode}`)}
        aria-describedby={mode === 'note' ? `${id}-note` : undefined}
        aria-controls={canned.found === null ? undefined : id}
        aria-activedescendant={canned.found?.[canned.at] ? `${id}-${canned.at}` : undefined}
        onChange={(_event, { value }) => {
          write(value);
          // Never for a note: nothing of it reaches the customer.
          if (mode === 'message') talk.types();
        }}
        onKeyDown={(event) => onKey(event, canned.onKey, () => send(text))}
      />
      <Foot mode={mode} problem={problem} length={text.length} />
    </form>
  );
}

/** Sends what was written; a reply with gaps is not sent, and said why. */
function useSend(talk: Talk, mode: Mode, values: Props['values']) {
  const words = useWords();
  const [problem, setProblem] = useState('');
  const send = (text: string): void => {
    const said = text.trim();
    const gaps = mode === 'message' ? gapsIn(said, Object.keys(values)) : [];
    const named = gaps.map((gap) => `{${gap}}`).join(' ');
    setProblem(gaps.length === 0 ? '' : words('desk.composer.gaps', { gaps: named }));
    if (said === '' || gaps.length > 0) return;
    writeDraft(talk.id, mode, '');
    talk.outbox.add(mode, said);
  };
  return { problem, send };
}

function Foot({ mode, problem, length }: { readonly mode: Mode; readonly problem: string; readonly length: number }) {
  const words = useWords();
  return (
    <div className="composer-foot">
      <span className="problem" role="status">
        {problem}
      </span>
      {length > COUNT_FROM && <span className="hint">{words('desk.composer.left', { count: LONGEST - length })}</span>}
      <Button type="submit" appearance="primary" icon={mode === 'note' ? <NoteAddRegular /> : <SendRegular />}>
        {words(`desk.composer.${mode}.send`)}
      </Button>
    </div>
  );
}

/** Enter sends, Shift+Enter begins a line; an Enter that ends an input method's composition does neither (keyCode 229: Safari). */
function onKey(event: KeyboardEvent, takes: (event: KeyboardEvent) => boolean, send: () => void): void {
  if (event.nativeEvent.isComposing || event.keyCode === 229) return;
  if (takes(event)) return;
  if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  send();
}
