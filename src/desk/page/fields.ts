import type { Words } from '#src/chat/page/words.ts';
import { isRow, textOf, type ListName, type Row } from './api.ts';

/** How a list is shown: its columns, the fields of its details, and what names a row. */
export interface Shape {
  /** Fields that name a row together: one conversation may wait and have requests. */
  readonly key: readonly string[];
  readonly columns: readonly Field[];
  readonly details: readonly Field[];
}

export type Field =
  | 'number'
  | 'state'
  | 'severity'
  | 'offering'
  | 'route'
  | 'entitlement'
  | 'customer'
  | 'incident'
  | 'category'
  | 'description'
  | 'personName'
  | 'createdAt'
  | 'respondBy'
  | 'contact'
  | 'evidence'
  | 'waitingSince'
  | 'language'
  | 'summary'
  | 'request'
  | 'owner'
  | 'conversation'
  | 'to'
  | 'subject'
  | 'at'
  | 'text';

export const SHAPES: Readonly<Record<ListName, Shape>> = {
  waiting: {
    key: ['conversation', 'request'],
    columns: ['severity', 'summary', 'offering', 'language', 'waitingSince', 'respondBy'],
    details: [
      'summary',
      'severity',
      'category',
      'offering',
      'language',
      'waitingSince',
      'respondBy',
      'request',
      'owner',
      'conversation',
    ],
  },
  requests: {
    key: ['number'],
    columns: ['number', 'severity', 'description', 'personName', 'state', 'createdAt', 'respondBy'],
    details: [
      'number',
      'description',
      'severity',
      'evidence',
      'state',
      'category',
      'offering',
      'route',
      'entitlement',
      'customer',
      'incident',
      'personName',
      'contact',
      'createdAt',
      'respondBy',
    ],
  },
  mails: { key: ['id'], columns: ['to', 'subject', 'at'], details: ['to', 'subject', 'at', 'text'] },
};

const INSTANTS: ReadonlySet<Field> = new Set<Field>(['createdAt', 'respondBy', 'waitingSince', 'at']);
const PREFIXES: Partial<Record<Field, string>> = {
  offering: 'page.offering.',
  category: 'page.category.',
  route: 'page.route.',
  state: 'page.desk.state.',
  owner: 'page.desk.owner.',
  language: 'page.language.',
};

/** What a person reads for a field of a row; '' where there is nothing. */
export function valueOf(row: Row, field: Field, words: Words): string {
  const value = row[field];
  // null: no time is promised; without the field nothing was filed yet.
  if (field === 'respondBy' && value === null) return words('page.desk.noPromise');
  if (INSTANTS.has(field)) return instant(value, words.language);
  if (field === 'contact') return contact(value, words);
  if (field === 'evidence') return evidence(value, words);
  if (field === 'entitlement') return entitlement(row, words);
  if (field === 'customer') return customer(value, words);
  if (field === 'request') return isRow(value) ? textOf(value.number) : textOf(value);
  const prefix = PREFIXES[field];
  return prefix ? words.of(prefix, textOf(value)) : textOf(value);
}

/** A request whose time has passed while it is still open. */
export function isOverdue(row: Row, now: number): boolean {
  const at = millis(row.respondBy);
  return at !== undefined && at < now && (row.state === undefined || row.state === 'open');
}

/** Date and time in the browser's zone, with the zone's name: agents sit in several. */
export function instant(value: unknown, language: string): string {
  const at = millis(value);
  if (at === undefined) return '';
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    hourCycle: 'h23',
  }).format(at);
}

function millis(value: unknown): number | undefined {
  const at = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(at) ? at : undefined;
}

/** Whether a directory vouched; where it didn't, for which facts the agent must look. */
function entitlement({ entitlement: how, unverified }: Row, words: Words): string {
  if (how !== 'stated') return words('page.desk.verified');
  const named = Array.isArray(unverified) ? unverified : ['role'];
  const facts = named.map((one) => words.of('page.desk.unverified.', textOf(one)));
  return words('page.desk.unverified', { facts: facts.join(words.language === 'en' ? ', ' : '、') });
}

/** A reseller's customer: the name, the directory's id, and the reseller's own number. */
function customer(value: unknown, words: Words): string {
  if (!isRow(value)) return '';
  const number = textOf(value.reference);
  const parts = [textOf(value.name), textOf(value.id), number && words('page.desk.ownNumber', { number })];
  return parts.filter(Boolean).join(' · ');
}

function contact(value: unknown, words: Words): string {
  if (!isRow(value)) return textOf(value);
  const method = words.of('page.desk.method.', textOf(value.method));
  const callback = instant(value.callbackAt, words.language);
  const parts = [value.name, method, value.phone, value.email, callback, value.secondContact];
  return parts
    .map((part) => textOf(part))
    .filter(Boolean)
    .join(' · ');
}

function evidence(value: unknown, words: Words): string {
  const [open, close] = words.language === 'en' ? ['“', '”'] : words.language === 'ja' ? ['「', '」'] : ['“', '”'];
  if (!Array.isArray(value)) return '';
  return value
    .filter(isRow)
    .map((each) => `${open}${textOf(each.text)}${close}`)
    .join('  ');
}
