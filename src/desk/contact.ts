import { z } from 'zod';
import { isAgent } from '#src/handoff/standing.ts';
import type { Conversation } from '#src/log/ports.ts';
import { Refusal } from '#src/http/call.ts';
import type { Agent } from './agents.ts';
import { BETWEEN, halfWidth, reachesIn } from './shapes.ts';
import type { Found } from './shapes.ts';

/**
 * How much of a customer's contact somebody sees, wherever it stands. `whole` · `on-reason`: whoever must call or write may have it,
 * and says for which · `accept-first`: the customer waits for somebody · `colleague`: who has them sees it.
 */
export const CONTACT_IS = ['whole', 'on-reason', 'accept-first', 'colleague'] as const;
export type ContactIs = (typeof CONTACT_IS)[number];

/** Why somebody needs the contact of somebody whom they don't have: it stands in the audit. */
export const CONTACT_REASONS = ['call', 'write'] as const;
export const wantedContactSchema = z.object({ reason: z.enum(CONTACT_REASONS) });

/** The one rule: who accepted sees whom they have. Everybody else says why, and an agent only where nobody has them. */
export function contactIs(agent: Agent, talk: Pick<Conversation, 'owner' | 'agent'> | undefined): ContactIs {
  if (talk !== undefined && isAgent(talk, agent.id)) return 'whole';
  if (agent.role !== 'agent') return 'on-reason';
  switch (talk?.owner) {
    case 'waiting':
      return 'accept-first';
    case 'agent':
      return 'colleague';
    case 'bot':
    case undefined:
      return 'on-reason';
  }
}

type Withheld = Exclude<ContactIs, 'whole' | 'on-reason'>;

export const mayHave = (shown: ContactIs): shown is Exclude<ContactIs, Withheld> =>
  shown === 'whole' || shown === 'on-reason';

export function withheld(shown: Withheld): Refusal {
  switch (shown) {
    case 'accept-first':
      return new Refusal(409, 'accept-first', 'The customer waits in the chat: accept the conversation first.');
    case 'colleague':
      return new Refusal(409, 'not-yours', 'A colleague has this conversation.');
  }
}

const SHOWN_DIGITS = 4;

/** One mail address and nothing else: a second contact is free text, in which a number may stand behind the address. */
const ADDRESS = /^([^\s@])[^\s@]*(@[\w.-]+)$/u;

/** A number or address that can be recognised by whoever knows it, and used by nobody. */
export function masked(value: string): string {
  if (value === '') return value;
  const [, first, domain] = ADDRESS.exec(value.trim()) ?? [];
  if (first !== undefined && domain !== undefined) return `${first}…${domain}`;
  return `…${value.replace(/\s/g, '').slice(-SHOWN_DIGITS)}`;
}

/** What is known of how to reach somebody. */
interface Reachable {
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly secondContact?: string | null | undefined;
}

export type Hide = (text: string) => string;

const MAIL = /[^\s@,;:<>()/]+@[\w.-]+/gu;
const NUMBER = new RegExp(String.raw`\+?\d(?:${BETWEEN}|\d){4,}\d`, 'g');
/** So many digits at the end make a number known, whether or not the country stands before them. */
const TELLING = 9;

/**
 * Hides these contacts in what was written, and whatever has their shape: somebody who fills in a form, or says it in a sentence,
 * has given it all the same. Texts keep their length, so that what is marked in them stays in its place. `ours`: the house's own
 * numbers, which the bot tells everybody.
 */
export function hiding(contacts: readonly Reachable[], ours: ReadonlySet<string> = NONE): Hide {
  const given = contacts
    .flatMap(({ phone, email, secondContact }) => [phone, email, secondContact])
    .flatMap((one) => one ?? []);
  const plain = given.map(halfWidth);
  const mails = new Set(plain.flatMap((one) => one.match(MAIL) ?? []).map((mail) => mail.toLowerCase()));
  const numbers = new Set(plain.flatMap((one) => one.match(NUMBER) ?? []).map(digitsOf));
  const patterns = [
    ...[...mails].map((mail) => new RegExp(mail.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi')),
    ...[...numbers].map(
      (digits) => new RegExp(`\\+?(?:\\d${BETWEEN}*){0,6}${digits.split('').join(`${BETWEEN}*`)}(?!\\d)`, 'g'),
    ),
  ];
  return (text) => hideShapes(patterns.reduce(hideKnown, text), ours);
}

/** Hides what has the shape of a contact. */
export const hideAny: Hide = (text) => hideShapes(text, NONE);

const NONE: ReadonlySet<string> = new Set();

const allDigits = (number: string): string => number.replace(/\D/g, '');
const digitsOf = (number: string): string => allDigits(number).slice(-TELLING);

/** Numbers that are nobody's contact, as `hiding` knows them. */
export const oursOf = (numbers: readonly string[]): ReadonlySet<string> => new Set(numbers.map(digitsOf));

/** Before the digits that tell there is no room for a number of somebody else: one stretch may hold several. */
const LONGEST = TELLING + 6;

function isOurs(found: string, ours: ReadonlySet<string>): boolean {
  const digits = allDigits(halfWidth(found));
  return digits.length <= LONGEST && ours.has(digits.slice(-TELLING));
}

function hideKnown(text: string, pattern: RegExp): string {
  const found = [...halfWidth(text).matchAll(pattern)].map(({ 0: { length }, index }) => ({ index, length }));
  return hiddenAt(text, found);
}

function hideShapes(text: string, ours: ReadonlySet<string>): string {
  const found = reachesIn(text).filter(({ index, length }) => !isOurs(text.slice(index, index + length), ours));
  return hiddenAt(text, found);
}

function hiddenAt(text: string, found: readonly Found[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { index, length } of found) {
    parts.push(text.slice(from, index), dotted(text.slice(index, index + length)));
    from = index + length;
  }
  return [...parts, text.slice(from)].join('');
}

/** Stands for what is hidden. */
export const HIDDEN = '•';

function dotted(found: string): string {
  const at = found.search(/[@＠]/);
  if (at === 1) return HIDDEN + found.slice(1);
  if (at > 1) return found.slice(0, 1) + HIDDEN.repeat(at - 1) + found.slice(at);
  let left = (found.match(DIGIT) ?? []).length - SHOWN_DIGITS;
  return found.replace(DIGIT, (digit) => (left-- > 0 ? HIDDEN : digit));
}

const DIGIT = /[\d０-９]/g;

/** The same with every text in it hidden, however deep. `place`: the number of the row or event in which a text stands; '' in none. */
export function hiddenIn(value: unknown, hide: (text: string, place: string) => string, place = ''): unknown {
  if (typeof value === 'string') return hide(value, place);
  if (Array.isArray(value)) return value.map((one: unknown) => hiddenIn(one, hide, place));
  if (typeof value !== 'object' || value === null) return value;
  const own = 'seq' in value && typeof value.seq === 'number' ? String(value.seq) : place;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hiddenIn(one, hide, own)]));
}
