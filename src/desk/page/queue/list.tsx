import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { View } from '../data/place.ts';
import { go } from '../data/place.ts';
import { useWords } from '../words.tsx';
import type { Item, Kind } from './items.ts';
import { Row } from './row.tsx';

interface Props {
  readonly view: View;
  readonly items: readonly Item[];
  readonly open: string | null;
  readonly unread: ReadonlyMap<string, number>;
  readonly empty: string;
}

/** More than a screen has room for; the others are drawn when somebody comes near them, by scrolling or by keyboard. */
const AT_ONCE = 40;
/** Pixels before the end of what is drawn at which more is. */
const NEAR = '800px';

/** The list by whose they are. Arrows move, Enter opens; news move neither the focus nor what is on the screen. */
export function List({ view, items, open, unread, empty }: Props) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const { last, setLast, most, more, focusOn } = useReach(box, items);
  const openItem = useCallback(
    ({ kind, entry, key }: Item): void => {
      setLast(key);
      if (kind === 'filed' && entry.request !== undefined) go('requests', entry.request);
      else go(view, entry.conversation);
    },
    [view, setLast],
  );
  if (items.length === 0) return <p className="empty">{empty}</p>;
  const shown = items.slice(0, most);
  const active = activeOf(shown, last, open);
  const counts = Map.groupBy(items, ({ kind }) => kind);
  const byKind = Map.groupBy(shown, ({ kind }) => kind);
  return (
    <div
      ref={box}
      role="listbox"
      id="queue"
      className="list"
      tabIndex={-1}
      aria-label={words(`desk.view.${view}`)}
      onKeyDown={(event) => focusOn(event, items)}
      onFocus={(event) => setLast(event.target.dataset['key'] ?? last)}
    >
      {[...byKind.keys()].map((kind) => (
        <Group
          key={kind}
          kind={kind}
          items={byKind.get(kind) ?? []}
          count={counts.get(kind)?.length ?? 0}
          {...{ open, active, unread, onOpen: openItem }}
        />
      ))}
      {most < items.length && <More key={most} box={box} onNear={more} />}
    </div>
  );
}

/** How far the list is drawn, and where the agent was in it last: that line stays drawn wherever news move it. */
function useReach(box: RefObject<HTMLDivElement | null>, items: readonly Item[]) {
  const [last, setLast] = useState<string | null>(null);
  const [reach, setReach] = useState(AT_ONCE);
  const wanted = useRef<string | null>(null);
  const most = Math.max(reach, items.findIndex(({ key }) => key === last) + 1);
  const focusWanted = useCallback((): void => {
    if (wanted.current === null) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted.current)}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus();
  }, [box]);
  // One that wasn't drawn yet is there after this.
  useLayoutEffect(focusWanted);
  const more = useCallback(() => setReach((now) => now + AT_ONCE), []);
  const focusOn = (event: KeyboardEvent, all: readonly Item[]): void => {
    const at = all.findIndex(({ key }) => key === document.activeElement?.getAttribute('data-key'));
    const next = nextOf(event.key, at, all.length);
    const item = next === null ? undefined : all[next];
    if (next === null || !item) return;
    event.preventDefault();
    setReach((now) => Math.max(now, next + 1));
    wanted.current = item.key;
    focusWanted();
  };
  return { last, setLast, most, more, focusOn };
}

/** The line that a key leads to, from the one at `at` (-1: none); null for keys that lead nowhere. */
function nextOf(key: string, at: number, count: number): number | null {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  const step = steps[key];
  return step === undefined ? null : Math.max(0, Math.min(count - 1, at + step));
}

/** The end of what is drawn: more is, before anybody sees it. */
function More({ box, onNear }: { readonly box: RefObject<HTMLDivElement | null>; readonly onNear: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && onNear(), {
      root: box.current,
      rootMargin: NEAR,
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, onNear]);
  return <div ref={end} role="presentation" className="more" />;
}

interface GroupProps {
  readonly kind: Kind;
  readonly items: readonly Item[];
  /** How many there are, drawn or not. */
  readonly count: number;
  readonly open: string | null;
  readonly active: string | undefined;
  readonly unread: ReadonlyMap<string, number>;
  readonly onOpen: (item: Item) => void;
}

function Group({ kind, items, count, open, active, unread, onOpen }: GroupProps) {
  const words = useWords();
  const title = words('desk.count', { label: words(`desk.kind.${kind}`), count });
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
