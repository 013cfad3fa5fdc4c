import type { Language } from '#knowledge/schema.ts';
import { answeredCards, cardHostConfig } from './cards.ts';
import { Line, type LineState } from './connection.ts';
import { ACCEPT, checkedFiles, FILE_LIMIT_MB, kindsInWords } from './files.ts';
import { findHost } from './host.ts';
import { guardComposition } from './ime.ts';
import { firstChoice, keepChoice } from './language.ts';
import { fontOf, styleOptions } from './look.ts';
import { createNotice } from './notice.ts';
import { openingWords, sayAtFirst } from './opening.ts';
import { sessionKeeper } from './session.ts';
import type { InTeams } from './teams.ts';
import { element, languageOptions, writeWords } from './texts.ts';
import { themeSwitch } from './theme.ts';
import type { Visit } from './token.ts';
import { countUnread } from './unread.ts';
import { unsentText } from './unsent.ts';
import type { DirectLine, Store } from './webchat.ts';
import { wordsOf } from './words.ts';

const parameters = new URLSearchParams(location.search);
const person = parameters.get('as') ?? '';
const host = findHost(parameters);
const namesItsUser = host !== undefined && parameters.has('identity');
const webChat = window.WebChat;
if (!webChat) throw new Error('Web Chat did not load');

let askedLanguage = parameters.get('lang');
let hasChosen = false;
let words = wordsOf(firstChoice(askedLanguage));
const theme = themeSwitch(parameters.get('theme'), draw);
let teams: InTeams | undefined;
let wantsFocus = false;
let lineState: LineState = 'connecting';
let drawn: { directLine: DirectLine; store: Store; key: number } | undefined;

const unread = countUnread((count) => host?.tell({ type: 'frontdesk:unread', count }));
const cards = answeredCards(webChat);
const opening = sayAtFirst(() => openingWords(parameters.get('open'), teams?.subPage ?? '', words));
const confirm = element('confirm', HTMLDialogElement);
const language = element('language', HTMLSelectElement);
const notice = createNotice((action) => void (action === 'begin' ? line.begin() : line.open()));
const line = new Line({
  webChat,
  keeper: sessionKeeper(whoseSession(), host),
  visit,
  proof: namesItsUser ? 'assertion' : 'signOn',
  identify: async () => (namesItsUser ? host.identify() : teams?.signOn()),
  onState: showState,
  onDirectLine(directLine) {
    const draft = drawn && unsentText(drawn.store);
    const store = webChat.createStore(
      {},
      checkedFiles(() => words),
      unread.middleware,
      opening,
    );
    // A new key makes Web Chat start over: a second connection in the same tree would keep the first one's messages.
    drawn = { directLine, store, key: (drawn?.key ?? 0) + 1 };
    draw();
    if (draft) store.dispatch({ type: 'WEB_CHAT/SET_SEND_BOX', payload: { text: draft } });
  },
});

/** Each tab of Teams has a conversation of its own, and none with the page elsewhere. */
function whoseSession(): string {
  if (namesItsUser) return `host:${parameters.get('host')}`;
  return parameters.get('in') === 'teams' ? `teams:${parameters.get('open') ?? ''}` : person;
}

function visit(): Visit {
  const own = { url: location.origin + location.pathname, title: document.title };
  const page = host ? { url: parameters.get('page') ?? '', title: parameters.get('title') ?? '' } : own;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { ...(person ? { as: person } : {}), locale: words.language, timeZone, page };
}

function showState(state: LineState): void {
  lineState = state;
  document.body.dataset.line = state;
  notice.show(state, words);
  if (state === 'online' && wantsFocus) requestAnimationFrame(focusSendBox);
}

function draw(): void {
  if (!webChat || !drawn) return;
  const { directLine, store, key } = drawn;
  webChat.renderWebChat(
    {
      key,
      directLine,
      store,
      role: 'main',
      locale: words.language,
      styleOptions: styleOptions(theme.now(), words.language, ACCEPT),
      adaptiveCardsHostConfig: cardHostConfig(theme.now(), words.language),
      attachmentMiddleware: cards,
      overrideLocalizedStrings: ownStrings,
    },
    element('conversation', HTMLDivElement),
  );
}

/** The limit for files is told before one is chosen. */
function ownStrings(strings: Record<string, string>): Record<string, string> {
  const hint = words('page.chat.file.hint', { kinds: kindsInWords(), limit: FILE_LIMIT_MB });
  return { ...strings, TEXT_INPUT_UPLOAD_BUTTON_ALT: hint };
}

function speak(next: Language): void {
  words = wordsOf(next);
  writeWords(words);
  document.title = words('page.chat.title');
  document.documentElement.style.setProperty('--font', fontOf(next));
  languageOptions(language, 'option', next);
  notice.translate(words);
  draw();
}

/** Now, or as soon as the send box is there. */
function focusSendBox(): void {
  const box = document.querySelector<HTMLElement>('[data-id=webchat-sendbox-input]');
  box?.focus();
  wantsFocus = !box;
}

function listen(): void {
  guardComposition(document);
  language.addEventListener('change', () => {
    speak(language.value === 'ja' || language.value === 'zh-CN' ? language.value : 'en');
    hasChosen = true;
    keepChoice(askedLanguage, words.language);
    host?.tell({ type: 'frontdesk:language', language: words.language });
  });
  element('new', HTMLButtonElement).addEventListener('click', () => confirm.showModal());
  confirm.addEventListener('close', () => {
    if (confirm.returnValue === 'yes') void line.begin();
    confirm.returnValue = '';
  });
  // A socket that breaks is not told by directlinejs, which reconnects in silence; the browser's own news is.
  addEventListener('offline', () => notice.show('offline', words));
  addEventListener('online', () => (lineState === 'offline' ? void line.open() : notice.show(lineState, words)));
}

function listenToHost(): void {
  if (!host) return;
  const close = element('close', HTMLButtonElement);
  close.hidden = false;
  close.addEventListener('click', () => host.tell({ type: 'frontdesk:close' }));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !confirm.open) host.tell({ type: 'frontdesk:close' });
  });
  host.onPane((pane) => {
    unread.watch(pane !== 'hidden');
    if (pane === 'shown') focusSendBox();
  });
  host.tell({ type: 'frontdesk:ready' });
}

/** As a tab of Teams: its theme and language first, so that the welcome comes in that language. */
async function listenToTeams(): Promise<void> {
  if (parameters.get('in') !== 'teams') return;
  const { enterTeams } = await import('./teams.ts');
  teams = await enterTeams('chat', {
    onTheme: (name) => theme.take(name),
    onLocale(tag) {
      askedLanguage = tag;
      if (!hasChosen) speak(firstChoice(tag));
    },
  });
}

speak(words.language);
listen();
listenToHost();
void listenToTeams()
  .catch(() => undefined) // Its script didn't load: the chat does without.
  .then(() => line.open());
