import { useEffect } from 'react';
import { go, placeOf } from '../data/place.ts';
import { lines, me } from '../data/office.ts';
import { talkOf, unreadOf } from '../data/talk.ts';

/**
 * Shortcuts: Alt and a key, so that they work while somebody writes and collide neither with typing nor with screen readers.
 * `code` is the key's place, since Alt makes other letters of it on a Mac.
 */
export const SHORTCUTS = [
  { code: 'KeyA', key: 'A', name: 'accept' },
  { code: 'KeyR', key: 'R', name: 'reply' },
  { code: 'KeyN', key: 'N', name: 'note' },
  { code: 'KeyX', key: 'X', name: 'unread' },
  { code: 'KeyQ', key: 'Q', name: 'queue' },
  { code: 'KeyP', key: 'P', name: 'packet' },
  { code: 'Slash', key: '/', name: 'help' },
] as const;
type Shortcut = (typeof SHORTCUTS)[number]['name'];

export function useKeys({ onHelp }: { readonly onHelp: () => void }): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const found = SHORTCUTS.find(({ code }) => code === event.code);
      if (!found) return;
      event.preventDefault();
      carryOut(found.name, onHelp);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}

function carryOut(name: Shortcut, onHelp: () => void): void {
  switch (name) {
    case 'accept':
      return document.getElementById('accept')?.click();
    case 'reply':
      return write('message');
    case 'note':
      return write('note');
    case 'unread':
      return toUnread();
    case 'queue':
      return focus('#queue [tabindex="0"]');
    case 'packet':
      return focus('#packet');
    case 'help':
      return onHelp();
  }
}

function write(mode: 'message' | 'note'): void {
  document.querySelector<HTMLElement>(`.composer [role=tab][value=${mode}]`)?.click();
  focus('#composer');
}

/** The conversation of mine with something unread that comes after the open one; else the next of mine. */
function toUnread(): void {
  const agent = me.get();
  if (typeof agent !== 'object' || agent === null) return;
  const { open } = placeOf(location.hash);
  const mine = lines.get().filter(({ owner, agent: has }) => owner === 'agent' && has === agent.id);
  const at = mine.findIndex(({ conversation }) => conversation === open);
  const others = [...mine.slice(at + 1), ...mine.slice(0, Math.max(0, at))];
  const next = others.find(({ conversation }) => unreadOf(talkOf(conversation).state.get()) > 0) ?? others[0];
  if (next) go('queue', next.conversation);
}

const focus = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();
