import { Button } from '@fluentui/react-components';
import { ArrowDownRegular } from '@fluentui/react-icons';
import { Fragment, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { colleagues, nameOf } from '../data/office.ts';
import type { Letter } from '../data/outbox.ts';
import { useShelf } from '../data/shelf.ts';
import type { DeskRow, Talk } from '../data/talk.ts';
import { clockTime, dayOf } from '../time.ts';
import { useWords } from '../words.tsx';
import { Bubble } from './bubble.tsx';
import { Pending } from './pending.tsx';
import { systemText } from './system-line.ts';
import { Typing } from './typing.tsx';

interface Props {
  readonly talk: Talk;
  readonly language: string;
  readonly onBack: (letter: Letter) => void;
}

/** Pixels from the end within which the agent counts as reading the newest. */
const NEAR_END = 80;

/** What was said. It follows the newest while the agent is at the end, and stays where it is while they read further up. */
export function Transcript({ talk, language, onBack }: Props) {
  const words = useWords();
  const { rows } = useShelf(talk.state);
  useShelf(talk.outbox.letters);
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  // Newer browsers give a promise back, which an effect must not.
  const toEnd = (): void => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  // Whatever was added, or took room away: who reads the newest goes on reading the newest.
  useLayoutEffect(() => (atEnd ? toEnd() : undefined));
  useRoom(box, atEnd);
  useSeen(talk, rows.at(-1)?.seq ?? 0, atEnd);
  const onScroll = (): void => {
    const { scrollTop = 0, clientHeight = 0, scrollHeight = 0 } = box.current ?? {};
    setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_END);
  };
  return (
    <div className="transcript-frame">
      <div
        ref={box}
        className="transcript"
        role="log"
        tabIndex={0}
        aria-label={words('desk.transcript')}
        onScroll={onScroll}
      >
        <Rows rows={rows} language={language} />
        <Pending outbox={talk.outbox} onBack={onBack} />
        <Typing talk={talk} />
      </div>
      {!atEnd && (
        <Button className="to-end" size="small" shape="circular" icon={<ArrowDownRegular />} onClick={toEnd}>
          {words('desk.transcript.newest')}
        </Button>
      )}
    </div>
  );
}

/** Read is what was on the screen while somebody looked at the page. */
function useSeen(talk: Talk, last: number, atEnd: boolean): void {
  useEffect(() => {
    const see = (): void => (atEnd && document.hasFocus() ? talk.see(last) : undefined);
    see();
    window.addEventListener('focus', see);
    return () => window.removeEventListener('focus', see);
  }, [talk, last, atEnd]);
}

/** The composer grows and shrinks below it. */
function useRoom(box: RefObject<HTMLElement | null>, atEnd: boolean): void {
  useEffect(() => {
    const element = box.current;
    if (!element || !atEnd) return undefined;
    const observer = new ResizeObserver(() => element.scrollTo({ top: element.scrollHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, atEnd]);
}

function Rows({ rows, language }: { readonly rows: readonly DeskRow[]; readonly language: string }) {
  const words = useWords();
  return rows.map((row, index) => {
    const today = dayOf(row.at, words.language);
    const before = rows[index - 1];
    const isNewDay = before === undefined || dayOf(before.at, words.language) !== today;
    return (
      <Fragment key={row.seq}>
        {isNewDay && <p className="day">{today}</p>}
        {row.role === 'system' ? <SystemLine row={row} /> : <Bubble row={row} language={language} />}
      </Fragment>
    );
  });
}

function SystemLine({ row }: { readonly row: DeskRow }) {
  const words = useWords();
  const all = useShelf(colleagues);
  return (
    <p className="system">
      {systemText(row, (id) => nameOf(id, all), words)}{' '}
      <time dateTime={row.at}>{clockTime(row.at, words.language)}</time>
    </p>
  );
}
