import { Fragment, memo } from 'react';
import { Due, Wait } from '../parts/due.tsx';
import { Severity } from '../parts/severity.tsx';
import { useWords } from '../words.tsx';
import type { Item, Kind } from './items.ts';

interface Props {
  readonly item: Item;
  readonly isOpen: boolean;
  /** The one line that Tab reaches; arrows reach the others. */
  readonly isActive: boolean;
  readonly unread: number;
  readonly onOpen: (item: Item) => void;
}

/** One line of the list. It is drawn again only when what it shows has changed. */
export const Row = memo(function Row({ item, isOpen, isActive, unread, onOpen }: Props) {
  const words = useWords();
  const { entry, kind, key } = item;
  return (
    <div
      role="option"
      className="row"
      data-kind={kind}
      data-key={key}
      aria-selected={isOpen}
      tabIndex={isActive ? 0 : -1}
      onClick={() => onOpen(item)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onOpen(item);
      }}
    >
      <Severity level={entry.severity} />
      <span className="what">
        <span className="summary">{entry.summary === '' ? words('desk.row.nothingSaid') : entry.summary}</span>
        <span className="tags">
          {tagsOf(item, words).map((tag, index) => (
            <Fragment key={tag}>
              {index > 0 && ' · '}
              <span className="tag">{tag}</span>
            </Fragment>
          ))}
        </span>
        <span className="clocks">
          {entry.promise && <Owed promise={entry.promise} />}
          {entry.waitingSince !== null && WAIT.has(kind) && <Wait since={entry.waitingSince} />}
          <Turn item={item} />
        </span>
      </span>
      {unread > 0 && <span className="unread">{words('desk.unread', { count: unread })}</span>}
    </div>
  );
}, isSame);

/** Who is with somebody, or has only filed, waits for nobody in the chat. */
const WAIT: ReadonlySet<Kind> = new Set(['offered', 'waiting']);

/** What is owed next, running; and whether the same was promised before and not kept. */
function Owed({ promise }: { readonly promise: NonNullable<Item['entry']['promise']> }) {
  const words = useWords();
  const { due, kind, standing, misses } = promise;
  return (
    <>
      <Due by={due} kind={kind} warned={standing === 'soon'} />
      {misses > 0 && <span data-tone="late">{words('desk.due.misses', { count: misses })}</span>}
    </>
  );
}

/** Whose turn it is, and whether everybody is asked. */
function Turn({ item: { entry, turn } }: Pick<Props, 'item'>) {
  const words = useWords();
  return (
    <>
      {entry.widened === true && <span data-tone="soon">{words('desk.offer.widened')}</span>}
      {turn === 'mine' && <span className="turn">{words('desk.offer.yours')}</span>}
      {turn !== null && turn !== 'mine' && <span>{words('desk.offer.next', { name: turn.name })}</span>}
    </>
  );
}

function tagsOf({ entry }: Item, words: ReturnType<typeof useWords>): string[] {
  const { person, request, offering, category, language } = entry;
  return [
    person,
    request,
    language && words.of('page.language.', language),
    category && words.of('page.category.', category),
    offering && words.of('page.offering.', offering),
  ].flatMap((tag) => tag || []);
}

/** Whether a line would be drawn as it is drawn already. */
export function isSame(before: Props, after: Props): boolean {
  return (
    before.item.kind === after.item.kind &&
    before.item.entry === after.item.entry &&
    sameTurn(before.item.turn, after.item.turn) &&
    before.isOpen === after.isOpen &&
    before.isActive === after.isActive &&
    before.unread === after.unread &&
    before.onOpen === after.onOpen
  );
}

function sameTurn(one: Item['turn'], other: Item['turn']): boolean {
  if (one === null || other === null || one === 'mine' || other === 'mine') return one === other;
  return one.name === other.name;
}
