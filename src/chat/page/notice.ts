import type { LineState } from './connection.ts';
import { element } from './texts.ts';
import type { Word, Words } from './words.ts';

interface Message {
  readonly text: Word;
  readonly tone: 'quiet' | 'problem';
  readonly action?: 'open' | 'begin';
}

const messages: Readonly<Record<Exclude<LineState, 'online'>, Message>> = {
  connecting: { text: 'page.chat.connecting', tone: 'quiet' },
  reconnecting: { text: 'page.chat.reconnecting', tone: 'quiet' },
  offline: { text: 'page.chat.offline', tone: 'problem', action: 'open' },
  failed: { text: 'page.chat.failed', tone: 'problem', action: 'open' },
  busy: { text: 'page.chat.busy', tone: 'problem', action: 'open' },
  refused: { text: 'page.chat.refused', tone: 'problem', action: 'begin' },
  ended: { text: 'page.chat.ended', tone: 'problem', action: 'begin' },
};

/** A connection that comes back within this time is not worth a word: it would only make a screen reader talk. */
const PATIENCE_MS = 1500;

export interface Notice {
  show(state: LineState, words: Words): void;
  /** Says what is shown now in another language. */
  translate(words: Words): void;
}

/** The banner about the connection, with its way out; a polite live region. */
export function createNotice(onAction: (action: 'open' | 'begin') => void): Notice {
  const box = element('notice', HTMLDivElement);
  const text = element('notice-text', HTMLSpanElement);
  const retry = element('retry', HTMLButtonElement);
  let message: Message | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  retry.addEventListener('click', () => onAction(message?.action ?? 'open'));

  function write(words: Words): void {
    box.dataset.tone = message?.tone ?? '';
    text.textContent = message ? words(message.text) : '';
    retry.hidden = !message?.action;
    retry.textContent = words(message?.action === 'begin' ? 'page.chat.new' : 'page.chat.retry');
  }

  return {
    show(state, words) {
      clearTimeout(timer);
      message = state === 'online' ? undefined : messages[state];
      if (message?.tone === 'quiet') timer = setTimeout(() => write(words), PATIENCE_MS);
      else write(words);
    },
    translate: write,
  };
}
