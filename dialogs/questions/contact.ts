import { readEmail } from '#src/intake/contact.ts';
import { DateTime } from 'luxon';
import type { Case } from '../case.ts';
import { decisionOf } from '../entitlement.ts';
import { toldTwice } from '../promise.ts';
import { choices, misread, say } from '../question.ts';
import type { Context, Input, Question, Reading } from '../question.ts';
import { closedThen, meansNumber, phoneIn, phoneOf, timeIn, withoutLabels, withoutNumbers, zoneOf } from '../reach.ts';
import type { Field } from '../reply.ts';
import { readChoice } from '../words.ts';
import { callNow } from './phone-line.ts';

/** How to be reached: one card with everything; whoever types is asked for what is still missing (`contact-details.ts`). */

type Contact = Case['contact'];
const METHODS = ['phone', 'email', 'chat'] as const;
type Method = (typeof METHODS)[number];

export const isMethod = (id: string | null | undefined): id is Method => METHODS.some((method) => method === id);

/** Chat needs an agent on duty; the phone can always be had, outside its hours by a callback. */
export function methods(context: Context): Method[] {
  return METHODS.filter((id) => id !== 'chat' || context.world.queue().agentsOnDuty > 0);
}

function phoneOpen(context: Context): boolean {
  return decisionOf(context.case, context.tools).openNow;
}

/** Fills in what the directory knows for the chosen method; the person sees it on the review card. */
function withKnown(contact: Contact, context: Context): Contact {
  const facts = context.case.facts;
  const critical = decisionOf(context.case, context.tools).severity === 'A';
  const phone = contact.phone ?? (contact.method === 'phone' || critical ? (facts?.phone ?? undefined) : undefined);
  const email = contact.email ?? facts?.email ?? undefined;
  return { ...contact, ...(phone && { phone }), ...(email && { email }) };
}

export function taken(contact: Contact, context: Context): Reading {
  return { case: { ...context.case, contact: withKnown(contact, context) }, understood: true };
}

function fields(context: Context): Field[] {
  const { contact, facts } = context.case;
  const critical = decisionOf(context.case, context.tools).severity === 'A';
  const label = (id: string): string => context.text(`contact.${id}`);
  const method: Field = {
    id: 'method',
    kind: 'choice',
    label: label('method'),
    value: contact.method ?? methods(context)[0] ?? 'email',
    choices: choices(context, 'contact-method', methods(context)),
  };
  const phone: Field = {
    id: 'phone',
    kind: 'phone',
    label: label('phone'),
    value: contact.phone ?? facts?.phone ?? '',
    required: critical,
  };
  const email: Field = {
    id: 'email',
    kind: 'email',
    label: label('email'),
    value: contact.email ?? facts?.email ?? '',
  };
  const callback: Field = {
    id: 'callbackAt',
    kind: 'text',
    label: label('callback'),
    placeholder: label('callback-example'),
    value: contact.callbackAt ? clockOf(contact.callbackAt, context) : '',
  };
  const second: Field = {
    id: 'secondContact',
    kind: 'text',
    label: label('second'),
    value: contact.secondContact ?? '',
    maxLength: LONGEST_SECOND,
  };
  const more = [...(phoneOpen(context) ? [] : [callback]), ...(critical ? [second] : [])];
  return [method, phone, email, ...more, ...referenceField(context)];
}

/** A reseller may give their own number for the customer's matter. */
function referenceField(context: Context): Field[] {
  const { stated } = context.case;
  if (stated.customer === undefined) return [];
  const value = stated.reference ?? '';
  return [
    { id: 'reference', kind: 'text', label: context.text('contact.reference'), value, maxLength: LONGEST_REFERENCE },
  ];
}

/** A field that is left empty takes the number back; a form without the field leaves it as it is. */
function withReference(form: Readonly<Record<string, string>>, context: Context): Context {
  const said = form['reference'];
  const known = context.case;
  if (said === undefined || known.stated.customer === undefined) return context;
  const { reference: _, ...stated } = known.stated;
  const reference = oneLine(said).slice(0, LONGEST_REFERENCE);
  return { ...context, case: { ...known, stated: reference === '' ? stated : { ...stated, reference } } };
}

/** A chosen time as it can be typed again: "2026-11-23 10:00" on the person's clock. */
function clockOf(iso: string, context: Context): string {
  return DateTime.fromISO(iso, { zone: zoneOf(context) }).toFormat('yyyy-MM-dd HH:mm');
}

/** What is open now and by which way; the number to call at once where it is urgent or closed. */
function hints(context: Context): string[] {
  const decision = decisionOf(context.case, context.tools);
  const now = decision.severity === 'A' ? callNow(context) : null;
  const call = now === null ? [] : [now];
  if (decision.openNow) return call;
  const opens = decision.opensAt;
  return [...call, ...(opens ? [context.text('contact.closed', { time: toldTwice(context, opens) })] : [])];
}

export const contact: Question = {
  step: 'contact',
  ask(context) {
    const text = [context.text('contact.ask'), ...hints(context)].join('\n\n');
    const offered = choices(context, 'contact-method', methods(context));
    return say(context, text, {
      step: 'contact',
      choices: offered,
      card: { fields: fields(context), submitLabel: context.text('contact.submit') },
    });
  },
  read(input: Input, context: Context): Reading {
    return input.kind === 'text' ? readTyped(input.text, context) : readForm(input.fields, input.choice, context);
  },
  forget: (known) => ({ ...known, contact: { shown: false } }),
};

/** "email", "13800138000", "call me at … tomorrow at ten", "me@contoso.com": whatever of it can be read is taken. */
function readTyped(text: string, context: Context): Reading {
  const email = readEmail(text) ?? undefined;
  const phone = phoneIn(text, context) ?? undefined;
  if (!email && !phone && meansNumber(text)) return misread(context, context.text('contact.bad-phone'));
  const offered = choices(context, 'contact-method', methods(context));
  const rest = withoutNumbers(email && phone ? withoutLabels(text) : text);
  const callbackAt = timeIn(rest, context) ?? undefined;
  const method = namedMethod(readChoice(rest, offered, context.tools.phrases), { email, phone, callbackAt });
  if (method === undefined) return asShown(text, context) ?? misread(context, context.text('contact.misread'));
  const at = method === 'phone' ? callbackAt : undefined;
  const closed = at && closedThen(at, context);
  if (closed) return closed;
  const found = { method, ...(phone && { phone }), ...(email && { email }), ...(at && { callbackAt: at }) };
  return taken({ ...context.case.contact, shown: true, ...found }, context);
}

/** "Looks good", "continue": the card, as it stands filled in. */
function asShown(text: string, context: Context): Reading | null {
  const agreed = [
    { id: 'yes', label: context.text('contact.submit') },
    { id: 'no', label: 'no' },
  ];
  if (readChoice(text, agreed, context.tools.phrases, 'severity') !== 'yes') return null;
  const shown = fields(context).map(({ id, value }) => [id, value ?? ''] as const);
  return readForm(Object.fromEntries(shown), null, context);
}

type Found = Pick<Contact, 'phone' | 'email' | 'callbackAt'>;

/** The way that is named; else the one that was given, a number before an address. */
function namedMethod(named: string | null, { phone, email, callbackAt }: Found): Method | undefined {
  if (isMethod(named)) return named;
  if (phone !== undefined) return 'phone';
  if (email !== undefined) return 'email';
  return callbackAt === undefined ? undefined : 'phone';
}

function readForm(form: Readonly<Record<string, string>>, choice: string | null, context: Context): Reading {
  const wanted = form['method'] ?? choice;
  const given = (id: string): string => (form[id] ?? '').trim();
  const phone = given('phone') === '' ? undefined : phoneOf(given('phone'), context);
  if (phone === null) return misread(context, context.text('contact.bad-phone'));
  const email = given('email') === '' ? undefined : readEmail(given('email'));
  if (email === null) return misread(context, context.text('contact.bad-email'));
  const callbackAt = given('callbackAt') === '' ? undefined : timeIn(given('callbackAt'), context);
  if (callbackAt === null) return misread(context, context.text('contact.bad-time'));
  const offered = isMethod(wanted) && methods(context).includes(wanted) ? wanted : null;
  const method = namedMethod(offered, { phone, email, callbackAt });
  if (method === undefined) return misread(context, context.text('contact.misread'));
  const at = method === 'phone' ? callbackAt : undefined;
  const closed = at && closedThen(at, context);
  if (closed) return closed;
  const secondContact = oneLine(given('secondContact')).slice(0, LONGEST_SECOND) || undefined;
  const found = { method, ...(phone && { phone }), ...(email && { email }), ...(at && { callbackAt: at }) };
  const all = { shown: true, ...found, ...(secondContact && { secondContact }) };
  return taken(all, withReference(form, context));
}

const LONGEST_SECOND = 200;
const LONGEST_REFERENCE = 60;

/** Free text that stands in one line on the card and at the desk: no line breaks, no control characters. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}
