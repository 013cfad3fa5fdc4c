import { readEmail } from '#src/intake/contact.ts';
import { decisionOf } from '../entitlement.ts';
import { toldTwice } from '../promise.ts';
import { choices, misread, say } from '../question.ts';
import type { Context, Question, Reading } from '../question.ts';
import { closedThen, phoneIn, timeIn } from '../reach.ts';
import type { Choice, Field } from '../reply.ts';
import { readChoice } from '../words.ts';
import { chosen } from './choose.ts';
import { isMethod, methods, taken } from './contact.ts';

/** What of the contact is still missing, asked one by one. */

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
      const said = input.kind === 'text' ? input.text : (input.fields[field] ?? '');
      const value = read(said, context);
      const other = value === null && input.kind === 'text' ? otherWay(said, field, context) : null;
      if (other) return other;
      if (value === null) return misread(context, context.text(`contact.bad-${field}`));
      return taken({ ...context.case.contact, [field]: value }, context);
    },
    forget: (known) => ({ ...known, contact: { ...known.contact, [field]: undefined } }),
  };
}

/** Asked for one thing, people name the other: an address instead of a number is an answer too, but where level A needs the number. */
function otherWay(said: string, field: 'phone' | 'email', context: Context): Reading | null {
  const { contact } = context.case;
  const critical = decisionOf(context.case, context.tools).severity === 'A';
  const email = field === 'phone' && !critical ? readEmail(said) : null;
  if (email !== null) return taken({ ...contact, method: 'email', email }, context);
  // "By mail, then": the way itself may change, too.
  const way = readChoice(said, choices(context, 'contact-method', methods(context)), context.tools.phrases);
  if (isMethod(way) && way !== (field === 'phone' ? 'phone' : 'email') && !critical) {
    const { callbackAt: _, ...rest } = contact;
    return taken({ ...rest, method: way }, context);
  }
  const phone = field === 'email' ? phoneIn(said, context) : null;
  return phone === null ? null : taken({ ...contact, method: 'phone', phone }, context);
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
    const form = input.kind === 'submit' ? { ...input, choice: input.choice ?? input.fields['method'] ?? null } : input;
    const id = chosen(form, offered, context);
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
