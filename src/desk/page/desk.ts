import { dressControls, registerControls } from '#src/chat/page/fluent.ts';
import { firstChoice, keepChoice } from '#src/chat/page/language.ts';
import { element, languageOptions, writeWords } from '#src/chat/page/texts.ts';
import { themeSwitch } from '#src/chat/page/theme.ts';
import { languageOf, wordsOf } from '#src/chat/page/words.ts';
import { readList, readMe, readWarnings, signIn, signOut, type ListName, type Row } from './api.ts';
import { instant } from './fields.ts';
import { enterAsTab } from './in-teams.ts';
import { List } from './list.ts';

/** The agents' desk, read only: who waits, which requests there are, which mails went out. */
const EVERY_MS = 4000;
const HOUR_MS = 3_600_000;
const NAMES: readonly ListName[] = ['waiting', 'requests', 'mails'];

const parameters = new URLSearchParams(location.search);
let words = wordsOf(firstChoice(parameters.get('lang')));
const theme = themeSwitch(parameters.get('theme'), (next) => dressControls(next, words.language));
const lists = new Map(NAMES.map((name) => [name, new List(name, element(`panel-${name}`, HTMLElement))]));
const seen = new Map<ListName, readonly Row[]>();
let heardAt = Date.now();
let agent = '';
/** Years without a calendar of working days, and when that was asked last. */
let missing: readonly string[] = [];
let warnedAt = -Infinity;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Somebody did something at this page since it last asked. */
let touched = true;

registerControls();
dressControls(theme.now(), words.language);
speak();
listen();
const tab = await enterAsTab({ onTheme: (name) => theme.take(name), onLocale: speakAs });
if (tab) for (const list of lists.values()) list.open(tab.subPage);
await start();

async function start(): Promise<void> {
  const me = await readMe();
  if (me.ok) agent = me.value;
  showSignedIn(me.ok || me.why === 'silent');
  if (me.ok || me.why === 'silent') await refresh();
}

async function refresh(): Promise<void> {
  clearTimeout(timer);
  const background = !touched;
  touched = false;
  // A desk that nobody looks at asks less often, but its counts stay true.
  timer = setTimeout(() => void refresh(), document.hidden ? EVERY_MS * 8 : EVERY_MS);
  const heard = await Promise.all(NAMES.map(async (name) => [name, await readList(name, background)] as const));
  if (heard.some(([, each]) => !each.ok && each.why === 'signed-out')) {
    clearTimeout(timer);
    return showSignedIn(false);
  }
  for (const [name, each] of heard) if (each.ok) seen.set(name, each.value);
  if (heard.every(([, each]) => each.ok)) heardAt = Date.now();
  if (Date.now() - warnedAt > HOUR_MS) {
    warnedAt = Date.now();
    missing = await readWarnings();
  }
  show(heard.every(([, each]) => each.ok));
}

function show(fresh: boolean): void {
  for (const [name, list] of lists) {
    const rows = seen.get(name) ?? [];
    list.show(rows, words);
    const label = words(`page.desk.${name}`);
    element(`tab-${name}`, HTMLElement).textContent = words('page.desk.count', { label, count: rows.length });
  }
  const time = instant(heardAt, words.language);
  const news = fresh ? '' : words('page.desk.stale', { time });
  if (element('news', HTMLElement).textContent !== news) element('news', HTMLElement).textContent = news;
  const warning = missing.map((year) => words('page.desk.calendarMissing', { year })).join(' ');
  element('warning', HTMLElement).textContent = warning;
  element('updated', HTMLElement).textContent = words('page.desk.updated', { time });
  element('who', HTMLElement).textContent = agent ? words('page.desk.signedIn', { name: agent }) : '';
}

function showSignedIn(signedIn: boolean): void {
  element('signin', HTMLElement).hidden = signedIn;
  element('lists', HTMLElement).hidden = !signedIn;
  element('signout', HTMLElement).hidden = !signedIn;
  element('who', HTMLElement).hidden = !signedIn;
}

function speak(): void {
  writeWords(words);
  document.title = words('page.desk.title');
  dressControls(theme.now(), words.language);
  languageOptions(element('language', HTMLElement), 'fluent-option', words.language);
}

/** The language of the person's Teams, unless they chose one here. */
function speakAs(tag: string): void {
  words = wordsOf(firstChoice(tag));
  speak();
}

function listen(): void {
  const language = element('language', HTMLElement);
  language.addEventListener('change', () => {
    if (!('value' in language) || typeof language.value !== 'string') return;
    words = wordsOf(languageOf(language.value) ?? 'en');
    keepChoice(parameters.get('lang'), words.language);
    speak();
    show(true);
  });
  element('enter', HTMLElement).addEventListener('click', () => void enter());
  element('signout', HTMLElement).addEventListener('click', () => void leave());
  for (const event of ['pointerdown', 'keydown']) document.addEventListener(event, () => (touched = true));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && timer) void refresh();
  });
}

async function enter(): Promise<void> {
  const select = element('agent', HTMLElement);
  const as = 'value' in select && typeof select.value === 'string' ? select.value : 'agent-1';
  const result = await signIn(as);
  const problem = element('problem', HTMLElement);
  problem.textContent = '';
  if (result === 'refused') problem.textContent = words('page.desk.signin.refused');
  if (result === 'remote') location.assign('/desk/sign-in');
  if (result === 'ok') await start();
}

async function leave(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  await signOut();
  agent = '';
  showSignedIn(false);
}
