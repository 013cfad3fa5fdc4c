import { dressControls, registerControls } from '../page/fluent.ts';
import { firstChoice, keepChoice } from '../page/language.ts';
import { element, languageOptions, writeWords } from '../page/texts.ts';
import { followTheme } from '../page/theme.ts';
import { languageOf, wordsOf } from '../page/words.ts';
import { readPeople, type SamplePerson } from './people.ts';

/**
 * The demo admin center of local mode. Signing in as somebody, and switching the language, load the page again with the
 * choice in its address: the chat is then embedded as a host page would embed it.
 */
const parameters = new URLSearchParams(location.search);
const language = firstChoice(parameters.get('lang'));
const words = wordsOf(language);
const person = parameters.get('as') ?? 'anonymous';
const SENTENCES = ['page.demo.try.1', 'page.demo.try.2', 'page.demo.try.3', 'page.demo.try.4'] as const;

registerControls();
const theme = followTheme(parameters.get('theme'), (next) => dressControls(next, language));
dressControls(theme, language);
writeWords(words);
document.title = words('page.demo.title');
showLanguages();
showSentences();
embedChat();
await showPeople();

function showLanguages(): void {
  const select = element('language', HTMLElement);
  languageOptions(select, 'fluent-option', language);
  onChoice(select, (value) => {
    keepChoice(value, languageOf(value) ?? 'en');
    visit({ lang: value });
  });
}

async function showPeople(): Promise<void> {
  const people = await readPeople();
  const found = people.find((each) => each.id === person);
  element('problem', HTMLElement).textContent = people.length === 0 ? words('page.demo.facts.failed') : '';
  const select = element('person', HTMLElement);
  select.replaceChildren(...people.map((each) => personOption(each)));
  onChoice(select, (value) => visit({ as: value }));
  if (found) element('facts', HTMLElement).replaceChildren(...facts(found));
  element('to-chat', HTMLAnchorElement).href = `/chat?${new URLSearchParams({ as: person, lang: language })}`;
}

function personOption({ id, offering }: SamplePerson): HTMLElement {
  const option = document.createElement('fluent-option');
  option.setAttribute('value', id);
  if (id === person) option.setAttribute('selected', '');
  option.textContent = `${words.of('page.demo.as.', id)} · ${words.of('page.offering.', offering)}`;
  return option;
}

function facts({ id, offering, person: role, language: preferred }: SamplePerson): HTMLElement[] {
  return [
    ...fact(words('page.demo.facts.offering'), words.of('page.offering.', offering)),
    ...fact(words('page.demo.facts.person'), role || words('page.demo.facts.unknown')),
    ...fact(words('page.demo.facts.language'), words.of('page.language.', preferred)),
    ...fact(words('page.demo.facts.id'), id),
  ];
}

function fact(label: string, value: string): HTMLElement[] {
  const term = document.createElement('dt');
  const detail = document.createElement('dd');
  term.textContent = label;
  detail.textContent = value;
  return [term, detail];
}

function showSentences(): void {
  const items = SENTENCES.map((key) => {
    const item = document.createElement('li');
    const text = document.createElement('span');
    const copy = document.createElement('fluent-button');
    text.textContent = words(key);
    copy.textContent = words('page.demo.copy');
    copy.setAttribute('aria-label', `${words('page.demo.copy')}: ${words(key)}`);
    copy.addEventListener('click', () => void copyText(words(key)));
    item.append(text, copy);
    return item;
  });
  element('sentences', HTMLElement).replaceChildren(...items);
}

async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  element('copied', HTMLElement).textContent = words('page.demo.copied');
}

function embedChat(): void {
  const script = document.createElement('script');
  script.src = '/chat/embed.js';
  script.async = true;
  script.dataset.lang = language;
  if (person !== 'anonymous') script.dataset.as = person;
  if (parameters.has('theme')) script.dataset.theme = theme;
  document.body.append(script);
}

function onChoice(select: HTMLElement, listener: (value: string) => void): void {
  select.addEventListener('change', () => {
    if ('value' in select && typeof select.value === 'string') listener(select.value);
  });
}

function visit(change: Readonly<Record<string, string>>): void {
  const next = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(change)) next.set(name, value);
  location.search = next.toString();
}
