import { css } from './style.ts';

export interface EmbedOptions {
  /** Address of the chat page; its origin is the only one that is spoken and listened to. */
  readonly chat: URL;
  readonly lang: string | undefined;
  readonly theme: string | undefined;
  readonly as: string | undefined;
  /** Where the host's back end signs who its user is. */
  readonly identity: string | undefined;
}

export interface Parts {
  readonly root: ShadowRoot;
  readonly launcher: HTMLButtonElement;
  readonly label: HTMLElement;
  readonly badge: HTMLElement;
  readonly pane: HTMLElement;
  /** The way out until the chat page, which has its own, is there (or never comes). */
  readonly close: HTMLButtonElement;
  readonly status: HTMLElement;
}

const ICON =
  'M4 4.5A2.5 2.5 0 0 1 6.5 2h11A2.5 2.5 0 0 1 20 4.5v8a2.5 2.5 0 0 1-2.5 2.5H12l-4.6 4.1A.85.85 0 0 1 6 18.5V15A2.5 2.5 0 0 1 4 12.5z';

/** Launcher and pane in a shadow root, with a sheet that the host's Content-Security-Policy can't refuse. */
export function buildParts(): Parts {
  const host = document.createElement('frontdesk-chat');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const launcher = make('button', 'launcher', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'pane' });
  const label = make('span', 'label');
  const badge = make('span', 'badge', { 'aria-hidden': 'true' });
  const pane = make('section', 'pane', { id: 'pane', role: 'dialog', hidden: '' });
  const close = make('button', 'close', { type: 'button' });
  const status = make('span', 'unread', { role: 'status' });
  close.textContent = '×';
  launcher.append(icon(), label, badge);
  pane.append(close);
  root.append(launcher, pane, status);
  document.body.append(host);
  return { root, launcher, label, badge, pane, close, status };
}

/** The chat page in a frame. Of the host's address no query and no fragment is told: they may hold secrets. */
export function chatFrame({ chat, lang, theme, as, identity }: EmbedOptions): HTMLIFrameElement {
  const url = new URL(chat);
  const page = location.origin + location.pathname;
  const told = { host: location.origin, page, title: document.title, lang, theme, as, identity: identity && '1' };
  for (const [name, value] of Object.entries(told)) if (value) url.searchParams.set(name, value);
  return make('iframe', 'chat', { src: url.href, allow: 'clipboard-write' });
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  name: string,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = name;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function icon(): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  const shape = { viewBox: '0 0 24 24', width: '22', height: '22', 'aria-hidden': 'true' };
  for (const [name, value] of Object.entries(shape)) svg.setAttribute(name, value);
  path.setAttribute('d', ICON);
  svg.append(path);
  return svg;
}
