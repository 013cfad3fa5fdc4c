import type { Word, Words } from '#src/chat/page/words.ts';
import { textOf, type ListName, type Row } from './api.ts';
import { isOverdue, SHAPES, valueOf, type Field } from './fields.ts';

/** One list with its details beside it (below 900 px: in its place). Everything is set as text, never as HTML. */
export class List {
  readonly #name: ListName;
  readonly #box: HTMLElement;
  #rows: readonly Row[] = [];
  #shown = '';
  #chosen: string | undefined;

  constructor(name: ListName, box: HTMLElement) {
    this.#name = name;
    this.#box = box;
  }

  /** Draws what changed; a list that is the same is left alone, so that focus and selection stay. */
  show(rows: readonly Row[], words: Words): void {
    const now = Math.floor(Date.now() / 60_000);
    const shown = JSON.stringify([rows, words.language, this.#chosen, now]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#rows = rows;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
    this.#draw(words);
    if (focused !== undefined) this.#focus(focused);
  }

  /** Opens the row of that key as soon as it is there. */
  open(key: string): void {
    if (key !== '') this.#chosen = key;
  }

  #draw(words: Words): void {
    const chosen = this.#rows.find((row) => this.#keyOf(row) === this.#chosen);
    const split = create('div', 'split');
    split.dataset.chosen = String(chosen !== undefined);
    const none: Word = `page.desk.${this.#name}.none`;
    const list = this.#rows.length > 0 ? this.#table(words) : create('p', 'empty', words(none));
    const details = chosen ? this.#details(chosen, words) : create('p', 'empty', words('page.desk.choose'));
    split.append(list, ...(this.#rows.length > 0 ? [details] : []));
    this.#box.replaceChildren(split);
  }

  #table(words: Words): HTMLElement {
    const { columns } = SHAPES[this.#name];
    const head = create('tr');
    head.append(...columns.map((field) => create('th', field, words(`page.desk.field.${field}`))));
    for (const cell of head.children) cell.setAttribute('scope', 'col');
    const table = create('table');
    const top = create('thead');
    const body = create('tbody');
    top.append(head);
    body.append(...this.#rows.map((row) => this.#line(row, words)));
    table.append(top, body);
    table.setAttribute('aria-label', words(`page.desk.${this.#name}`));
    const frame = create('div', 'frame');
    frame.append(table);
    return frame;
  }

  #line(row: Row, words: Words): HTMLElement {
    const line = create('tr');
    const key = this.#keyOf(row);
    if (key === this.#chosen) line.setAttribute('aria-selected', 'true');
    line.addEventListener('click', () => this.#choose(key, words));
    SHAPES[this.#name].columns.forEach((field, index) => {
      const cell = create('td', field);
      cell.dataset.label = words(`page.desk.field.${field}`);
      const text = field === 'severity' ? severity(row, words) : create('span', '', valueOf(row, field, words));
      if (field === 'respondBy' && isOverdue(row, Date.now())) markOverdue(text, words);
      cell.append(index === 0 ? this.#button(key, text) : text);
      line.append(cell);
    });
    return line;
  }

  /** The first cell's text is the button that opens the row: keyboard and screen reader need one. */
  #button(key: string, text: HTMLElement): HTMLElement {
    const button = create('button', 'open');
    button.setAttribute('type', 'button');
    button.dataset.key = key;
    button.append(text);
    return button;
  }

  #details(row: Row, words: Words): HTMLElement {
    const box = create('section', 'details');
    const title = create('h2', '', words('page.desk.details'));
    const back = create('button', 'back', words('page.desk.back'));
    back.setAttribute('type', 'button');
    back.addEventListener('click', () => this.#choose(undefined, words));
    const list = create('dl');
    for (const field of SHAPES[this.#name].details) list.append(...this.#entry(row, field, words));
    title.tabIndex = -1;
    box.append(back, title, list);
    return box;
  }

  #entry(row: Row, field: Field, words: Words): HTMLElement[] {
    const value = field === 'severity' ? severity(row, words) : create('span', '', valueOf(row, field, words));
    if (!value.textContent) return [];
    if (field === 'respondBy' && isOverdue(row, Date.now())) markOverdue(value, words);
    const detail = create('dd', field);
    detail.append(value);
    return [create('dt', '', words(`page.desk.field.${field}`)), detail];
  }

  #choose(key: string | undefined, words: Words): void {
    const before = this.#chosen;
    this.#chosen = key;
    this.show(this.#rows, words);
    if (key === undefined) this.#focus(before ?? '');
    else this.#box.querySelector<HTMLElement>('.details h2')?.focus({ preventScroll: false });
  }

  #focus(key: string): void {
    this.#box.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  #keyOf(row: Row): string {
    return SHAPES[this.#name].key.map((field) => textOf(row[field])).join(' ');
  }
}

function severity(row: Row, words: Words): HTMLElement {
  const level = textOf(row.severity);
  const badge = create('span', 'severity', level);
  if (level) {
    badge.dataset.level = level;
    badge.setAttribute('role', 'img');
    badge.setAttribute('aria-label', words('page.desk.severity', { level }));
  }
  return badge;
}

function markOverdue(element: HTMLElement, words: Words): void {
  element.classList.add('overdue');
  element.append(create('strong', '', ` ${words('page.desk.overdue')}`));
}

function create<K extends keyof HTMLElementTagNameMap>(tag: K, name = '', text = ''): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
}
