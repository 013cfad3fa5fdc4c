import { useCallback, useRef, useState, type KeyboardEvent } from 'react';
import type { View } from '../data/place.ts';
import { go } from '../data/place.ts';
import { useWords } from '../words.tsx';
import { KINDS, type Item, type Kind } from './items.ts';
import { Row } from './row.tsx';

interface Props {
  readonly view: View;
  readonly items: readonly Item[];
  readonly open: string | null;
  readonly unread: ReadonlyMap<string, number>;
  readonly empty: string;
}

/** The list by whose they are. Arrows move, Enter opens; news move neither the focus nor what is on the screen. */
export function List({ view, items, open, unread, empty }: Props) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [last, setLast] = useState<string | null>(null);
  const openItem = useCallback(
    ({ kind, entry, key }: Item): void => {
      setLast(key);
      if (kind === 'filed' && entry.request !== undefined) go('requests', entry.request);
      else go(view, entry.conversation);
    },
    [view],
  );
  const active = activeOf(items, last, open);
  const byKind = Map.groupBy(items, ({ kind }) => kind);
  if (items.length === 0) return <p className="empty">{empty}</p>;
  return (
    <div
      ref={box}
      role="listbox"
      id="queue"
      className="list"
      tabIndex={-1}
      aria-label={words('desk.view.queue')}
      onKeyDown={(event) => moveFocus(event, box.current)}
      onFocus={(event) => setLast(event.target.dataset['key'] ?? last)}
    >
      {KINDS.filter((kind) => byKind.has(kind)).map((kind) => (
        <Group key={kind} kind={kind} items={byKind.get(kind) ?? []} {...{ open, active, unread, onOpen: openItem }} />
      ))}
    </div>
  );
}

interface GroupProps {
  readonly kind: Kind;
  readonly items: readonly Item[];
  readonly open: string | null;
  readonly active: string | undefined;
  readonly unread: ReadonlyMap<string, number>;
  readonly onOpen: (item: Item) => void;
}

function Group({ kind, items, open, active, unread, onOpen }: GroupProps) {
  const words = useWords();
  const title = words('desk.count', { label: words(`desk.kind.${kind}`), count: items.length });
  return (
    <div role="group" aria-label={title} className="group" data-kind={kind}>
      <div role="presentation" className="group-title">
        {title}
      </div>
      {items.map((item) => (
        <Row
          key={item.key}
          item={item}
          isOpen={item.entry.conversation === open && kind !== 'filed'}
          isActive={item.key === active}
          unread={unread.get(item.entry.conversation) ?? 0}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}

/** The line that Tab reaches: where the agent was last, else the open one, else the first. */
function activeOf(items: readonly Item[], last: string | null, open: string | null): string | undefined {
  const found =
    items.find(({ key }) => key === last) ?? items.find(({ entry }) => entry.conversation === open) ?? items[0];
  return found?.key;
}

function moveFocus(event: KeyboardEvent, box: HTMLElement | null): void {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  const step = steps[event.key];
  if (step === undefined || !box) return;
  event.preventDefault();
  const rows = [...box.querySelectorAll<HTMLElement>('[role=option]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = Math.max(0, Math.min(rows.length - 1, at + step));
  rows[next]?.focus();
}
