import { fetchAssertion } from './identity.ts';
import { keepOpen, keepSession, keptSession, wasOpen } from './memory.ts';
import { buildParts, chatFrame, type EmbedOptions } from './parts.ts';

type Word = 'page.embed.open' | 'page.embed.close' | 'page.embed.pane' | 'page.embed.unread';
/** Put in by the build: the words of the launcher only. */
declare const EMBED_WORDS: Readonly<Record<string, Readonly<Record<Word, string>>>>;

/**
 * The launcher and the pane. The chat page is loaded when the pane is first opened: no conversation without a visitor.
 * Focus goes in with the opening and comes back with the closing (the launcher, Esc on either side, the chat's button).
 */
export class Pane {
  readonly #options: EmbedOptions;
  readonly #parts = buildParts();
  #frame: HTMLIFrameElement | undefined;
  #language: string;
  #unread = 0;
  #open = false;

  constructor(options: EmbedOptions) {
    const { launcher, pane, close } = this.#parts;
    this.#options = options;
    this.#language = languageOf(options.lang || document.documentElement.lang || navigator.language);
    launcher.addEventListener('click', () => this.#show(!this.#open, true));
    close.addEventListener('click', () => this.#show(false, true));
    pane.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#show(false, true);
    });
    addEventListener('message', (event: MessageEvent<unknown>) => this.#hear(event));
    this.#write();
    if (wasOpen()) this.#show(true, false);
  }

  #show(open: boolean, focus: boolean): void {
    const { launcher, pane } = this.#parts;
    this.#open = open;
    pane.hidden = !open;
    launcher.setAttribute('aria-expanded', String(open));
    keepOpen(open);
    if (open) {
      this.#unread = 0;
      this.#frame ??= this.#load();
    }
    this.#write();
    if (focus) (open ? this.#frame : launcher)?.focus();
    this.#tell();
  }

  #load(): HTMLIFrameElement {
    const frame = chatFrame(this.#options);
    this.#parts.pane.prepend(frame);
    return frame;
  }

  /** `shown`: and the visitor is in it; `seen`: open, but the visitor is elsewhere, where the focus stays. */
  #tell(): void {
    const inside = this.#frame !== undefined && this.#parts.root.activeElement === this.#frame;
    const type = this.#open ? (inside ? 'frontdesk:shown' : 'frontdesk:seen') : 'frontdesk:hidden';
    this.#post({ type });
  }

  #hear(event: MessageEvent<unknown>): void {
    if (!this.#frame || event.source !== this.#frame.contentWindow) return;
    if (event.origin !== this.#options.chat.origin) return;
    const { type, language, count, kept } = noticeOf(event.data);
    if (type === 'frontdesk:identify') void this.#identify();
    if (type === 'frontdesk:keep') keepSession(typeof kept === 'string' ? kept : null);
    if (type === 'frontdesk:recall') this.#post({ type: 'frontdesk:kept', kept: keptSession() });
    if (type === 'frontdesk:close') this.#show(false, true);
    if (type === 'frontdesk:language') this.#language = languageOf(String(language));
    if (type === 'frontdesk:unread') this.#unread = this.#open ? 0 : Number(count) || 0;
    if (type === 'frontdesk:ready') {
      this.#parts.close.remove();
      this.#tell();
    }
    this.#write();
  }

  async #identify(): Promise<void> {
    this.#post({ type: 'frontdesk:identity', assertion: await fetchAssertion(this.#options.identity) });
  }

  /** Tells the chat page, and no other that might stand in its frame. */
  #post(notice: object): void {
    this.#frame?.contentWindow?.postMessage(notice, this.#options.chat.origin);
  }

  #write(): void {
    const { launcher, label, badge, pane, close, status } = this.#parts;
    const name = this.#say(this.#open ? 'page.embed.close' : 'page.embed.open');
    const news = this.#unread ? this.#say('page.embed.unread').replace('{count}', String(this.#unread)) : '';
    label.textContent = name;
    launcher.lang = this.#language;
    launcher.setAttribute('aria-label', news ? `${name} (${news})` : name);
    close.setAttribute('aria-label', this.#say('page.embed.close'));
    badge.textContent = this.#unread > 9 ? '9+' : String(this.#unread);
    badge.hidden = this.#unread === 0;
    if (status.textContent !== news) status.textContent = news;
    pane.setAttribute('aria-label', this.#say('page.embed.pane'));
    if (this.#frame) this.#frame.title = this.#say('page.embed.pane');
  }

  #say(word: Word): string {
    return EMBED_WORDS[this.#language]?.[word] ?? '';
  }
}

function noticeOf(data: unknown): { type?: unknown; count?: unknown; language?: unknown; kept?: unknown } {
  return typeof data === 'object' && data !== null ? data : {};
}

function languageOf(tag: string): string {
  const primary = tag.toLowerCase().split('-')[0] ?? '';
  if (primary === 'zh') return 'zh-CN';
  return Object.hasOwn(EMBED_WORDS, primary) ? primary : 'en';
}
