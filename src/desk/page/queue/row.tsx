import { memo } from 'react';
import { Due, Wait } from '../parts/due.tsx';
import { Severity } from '../parts/severity.tsx';
import { useWords } from '../words.tsx';
import type { Item } from './items.ts';

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
        <span className="tags">{tagsOf(item, words)}</span>
        <span className="clocks">
          {entry.respondBy !== undefined && <Due by={entry.respondBy} />}
          {entry.waitingSince !== null && kind !== 'filed' && <Wait since={entry.waitingSince} />}
        </span>
      </span>
      {unread > 0 && <span className="unread">{words('desk.unread', { count: unread })}</span>}
    </div>
  );
}, isSame);

function tagsOf({ entry }: Item, words: ReturnType<typeof useWords>): string {
  const { person, request, offering, category, language } = entry;
  return [
    person,
    request,
    language && words.of('page.language.', language),
    category && words.of('page.category.', category),
    offering && words.of('page.offering.', offering),
  ]
    .filter(Boolean)
    .join(' · ');
}

function isSame(before: Props, after: Props): boolean {
  return (
    before.item.kind === after.item.kind &&
    before.item.entry === after.item.entry &&
    before.isOpen === after.isOpen &&
    before.isActive === after.isActive &&
    before.unread === after.unread &&
    before.onOpen === after.onOpen
  );
}
