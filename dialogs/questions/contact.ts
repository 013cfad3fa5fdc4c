import { readEmail, readPhone } from '#src/intake/contact.ts';
import type { Case } from '../case.ts';
import { closedAt, countryOf, decisionOf } from '../entitlement.ts';
import { readTime } from '../read-time.ts';
import { toldTwice } from '../promise.ts';
import { choices, misread, say } from '../question.ts';
import type { Context, Input, Question, Reading } from '../question.ts';
import type { Choice, Field } from '../reply.ts';
import { readChoice } from '../words.ts';

/** How to be reached: one card with everything, or one thing after the other for those who type. */

type Contact = Case['contact'];
const METHODS = ['phone', 'email', 'chat'] as const;
type Method = (typeof METHODS)[number];

const isMethod = (id: string | null | undefined): id is Method => METHODS.some((method) => method === id);

/** Chat needs an agent on duty; the phone can always be had, outside its hours by a callback. */
function methods(context: Context): Method[] {
  const { contactMethods } = decisionOf(context.case, context.tools);
  return METHODS.filter(
    (id) => id !== 'chat' || contactMethods.some(({ method, available }) => method === id && available),
  );
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

function taken(contact: Contact, context: Context): Reading {
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
  };
  const second: Field = { id: 'secondContact', kind: 'text', label: label('second'), maxLength: 200 };
  return [method, phone, email, ...(phoneOpen(context) ? [] : [callback]), ...(critical ? [second] : [])];
}

/** What is open now and by which way; the number to call at once where it is urgent or closed. */
function hints(context: Context): string[] {
  const decision = decisionOf(context.case, context.tools);
  const number = decision.phoneNumber;
  const call = decision.severity === 'A' && number ? [context.text('contact.call-now', { number })] : [];
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

/** "email", "13800138000", "call me at …", "me@contoso.com": whatever of it can be read is taken. */
function readTyped(text: string, context: Context): Reading {
  const email = readEmail(text) ?? undefined;
  const phone = email ? undefined : (phoneIn(text, context) ?? undefined);
  if (!email && !phone && /\d(?:[\s()-]*\d){5}/.test(text.normalize('NFKC'))) {
    return misread(context, context.text('contact.bad-phone'));
  }
  const named = readChoice(text, choices(context, 'contact-method', methods(context)), context.tools.phrases);
  const method = isMethod(named) ? named : email ? 'email' : phone ? 'phone' : undefined;
  if (method === undefined) return misread(context, context.text('contact.misread'));
  return taken(
    { ...context.case.contact, shown: true, method, ...(phone && { phone }), ...(email && { email }) },
    context,
  );
}

function readForm(form: Readonly<Record<string, string>>, choice: string | null, context: Context): Reading {
  const wanted = form['method'] ?? choice ?? context.case.contact.method;
  const given = (id: string): string => (form[id] ?? '').trim();
  const phone = given('phone') === '' ? undefined : phoneIn(given('phone'), context);
  if (phone === null) return misread(context, context.text('contact.bad-phone'));
  const email = given('email') === '' ? undefined : readEmail(given('email'));
  if (email === null) return misread(context, context.text('contact.bad-email'));
  const callbackAt = given('callbackAt') === '' ? undefined : timeIn(given('callbackAt'), context);
  if (callbackAt === null) return misread(context, context.text('contact.bad-time'));
  const closed = callbackAt && closedThen(callbackAt, context);
  if (closed) return closed;
  const method =
    isMethod(wanted) && methods(context).includes(wanted)
      ? wanted
      : phone && !email
        ? 'phone'
        : email
          ? 'email'
          : undefined;
  const secondContact = given('secondContact').slice(0, 200) || undefined;
  return taken(
    {
      shown: true,
      ...(method && { method }),
      ...(phone && { phone }),
      ...(email && { email }),
      ...(callbackAt && { callbackAt }),
      ...(secondContact && { secondContact }),
    },
    context,
  );
}

/** A number as people of this place write it: by the directory's country, else the language's home. */
function phoneIn(text: string, context: Context): string | null {
  const home = { en: 'US', 'zh-CN': 'CN', ja: 'JP' }[context.case.language];
  return readPhone(text, countryOf(context.case)) ?? readPhone(text, home);
}

function timeIn(text: string, context: Context): string | null {
  return readTime(text, context.case.timeZone ?? 'Asia/Shanghai', context.tools.now, context.case.language);
}

/** A call outside the phone's hours is not promised: when it opens after that is said instead. */
function closedThen(callbackAt: string, context: Context): Reading | null {
  const opensAt = closedAt(callbackAt, context.case, context.tools);
  if (opensAt === null) return null;
  return misread(context, context.text('policy.callback-closed', { opensAt: toldTwice(context, opensAt) }));
}

/** One detail, asked alone. `read` gives the value or null. */
function detail(
  step: 'contact-phone' | 'contact-email',
  field: 'phone' | 'email',
  read: (text: string, context: Context) => string | null,
): Question {
  return {
    step,
    ask(context) {
      const input: Field = { id: field, kind: field, label: context.text(`contact.${field}`), required: true };
      return say(context, context.text(`${step}.ask`), {
        step,
        card: { fields: [input], submitLabel: context.text('contact.submit') },
      });
    },
    read(input, context) {
      const value = read(input.kind === 'text' ? input.text : (input.fields[field] ?? ''), context);
      if (value === null) return misread(context, context.text(`contact.bad-${field}`));
      return taken({ ...context.case.contact, [field]: value }, context);
    },
    forget: (known) => ({ ...known, contact: { ...known.contact, [field]: undefined } }),
  };
}

export const contactPhone = detail('contact-phone', 'phone', (text, context) => phoneIn(text, context));
export const contactEmail = detail('contact-email', 'email', (text) => readEmail(text));

export const contactMethod: Question = {
  step: 'contact-method',
  ask: (context) =>
    say(context, context.text('contact-method.ask'), {
      step: 'contact-method',
      choices: choices(context, 'contact-method', methods(context)),
      card: {},
    }),
  read(input, context) {
    const offered = choices(context, 'contact-method', methods(context));
    const id =
      input.kind === 'text'
        ? readChoice(input.text, offered, context.tools.phrases)
        : (input.choice ?? input.fields['method'] ?? null);
    if (!isMethod(id)) return misread(context, context.text('misread.choice'));
    return taken({ ...context.case.contact, method: id }, context);
  },
  forget: (known) => ({ ...known, contact: { ...known.contact, method: undefined } }),
};

const NEXT_OPENING = 'next-opening';

export const callbackTime: Question = {
  step: 'callback-time',
  ask(context) {
    const opens = decisionOf(context.case, context.tools).opensAt;
    const label = opens ? toldTwice(context, opens) : '';
    const offered: Choice[] = opens
      ? [{ id: NEXT_OPENING, label: context.text('callback-time.next', { time: label }) }]
      : [];
    return say(context, context.text('callback-time.ask', { time: label }), {
      step: 'callback-time',
      choices: offered,
      card: {},
    });
  },
  read(input, context) {
    const opens = decisionOf(context.case, context.tools).opensAt;
    const said = input.kind === 'text' ? input.text : (input.choice ?? input.fields['callbackAt'] ?? '');
    const first = [
      { id: NEXT_OPENING, label: NEXT_OPENING },
      { id: 'yes', label: 'yes' },
    ];
    const agreed = opens !== null && readChoice(said, first, context.tools.phrases) !== null;
    const at = timeIn(said, context) ?? (agreed ? opens : null);
    if (at === null) return misread(context, context.text('contact.bad-time'));
    return closedThen(at, context) ?? taken({ ...context.case.contact, callbackAt: at }, context);
  },
  forget: (known) => ({ ...known, contact: { ...known.contact, callbackAt: undefined } }),
};
